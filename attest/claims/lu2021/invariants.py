"""What training conserves exactly, whatever the classifier and the data."""

from fractions import Fraction
from typing import Any

from attest import Claim, Observed, absolute, grid, rounding, scales_like, within
from attest.claims.lu2021.paper import PAPER
from attest.claims.lu2021.quadrature import evaluated
from numerics import dynamics as measured
from theory import dynamics as derived

START: dict[str, Any] = {"width": 4, "key_width": 3, "query_scale": 1.0, "embedding_scale": 0.5, "key_scale": 0.3}
WHERE = "Section 3, proof of Theorem 1 (invariants behind it)"


def observe_keys(head, momentum, draw):
    data = measured.draw_ragged_sentences(30, rng=draw)
    seen = measured.measure_key_movement(
        data, steps=30, word=1, seed=draw, head=head, rate=0.5, momentum=momentum, **START
    )
    return Observed(seen["key"], given={"score": seen["score"], "query": seen["query"]})


KEYS_STAY_ON_THE_QUERY = Claim(
    id="lu2021.I1",
    paper=PAPER,
    where=WHERE,
    says="under SGD with or without momentum a key moves along the fixed query only: by (score change) query/|query|^2",
    predicts=lambda score, query: derived.key_movement(Fraction(score), [Fraction(q) for q in query]),
    measures=lambda head, momentum, draw: observe_keys(head, momentum, draw),
    agrees=within(rounding(operations=5000, scale=1)),  # 30 steps, each a sum over some 200 tokens
    cases=grid(head=("fixed", "linear", "mlp"), momentum=(0.0, 0.9), draw=(0, 1)),
    rivals={
        "without |q|^2": lambda score, query: [Fraction(score) * Fraction(q) for q in query],
        "twice as far": lambda score, query: derived.key_movement(2 * Fraction(score), [Fraction(q) for q in query]),
    },
    derivation=lambda: derived.key_derivation(),
    budget=5.6,
)


def observe_sum(head, batch, draw):
    data = measured.draw_ragged_sentences(30, rng=draw)
    run = measured.train_attention(
        data, head=head, rate=0.5, steps=30, seed=draw, batch_size=batch, record=[0, 30], **START
    )
    first, last = run.scores[0].tolist(), run.scores[1].tolist()
    return Observed(last[0], given={"start": first, "others": last[1:]})


SCORES_KEEP_THEIR_SUM = Claim(
    id="lu2021.I2",
    paper=PAPER,
    where=WHERE,
    says="the sum of all scores is constant under SGD: any classifier, minibatches, lengths, repeated words",
    predicts=lambda start, others: derived.remaining_score(sum(map(Fraction, start)), sum(map(Fraction, others))),
    measures=lambda head, batch, draw: observe_sum(head, batch, draw),
    agrees=within(rounding(operations=5000, scale=1)),  # 60 steps over 30 words
    cases=grid(head=("fixed", "linear", "mlp"), batch=(None, 7), draw=(0,)),
    rivals={
        "half of it": lambda start, others: (
            derived.remaining_score(sum(map(Fraction, start)), sum(map(Fraction, others))) / 2
        ),
        "one word is left out of the sum": lambda start, others: derived.remaining_score(
            sum(map(Fraction, start)), sum(map(Fraction, others[1:]))
        ),
        "scores of opposite sign": lambda start, others: derived.remaining_score(
            sum(map(Fraction, start)), -sum(map(Fraction, others))
        ),
    },
    derivation=lambda: derived.score_sum_derivation(),
    budget=3.9,
)


def observe_steps(head, draw):
    data = measured.draw_ragged_sentences(30, rng=draw)
    steps = measured.measure_sgd_steps(
        data, steps=25, words=(0, 1, 2), head=head, rate=0.7, key_rate=0.4, seed=draw, batch_size=9, **START
    )
    return Observed([s.pop("score_change") for s in steps], given={"steps": steps})


def _law(s, **changes):
    exact = {name: Fraction(value) for name, value in s.items()} | changes
    return derived.sgd_score_change(
        exact["half_square_change"], exact["gradient_square"], exact["context_pull"], exact["coupling"], exact["rate"]
    )


ONE_STEP = Claim(
    id="lu2021.I3",
    paper=PAPER,
    where="Theorem 1, discrete form without assumptions",
    says="one SGD step changes a score by coupling (D|v|^2/2 - rate^2 |G|^2/2 - rate J), for any classifier and batch",
    predicts=lambda steps: [_law(s) for s in steps],
    measures=lambda head, draw: observe_steps(head, draw),
    agrees=within(rounding(operations=200, scale=4)),  # |v|^2 up to some 4 is subtracted from itself
    cases=grid(head=("fixed", "linear", "mlp"), draw=(0, 1)),
    rivals={
        "without the context term J": lambda steps: [_law(s, context_pull=Fraction(0)) for s in steps],
        "without the squared gradient": lambda steps: [_law(s, gradient_square=Fraction(0)) for s in steps],
        "J counted twice": lambda steps: [_law(s, context_pull=2 * Fraction(s["context_pull"])) for s in steps],
    },
    derivation=lambda: derived.sgd_law_derivation(),
    budget=4.2,
)


def observe_balance(draw):
    problem = measured.draw_flow_problem(draw, head="linear", rest="random", noise=0.3)
    run = measured.flow_attention(
        problem.data, head=problem.head, keys=problem.keys, embeddings=problem.embeddings, query=problem.query,
        times=[0.0, 10.0], key_rate=problem.key_rate,
    )  # fmt: skip
    tables = [e.T @ e for e in run.embeddings]
    heads = [parameters[0] @ parameters[0].T for parameters in run.heads]
    change = (tables[1] - tables[0]).ravel().tolist()
    return Observed((heads[1] - heads[0]).ravel().tolist(), given={"tables": change})


