import copy

import pytest
import torch
from torch import nn

from numerics import sparsity

torch.set_num_threads(1)
ROUNDING = 1e-12  # float64 rounding of a few hundred operations on numbers of order one


def make(seed=0, **options):
    torch.manual_seed(seed)
    return sparsity.RectifiedLinearAttention(8, 2, **({"dtype": torch.float64} | options))


def draw(*shape, seed=1, dtype=torch.float64):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


@pytest.mark.parametrize("batch_first", [False, True])
@pytest.mark.parametrize("masks", ["none", "padding", "causal", "float", "per head", "padding and causal"])
def test_with_softmax_and_no_norm_it_is_multihead_attention(batch_first, masks):
    torch.manual_seed(0)
    theirs = nn.MultiheadAttention(8, 2, batch_first=batch_first, dtype=torch.float64)
    ours = sparsity.MappedAttention(8, 2, batch_first=batch_first, dtype=torch.float64)
    ours.load_state_dict(theirs.state_dict())
    batch, length, keys = 3, 4, 5
    shape = (batch, length, 8) if batch_first else (length, batch, 8)
    shape_k = (batch, keys, 8) if batch_first else (keys, batch, 8)
    q, k, v = draw(*shape), draw(*shape_k, seed=2), draw(*shape_k, seed=3)
    causal = torch.ones(length, keys, dtype=torch.bool).triu(2)
    padding = torch.zeros(batch, keys, dtype=torch.bool)
    padding[0, 3:] = True
    options = {
        "none": {},
        "padding": {"key_padding_mask": padding},
        "causal": {"attn_mask": causal},
        "float": {"attn_mask": draw(length, keys, seed=4).masked_fill(causal, -torch.inf)},
        "per head": {"attn_mask": causal.expand(batch * 2, -1, -1).contiguous()},
        "padding and causal": {"attn_mask": causal, "key_padding_mask": padding},
    }[masks]
    for more in ({}, {"average_attn_weights": False}, {"need_weights": False}):
        expected, given = theirs(q, k, v, **options, **more), ours(q, k, v, **options, **more)
        assert torch.allclose(given[0], expected[0], atol=ROUNDING)
        assert (given[1] is None) == (expected[1] is None)
        if given[1] is not None:
            assert given[1].shape == expected[1].shape and torch.allclose(given[1], expected[1], atol=ROUNDING)


def test_unbatched_input_gives_unbatched_output():
    module, x = make(), draw(4, 8)
    out, weights = module(x, x, x)
    batched, _ = module(x[:, None], x[:, None], x[:, None])
    assert out.shape == (4, 8) and weights.shape == (4, 4)
    assert torch.allclose(out, batched[:, 0], atol=ROUNDING)


@pytest.mark.parametrize("batch_first", [False, True])
def test_the_output_is_the_definition_written_out(batch_first):
    module = make(batch_first=batch_first)
    x = draw(5, 3, 8)  # (length, batch, features)
    out, weights = module(*[x.transpose(0, 1) if batch_first else x] * 3, average_attn_weights=False)
    out = out.transpose(0, 1) if batch_first else out
    wq, wk, wv = module.in_proj_weight.chunk(3)
    for b in range(3):
        heads = []
        for h in range(2):
            part = slice(4 * h, 4 * h + 4)
            q, k, v = x[:, b] @ wq[part].T, x[:, b] @ wk[part].T, x[:, b] @ wv[part].T
            a = (q @ k.T / 2).clamp(min=0)
            assert torch.allclose(weights[b, h], a, atol=ROUNDING)
            heads.append(a @ v)
        z = torch.cat(heads, dim=1)
        normed = z / (z.square().mean(dim=1, keepdim=True) + 1e-8).sqrt()
        expected = module.out_proj(torch.sigmoid(module.norm.gate * z) * module.norm.gain * normed)
        assert torch.allclose(out[:, b], expected, atol=ROUNDING)


@pytest.mark.parametrize("batch_first", [False, True])
def test_swapped_into_an_encoder_layer_evaluation_is_not_silently_softmax(batch_first):
    torch.manual_seed(0)
    layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=batch_first, dtype=torch.float64)
    softmax_eval = copy.deepcopy(layer).eval()
    layer.self_attn = make(batch_first=batch_first, norm="init")
    x = draw(3, 6, 8)
    with torch.no_grad():
        trained, evaluated = layer.train()(x), layer.eval()(x)
        assert torch.equal(trained, evaluated)
        assert (evaluated - softmax_eval(x)).abs().max() > 0.01


