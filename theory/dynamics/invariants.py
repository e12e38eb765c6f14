"""What training conserves exactly, without any assumption on the classifier (and what one SGD step does to SEN)."""

from collections.abc import Sequence
from typing import Any

import sympy as sp

from theory.derivation import Identity, Step
from theory.dynamics._validate import Exact, count, exact, positive
from theory.dynamics.flow_law import gradient


def sgd_score_change(
    half_square_change: Exact, gradient_square: Exact, context_pull: Exact, coupling: Exact, rate: Exact
) -> Any:
    """Change of a word's score in one SGD step, for any classifier, batch and data.

    coupling ( D(|v|^2)/2 - rate^2 |G|^2/2 - rate J ): ``half_square_change`` = D(|v|^2)/2, ``gradient_square`` = |G|^2
    with G = -d(loss)/dv, ``context_pull`` = J = sum over the word's tokens of a (context . h), h = -d(loss)/d(context),
    ``rate`` = that of the embeddings.

    >>> sgd_score_change(1, 1, 0, 1, 1)
    1/2
    """
    pull = exact("half_square_change", half_square_change)
    step = positive("rate", rate)
    square, lost = exact("gradient_square", gradient_square), exact("context_pull", context_pull)
    return positive("coupling", coupling) * (pull - step**2 * square / 2 - step * lost)


def sgd_law_derivation() -> tuple[Step, ...]:
    """The law of one SGD step from an abstract loss of a sentence with the word twice; sentences add up."""
    s1, s2 = sp.symbols("s1 s2", real=True)
    rate, coupling = sp.symbols("eta rho", positive=True)
    v1, v2 = (sp.Matrix(sp.symbols(f"{n}1 {n}2", real=True)) for n in ("v", "w"))
    e1, e2 = sp.exp(s1), sp.exp(s2)
    share = 2 * e1 / (2 * e1 + e2)
    context = share * v1 + (1 - share) * v2
    loss = sp.Function("Phi")(*context)
    slopes = gradient(loss, [s1, *v1])
    force = -sp.Matrix([sp.Symbol(f"dPhi_{j}", real=True) for j in range(2)])
    pull = share * context.dot(force)
    push = -sp.Matrix(slopes[1:])
    change = ((v1 + rate * push).dot(v1 + rate * push) - v1.dot(v1)) / 2
    law = sgd_score_change(change, push.dot(push), pull, coupling, rate)
    return (
        Identity(
            "score change = coupling (D|v|^2/2 - rate^2 |G|^2/2 - rate J); the twin drops J",
            -coupling * rate * slopes[0],
            law,
            twin=sgd_score_change(change, push.dot(push), 0, coupling, rate),
        ),
    )


def score_sum_derivation() -> tuple[Step, ...]:
    """The slopes of any loss of a softmax average add up to 0 over the vocabulary: scores keep their sum."""
    scores = sp.symbols("s1:4", real=True)
    weights = [sp.exp(s) for s in scores]
    tables = [sp.Matrix(sp.symbols(f"v{i}1 v{i}2", real=True)) for i in range(3)]
    context = sum((w * v for w, v in zip(weights, tables, strict=True)), sp.zeros(2, 1)) / sum(weights)
    slopes = gradient(sp.Function("Phi")(*context), scores)
    return (Identity("sum over words of d(loss)/d(score) = 0", slopes[0] + slopes[1], -slopes[2], twin=slopes[2]),)


def key_movement(score_change: Exact, query: Sequence[Exact]) -> list[Any]:
    """How a key moved when its score did: score_change query/|query|^2, as keys leave the query's direction never.

    >>> key_movement(2, [1, 1])
    [1, 1]
    """
    vector = sp.Matrix([exact("query", q) for q in query])
    square = vector.dot(vector)
    if square == 0:
        raise ValueError(f"query must not vanish, got {list(query)}.")
    return [exact("score_change", score_change) * q / square for q in vector]


def remaining_score(start_sum: Exact, others_sum: Exact) -> Any:
    """Score of one word from the constant sum of all scores: start_sum - others_sum.

    >>> remaining_score(0, 3)
    -3
    """
    return exact("start_sum", start_sum) - exact("others_sum", others_sum)