BALANCE = Claim(
    id="lu2021.I4",
    paper=PAPER,
    where="Section 4, trained linear classifier (Attn-TC)",
    says="E^T E - U U^T is constant under gradient flow at equal rates, whatever the attention does",
    predicts=lambda tables: derived.balanced_head_change([Fraction(x) for x in tables]),
    measures=lambda draw: observe_balance(draw),
    agrees=within(absolute(1e-8, because="DOP853 at relative tolerance 1e-11 over some hundred steps")),
    cases=grid(draw=range(6)),
    rivals={
        "the opposite sign": lambda tables: derived.balanced_head_change([-Fraction(x) for x in tables]),
        "half the change": lambda tables: derived.balanced_head_change([Fraction(x) / 2 for x in tables]),
    },
    derivation=lambda: derived.balancedness_derivation(),
    budget=2.8,
)


def drift_ladder(draw):
    data = measured.draw_ragged_sentences(30, rng=draw)
    rates = (0.4, 0.2, 0.1, 0.05, 0.025)
    runs = [
        measured.measure_conservation(data, steps=round(4 / rate), rate=rate, head="linear", seed=draw, **START)
        for rate in rates
    ]
    return [(rate, run["balance"]) for rate, run in zip(rates, runs, strict=True)]


BALANCE_UNDER_DESCENT = Claim(
    id="lu2021.I4-descent",
    paper=PAPER,
    where="Section 4, trained linear classifier (Attn-TC)",
    says="gradient descent breaks the balance in first order of the rate",
    predicts=lambda: 1,
    measures=lambda draw: drift_ladder(draw),
    agrees=scales_like(),
    cases=grid(draw=(0,)),
    rivals={"it does not depend on the rate": lambda: 0, "second order": lambda: 2},
    rests_on=("lu2021.I4",),
    budget=5,
)


def observe_rest(classes, irrelevant, length):
    run = measured.flow_population(
        [[float(i == j) for j in range(classes)] for i in range(classes)],
        words_per_class=2, irrelevant=irrelevant, length=length, times=[50.0, 200.0],
    )  # fmt: skip
    return Observed(run.rest_score.tolist(), given={"sums": run.scores.sum(axis=1).tolist()})


EXCHANGEABLE_WORDS = Claim(
    id="lu2021.I5",
    paper=PAPER,
    where="Section 3 (finite dictionary)",
    says="R exchangeable irrelevant words share the score -(sum of the topic words' scores)/R",
    predicts=lambda sums, irrelevant: [derived.irrelevant_score(Fraction(x), irrelevant) for x in sums],
    measures=lambda classes, irrelevant, length: observe_rest(classes, irrelevant, length),
    agrees=within(absolute(1e-11, because="DOP853 at relative tolerance 1e-12 conserves linear sums to rounding")),
    cases=grid(classes=(2, 4), irrelevant=(10, 250), length=(5, 20)),
    rivals={
        "half of it": lambda sums, irrelevant: [derived.irrelevant_score(Fraction(x), 2 * irrelevant) for x in sums],
        "one word more": lambda sums, irrelevant: [derived.irrelevant_score(Fraction(x), irrelevant + 1) for x in sums],
    },
    derivation=lambda: derived.score_sum_derivation(),
    rests_on=("lu2021.I2",),
    budget=0.7,
)


def observe_trained_query(classes, query, time):
    data = measured.one_sentence_per_topic(topics=classes, classes=classes, length=10)
    unit = [[float(i == j) for j in range(classes)] for i in range(classes)]
    run = measured.flow_attention(
        data, head=measured.make_head("fixed", classes, classes, seed=0, matrix=unit), query=[query],
        keys=[[0.0]] * (classes + 1), embeddings=[[0.0] * classes] * (classes + 1), times=[time],
        frozen=[classes], train_query=True,
    )  # fmt: skip
    score, norm = float(run.scores[0, 0]), float(run.norms[0, 0])
    # score = (query now) * key and (query now)^2 = query^2 + classes * key^2, by I6 itself: read the key off instead.
    assert run.keys is not None
    return Observed(norm**2, given={"key": float(run.keys[0, 0, 0]), "score": score})


TRAINED_QUERY = Claim(
    id="lu2021.I6",
    paper=PAPER,
    where="Section 3 (the query is fixed); official code, variant QT",
    says="a trained query keeps K^T K - q q^T; |v|^2 = 2 int (1 + e^(c k)/m)/c dk with c^2 = |q_0|^2 + T k^2",
    predicts=lambda key, query, classes: evaluated(
        derived.trained_query_square(Fraction(key), 10, Fraction(query), classes)
    ),
    measures=lambda classes, query, time: observe_trained_query(classes, query, time),
    agrees=within(absolute(1e-8, because="DOP853 at relative tolerance 1e-11")),
    cases=grid(classes=(2, 4), query=(0.5, 1.0), time=(60.0,)),
    rivals={
        "SEN with the query of the start": lambda score, query: (
            derived.sen_norm(Fraction(score), 10, Fraction(query) ** 2) ** 2
        ),
        "SEN with the present query": lambda score, key: (
            derived.sen_norm(Fraction(score), 10, (Fraction(score) / Fraction(key)) ** 2) ** 2
        ),
        "only the word's own key counts": lambda key, query: evaluated(
            derived.trained_query_square(Fraction(key), 10, Fraction(query), 1)
        ),
    },
    derivation=lambda: derived.trained_query_derivation(),
    budget=3.9,
)