def test_were_the_flag_set_an_encoder_layer_would_evaluate_softmax(monkeypatch):
    torch.manual_seed(0)
    layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True, dtype=torch.float64).eval()
    layer.self_attn = ours = make(batch_first=True, norm="plain")
    softmax = sparsity.MappedAttention(8, 2, batch_first=True, dtype=torch.float64)
    softmax.load_state_dict({name: value for name, value in ours.state_dict().items() if "norm" not in name})
    x = draw(3, 6, 8)
    monkeypatch.setattr(type(ours), "merge_masks", nn.MultiheadAttention.merge_masks, raising=False)
    with torch.no_grad():
        rectified = layer(x)
        ours._qkv_same_embed_dim = True
        fused = layer(x)
        layer.self_attn = softmax
        assert torch.allclose(fused, layer(x), atol=ROUNDING) and (fused - rectified).abs().max() > 0.01


def test_swapped_into_a_decoder_layer_both_attentions_are_ours():
    torch.manual_seed(0)
    layer = nn.TransformerDecoderLayer(8, 2, 16, dropout=0.0, batch_first=True, dtype=torch.float64)
    layer.self_attn, layer.multihead_attn = make(batch_first=True), make(seed=1, batch_first=True)
    x, memory = draw(2, 5, 8), draw(2, 7, 8, seed=2)
    causal = torch.ones(5, 5, dtype=torch.bool).triu(1)
    padding = torch.tensor([[False] * 7, [False] * 4 + [True] * 3])
    options = {"tgt_mask": causal, "tgt_is_causal": True, "memory_key_padding_mask": padding}
    with torch.no_grad():
        trained, evaluated = layer.train()(x, memory, **options), layer.eval()(x, memory, **options)
        own = layer.norm1(x + layer.self_attn(x, x, x, attn_mask=causal)[0])
        crossed = layer.multihead_attn(own, memory, memory, key_padding_mask=padding)[0]
        fed = layer.norm2(own + crossed)
        expected = layer.norm3(fed + layer.linear2(torch.relu(layer.linear1(fed))))
    assert torch.equal(trained, evaluated) and torch.allclose(trained, expected, atol=ROUNDING)


def test_swapped_into_a_whole_encoder_with_padding_training_and_evaluation_agree():
    torch.manual_seed(0)
    layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True, dtype=torch.float64)
    layer.self_attn = make(batch_first=True)
    encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
    padding = torch.tensor([[False] * 6, [False] * 4 + [True] * 2])
    x = draw(2, 6, 8)
    with torch.no_grad():
        trained = encoder.train()(x, src_key_padding_mask=padding)
        evaluated = encoder.eval()(x, src_key_padding_mask=padding)
    assert torch.equal(trained, evaluated)


@pytest.mark.parametrize("per_head", [False, True])
@pytest.mark.parametrize("norm", ["gated", "init", "plain"])
def test_a_null_row_outputs_the_projection_bias_and_passes_finite_gradients(norm, per_head):
    for eps in (0.0, 1e-8):
        module = make(norm=norm, per_head=per_head, eps=eps)
        with torch.no_grad():
            module.in_proj_weight.zero_()  # all scores 0: every row is null
            module.out_proj.bias.fill_(0.25)
        x = draw(3, 1, 8).requires_grad_()
        out, weights = module(x, x, x)
        assert (weights == 0).all() and (out == 0.25).all()
        out.sum().backward()
        assert torch.isfinite(x.grad).all()
        assert all(torch.isfinite(p.grad).all() for p in module.parameters())


def test_keys_with_scores_of_zero_or_less_do_not_change_the_output():
    module = make()
    x, extra = draw(2, 1, 8), draw(400, 1, 8, seed=9)
    wq, wk, _ = module.in_proj_weight.chunk(3)
    scores = (x[:, 0] @ wq.T).view(2, 2, 4).transpose(0, 1) @ (extra[:, 0] @ wk.T).view(-1, 2, 4).permute(1, 2, 0)
    silent = extra[(scores <= 0).all(dim=0).all(dim=0)]
    assert len(silent) > 0
    more = torch.cat([x, silent])
    plain, _ = module(x, x, x)
    assert torch.allclose(module(x, more, more)[0], plain, atol=ROUNDING)
    softmax = sparsity.MappedAttention(8, 2, dtype=torch.float64)
    assert not torch.allclose(softmax(x, more, more)[0], softmax(x, x, x)[0], atol=1e-3)