def balanced_head_change(table_change: Sequence[Exact]) -> list[Any]:
    """Change of the entries of U U^T of a trained linear head, given that of E^T E: the same, at equal rates.

    >>> balanced_head_change([1, 2])
    [1, 2]
    """
    return [exact("table_change", entry) for entry in table_change]


def irrelevant_score(scores: Exact, irrelevant: Exact) -> Any:
    """Common score of *irrelevant* exchangeable words beside topic words' scores adding up to *scores*.

    >>> irrelevant_score(8, 100)
    -2/25
    """
    return -exact("scores", scores) / count("irrelevant", irrelevant, 1)


def balancedness_derivation() -> tuple[Step, ...]:
    """d/dt (E^T E - U U^T) = 0 for a trained bias-free linear head at equal rates, whatever the attention does."""
    table = sp.Matrix(2, 2, sp.symbols("e11 e12 e21 e22", real=True))
    head = sp.Matrix(2, 2, sp.symbols("u11 u12 u21 u22", real=True))
    attention = sp.Matrix(sp.symbols("a1 a2", positive=True))
    logits = head.T * (table.T * attention)
    slopes = gradient(sp.Function("Phi")(*logits), [*table, *head])
    table_velocity, head_velocity = -sp.Matrix(2, 2, slopes[:4]), -sp.Matrix(2, 2, slopes[4:])
    left = table_velocity.T * table + table.T * table_velocity
    right = head_velocity * head.T + head * head_velocity.T
    return (Identity("d(E^T E)/dt = d(U U^T)/dt; the twin has the other sign", left, right, twin=-right),)


def trained_query_growth(key: Exact, mass: Exact, query0: Exact, topics: Exact) -> Any:
    """d(|v|^2/2)/d(key) when the query is trained too: (1 + e^(c key)/mass)/c, c^2 = query0^2 + T key^2.

    ``key``: length of the topic words' keys along the query, common to all *topics* = T words; ``query0``: |query| at
    the start; equal rates for query and keys, keys from 0, irrelevant words frozen.

    >>> trained_query_growth(0, 1, 2, 8)
    1
    """
    length = exact("key", key)
    reach = sp.sqrt(positive("query0", query0) ** 2 + count("topics", topics, 1) * length**2)
    return (1 + sp.exp(reach * length) / positive("mass", mass)) / reach


def trained_query_square(key: Exact, mass: Exact, query0: Exact, topics: Exact) -> Any:
    """|v|^2 of a topic word under a trained query, an integral over the key's growth (evaluate it with sympy.N).

    >>> trained_query_square(0, 1, 2, 8)
    0
    """
    k = sp.Symbol("kappa", nonnegative=True)
    end = exact("key", key)
    return 2 * sp.Integral(trained_query_growth(k, mass, query0, topics), (k, 0, end)) if end != 0 else sp.Integer(0)


def trained_query_derivation() -> tuple[Step, ...]:
    """K^T K - q q^T is constant for keys k_w and query q, under any loss of the scores."""
    keys = sp.Matrix(2, 2, sp.symbols("k11 k12 k21 k22", real=True))
    query = sp.Matrix(sp.symbols("q1 q2", real=True))
    scores = keys * query
    slopes = gradient(sp.Function("Phi")(*scores), [*keys, *query])
    key_velocity, query_velocity = -sp.Matrix(2, 2, slopes[:4]), -sp.Matrix(slopes[4:])
    left = key_velocity.T * keys + keys.T * key_velocity
    right = query_velocity * query.T + query * query_velocity.T
    k, c, m = sp.symbols("k c m", positive=True)
    a = sp.exp(c * k) / (sp.exp(c * k) + m)
    pull = sp.Symbol("g", positive=True)  # d(loss)/d(context), along v, of one topic word: x' = a g, k' = c a (1-a) x g
    x = sp.Symbol("x", positive=True)
    return (
        Identity("d(K^T K)/dt = d(q q^T)/dt; the twin has the other sign", left, right, twin=-right),
        Identity(
            "x dx = (1 + e^(c k)/m)/c dk; the twin keeps |q| fixed at 1",
            x * a * pull,
            (1 + sp.exp(c * k) / m) / c * (c * a * (1 - a) * x * pull),
            twin=(1 + sp.exp(c * k) / m) * (c * a * (1 - a) * x * pull),
        ),
    )
