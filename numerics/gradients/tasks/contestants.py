"""The nets that compete: recurrent with and without attention, orthogonal, gated, and PyTorch's Transformer encoder."""

import math

import torch
from torch import Tensor, nn

from numerics.gradients._validate import check_choice
from numerics.gradients.nets import AttentiveNet

NETS = ("rnn", "lstm", "orthogonal", "full", "relrnn", "rellstm", "transformer")


class Contestant(nn.Module):
    """A net and a linear readout of its last *steps* states: inputs (T, B, m) to outputs (steps, B, outputs), float32.

    "rnn" starts from a Gaussian V of variance 1/width; "orthogonal" keeps V orthogonal throughout training; "full",
    "relrnn" and "rellstm" start from an orthogonal V and average h and c, as the released code does.
    """

    def __init__(
        self,
        net: str,
        inputs: int,
        outputs: int,
        *,
        width: int,
        short_term: int = 10,
        relevant: int = 10,
        corrected: bool = False,
        seed: int,
    ) -> None:
        super().__init__()
        check_choice("net", net, NETS)
        if net == "transformer":
            self.core: nn.Module = _Transformer(inputs, width, seed)
        else:
            self.core = AttentiveNet(
                inputs,
                width,
                cell="lstm" if "lstm" in net else "rnn",
                attention="screened" if net.startswith("rel") else "full" if net == "full" else "none",
                state="mean",
                short_term=short_term,
                relevant=relevant,
                corrected=corrected,
                dtype=torch.float32,
                seed=seed,
            )
        generator = torch.Generator().manual_seed(seed)
        if net == "rnn":
            self.core.get_parameter("V").data.normal_(0, width**-0.5, generator=generator)
        if net == "orthogonal":
            nn.utils.parametrizations.orthogonal(self.core, "V")
        self.read = nn.utils.skip_init(nn.Linear, width, outputs)
        self.read.weight.data.normal_(0, width**-0.5, generator=generator)
        self.read.bias.data.zero_()

    def forward(self, inputs: Tensor, steps: int) -> Tensor:
        found = self.core(inputs)
        states = found if isinstance(found, Tensor) else torch.stack(found.states[-steps:])
        outputs: Tensor = self.read(states[-steps:, :, : self.read.in_features])
        return outputs


class _Transformer(nn.Module):
    """Two causal layers of PyTorch's encoder with 4 heads, sinusoidal positions, no dropout."""

    def __init__(self, inputs: int, width: int, seed: int) -> None:
        super().__init__()
        with torch.random.fork_rng():
            torch.manual_seed(seed)  # the layers take no generator
            self.embed = nn.Linear(inputs, width)
            layer = nn.TransformerEncoderLayer(width, 4, 2 * width, dropout=0.0)
            self.encode = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        for p in self.encode.parameters():  # the layers of an encoder start as copies of one
            if p.ndim > 1:
                nn.init.xavier_uniform_(p, generator=torch.Generator().manual_seed(seed + p.shape[0]))

    def forward(self, inputs: Tensor) -> Tensor:
        x = self.embed(inputs)
        T, _, width = x.shape
        angles = torch.arange(T).unsqueeze(1) * torch.exp(-math.log(1e4) * torch.arange(0, width, 2) / width)
        positions = torch.stack((angles.sin(), angles.cos()), 2).reshape(T, 1, width)
        mask = nn.Transformer.generate_square_subsequent_mask(T)
        states: Tensor = self.encode(x + positions, mask=mask, is_causal=True)
        return states