def test_appending_masked_keys_or_permuting_keys_changes_nothing():
    module = make()
    x, junk = draw(4, 2, 8), draw(3, 2, 8, seed=5) * 50
    plain, weights = module(x, x, x)
    padding = torch.tensor([[False] * 4 + [True] * 3] * 2)
    both = torch.cat([x, junk])
    padded, padded_weights = module(x, both, both, key_padding_mask=padding)
    assert torch.allclose(padded, plain, atol=ROUNDING)
    assert torch.allclose(padded_weights[..., :4], weights, atol=ROUNDING) and (padded_weights[..., 4:] == 0).all()
    order = torch.tensor([2, 0, 3, 1])
    assert torch.allclose(module(x, x[order], x[order])[0], plain, atol=ROUNDING)


def test_returned_weights_are_those_before_dropout():
    module = make(dropout=0.5).train()
    x = draw(6, 1, 8)
    weights = module(x, x, x)[1]
    assert torch.equal(weights, module.eval()(x, x, x)[1])


@pytest.mark.parametrize("per_head", [False, True])
def test_scaling_one_heads_scores_is_invisible_only_to_the_norm_per_head(per_head):
    module = make(norm="plain", per_head=per_head, eps=0.0)
    x = draw(5, 1, 8)
    before = module(x, x, x)[0]
    with torch.no_grad():
        module.in_proj_weight[:4] *= 3  # the first head's queries
    change = (module(x, x, x)[0] - before).abs().max()
    assert (change < ROUNDING) if per_head else (change > 1e-2)


@pytest.mark.parametrize(("norm", "expected"), [("gated", 1.0), ("plain", 1.0)])
def test_the_gain_starts_at_one(norm, expected):
    assert (make(norm=norm).norm.gain == expected).all()


def test_initialised_gains_and_gates_are_uniform_on_both_signs_over_the_normalised_width():
    torch.manual_seed(0)
    module = sparsity.RectifiedLinearAttention(512, 8, norm="init")
    bound = (3 / 512) ** 0.5
    assert module.norm.gain.min() < -0.9 * bound and module.norm.gain.max() > 0.9 * bound
    assert module.norm.gain.abs().max() <= bound
    per_head = sparsity.RectifiedLinearAttention(512, 8, norm="gated", per_head=True)
    assert bound < per_head.norm.gate.abs().max() <= (3 / 64) ** 0.5


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_close_to_double_and_its_null_rows_stay_finite(dtype):
    exact = make()
    rounded = sparsity.RectifiedLinearAttention(8, 2, dtype=dtype)
    rounded.load_state_dict(exact.state_dict())
    x = draw(4, 2, 8)
    out = rounded(*[x.to(dtype)] * 3)[0]
    # bfloat16 has 8 significant bits; the output is of order one after a handful of roundings
    assert out.dtype == dtype and torch.allclose(out.double(), exact(x, x, x)[0], atol=0.1)
    assert torch.isfinite(rounded(*[torch.zeros(4, 2, 8, dtype=dtype)] * 3)[0]).all()


X = torch.zeros(3, 2, 8, dtype=torch.float64)


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        (dict(query=X[..., :4], key=X, value=X), ValueError, r"query must have 8 features \(embed_dim\), got 4"),
        (dict(query=X[0], key=X, value=X), ValueError, "must all have 2 axes or all have 3"),
        (dict(query=X[:0], key=X, value=X), ValueError, r"query must not be empty, got shape \(0, 2, 8\)"),
        (dict(query=X, key=X[:0], value=X[:0]), ValueError, "key must not be empty"),
        (dict(query=X, key=X, value=X[:2]), ValueError, "key and value must have the same shape"),
        (dict(query=X, key=X[:, :1], value=X[:, :1]), ValueError, "same batch size, got 2, 1"),
        (dict(query=X.float(), key=X, value=X), TypeError, "query must have the module's dtype torch.float64"),
        (dict(attn_mask=torch.zeros(3, 2, dtype=torch.bool)), ValueError, r"attn_mask must have shape \(3, 3\) or"),
        (dict(attn_mask=torch.zeros(3, 3, dtype=torch.int64)), TypeError, "attn_mask must be bool"),
        (dict(attn_mask=torch.full((3, 3), torch.nan)), ValueError, "attn_mask must hold finite numbers or -inf"),
        (dict(key_padding_mask=torch.zeros(3, 2, dtype=torch.bool)), ValueError, r"shape \(2, 3\), got \(3, 2\)"),
        (dict(key_padding_mask=torch.ones(2, 3, dtype=torch.bool)), ValueError, "mask all keys of some row"),
        (dict(is_causal=True), ValueError, "is_causal=True is a hint about attn_mask"),
        (dict(query=X + torch.nan), ValueError, "scores must not contain NaN"),
        (dict(query=X + torch.nan, need_weights=False), ValueError, "scores must not contain NaN"),
    ],
)
def test_bad_calls_are_refused_in_words(arguments, error, text):
    with pytest.raises(error, match=text):
        make()(**({"query": X, "key": X, "value": X} | arguments))


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (dict(embed_dim=8, num_heads=3), r"embed_dim must be a multiple of num_heads \(3\), got 8"),
        (dict(embed_dim=8, num_heads=0), "num_heads must be at least 1, got 0"),
        (dict(embed_dim=8, num_heads=2, norm="none"), "norm must be one of 'gated', 'init', 'plain'; got 'none'"),
        (dict(embed_dim=8, num_heads=2, eps=-1.0), "eps must be at least 0"),
        (dict(embed_dim=8, num_heads=2, dropout=1.0), "dropout must be at least 0 and below 1"),
    ],
)
def test_bad_constructions_are_refused_in_words(arguments, text):
    with pytest.raises(ValueError, match=text):
        sparsity.RectifiedLinearAttention(**arguments)


@pytest.mark.parametrize("mask", ["none", "causal", "other", "padding"])
@pytest.mark.parametrize("length", [5, 64, 130])
def test_the_fast_core_gives_the_output_and_gradients_of_the_plain_operations(mask, length):
    module = make(norm="init")
    causal = torch.ones(length, length, dtype=torch.bool).triu(1)
    padding = torch.zeros(2, length, dtype=torch.bool)
    padding[1, length // 2 :] = True
    options = {
        "none": {},
        "causal": {"attn_mask": causal, "is_causal": True},
        "other": {"attn_mask": causal.flip(0) & ~torch.eye(length, dtype=torch.bool)},
        "padding": {"key_padding_mask": padding},
    }[mask]
    results = []
    for need_weights in (True, False):
        module.zero_grad()
        x = draw(length, 2, 8).requires_grad_()
        out, _ = module(x, x, x, need_weights=need_weights, **options)
        (out * draw(length, 2, 8, seed=7)).sum().backward()
        results.append((out.detach(), x.grad, module.in_proj_weight.grad.clone()))
    for plain, fast in zip(*results, strict=True):
        assert torch.allclose(plain, fast, rtol=1e-9, atol=1e-9 * float(plain.abs().max()))  # rounding


def test_a_hint_that_the_mask_is_causal_is_not_believed_against_the_mask():
    module, x = make(), draw(6, 1, 8)
    window = torch.ones(6, 6, dtype=torch.bool).triu(1) | torch.ones(6, 6, dtype=torch.bool).tril(-2)
    hinted = module(x, x, x, attn_mask=window, is_causal=True, need_weights=False)[0]
    assert torch.allclose(hinted, module(x, x, x, attn_mask=window)[0], atol=ROUNDING)


@pytest.mark.parametrize("weight_map", sparsity.WEIGHT_MAPS)
def test_nan_is_refused_in_words_whatever_the_map(weight_map):
    module = sparsity.MappedAttention(8, 2, weight_map=weight_map, dtype=torch.float64)
    for need_weights in (True, False):
        with pytest.raises(ValueError, match="scores must not contain NaN"):
            module(X + torch.nan, X, X, need_weights=need_weights)


@pytest.mark.parametrize("weight_map", ["softmax", "sparsemax", "entmax15", "relu"])
def test_a_key_bias_learns_only_where_the_map_sees_a_shift(weight_map):
    torch.manual_seed(0)
    module = sparsity.MappedAttention(8, 2, weight_map=weight_map, norm="plain", dtype=torch.float64)
    x = draw(5, 1, 8)
    (module(x, x, x)[0] * draw(5, 1, 8, seed=3)).sum().backward()
    size = module.in_proj_bias.grad[8:16].abs().max()
    assert (size > 1e-3) if weight_map == "relu" else (size < ROUNDING)
