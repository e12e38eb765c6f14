"""Statements of the score and norm identity and of the laws that hold beside it."""

from collections.abc import Callable
from typing import Any

from theory.dynamics import invariants, reduction, sen, variable_lengths, vocabulary
from theory.dynamics.statements._parts import FLOW, from_zero, length, of, stated, symbol, symbols
from theory.export.formula import Builder
from theory.export.statement import Condition, Statement

START = ("coupling", "score0", "norm0")
PULLS = ("gradient flow on keys and embeddings with a fixed query", "every sentence pulls the embedding outwards")


def _reached(square: Any) -> Condition:
    return Condition(
        "the score is reached from the start (norm^2 >= 0)",
        square,
        "Give a score of at least sen_score(0, ...) with the same start, or the true starting point.",
    )


def _length() -> Condition:
    return Condition("norm >= 0", symbol("norm"), "A norm is a length; give its absolute value.")


def _norm() -> Statement:
    start = ("mass", *START, "multiplicity")
    square = sen.sen_norm(symbol("score"), *symbols(*start)) ** 2
    return of(sen.sen_norm, "Theorem 1", conditions=(_reached(square),), assumes=FLOW)


def _score() -> Statement:
    return of(sen.sen_score, "Theorem 1, inverted", conditions=(_length(),), assumes=FLOW)


def _variable(what: str, side: str) -> Statement:
    """Norm or score where the masses of the sentences differ: an extreme mass in place of the common one."""
    norm = what == "norm"
    exact: Callable[..., Any] = sen.sen_norm if norm else sen.sen_score
    extreme = "greatest_mass" if norm == (side == "lower") else "least_mass"
    given = "score" if norm else "norm"
    value = exact(symbol(given), symbol(extreme), *symbols(*START))
    in_order = Condition(
        "least_mass <= greatest_mass", symbol("greatest_mass") - symbol("least_mass"), "Exchange them.", usage=True
    )
    return of(
        variable_lengths.sen_norm_bounds if norm else variable_lengths.sen_score_bounds,
        "Theorem 1 for sentences of different lengths",
        name=f"sen_{what}_{side}_bound",
        says=f"{side.capitalize()} bound of the {what} of a word whose sentences have masses between two values.",
        result=value,
        kind=side,
        conditions=(in_order, _reached(value**2) if norm else _length()),
        assumes=PULLS,
    )


def _effective_mass() -> Statement:
    first, second = symbols("mean_attention", "mean_square_attention")
    spread = Condition(
        "mean_square_attention <= mean_attention (a is at most 1)", first - second, "Exchange them.", usage=True
    )
    return stated(
        "effective_mass",
        "The one mass that the identity needs at small scores, E[a]/E[a^2] - 1, not the mean length.",
        ("mean_attention", "mean_square_attention"),
        (first - second) / second,
        "Theorem 1 for sentences of different lengths",
        kind="asymptotic",
        conditions=(spread,),
        assumes=(*PULLS, "small scores from a zero start"),
    )


def _query_square() -> Statement:
    key = length("key", "k", "length of the topic words' keys along the query")
    return of(
        invariants.trained_query_square,
        says="|v|^2 of a topic word under a trained query, an integral over the key's growth.",
        assumes=("query trained at the keys' rate, keys from 0, irrelevant words frozen",),
        changed=(key,),
    )


BUILDERS: dict[str, Builder] = {
    "sen_norm": _norm,
    "sen_score": _score,
    "sen_norm_lower_bound": lambda: _variable("norm", "lower"),
    "sen_norm_upper_bound": lambda: _variable("norm", "upper"),
    "sen_score_lower_bound": lambda: _variable("score", "lower"),
    "sen_score_upper_bound": lambda: _variable("score", "upper"),
    "sen_potential": lambda: of(sen.sen_potential, "Theorem 1", assumes=FLOW),
    "attention_weight": lambda: of(sen.attention_weight, "Section 3"),
    "effective_mass": _effective_mass,
    "vocabulary_exponent": lambda: of(vocabulary.vocabulary_exponent),
    "finite_vocabulary_norm": lambda: of(
        vocabulary.finite_vocabulary_norm,
        changed=(from_zero(),),
        assumes=("gradient flow from a zero start", "symmetric population limit, balanced classes"),
    ),
    "irrelevant_score": lambda: of(invariants.irrelevant_score, assumes=("exchangeable irrelevant words",)),
    "sgd_score_change": lambda: of(invariants.sgd_score_change, assumes=("plain SGD with a fixed query",)),
    "trained_query_growth": lambda: of(
        invariants.trained_query_growth,
        assumes=("query trained at the keys' rate, keys from 0, irrelevant words frozen",),
    ),
    "trained_query_square": _query_square,
    "simplex_separation": lambda: of(reduction.simplex_separation, assumes=("orthogonal columns of one length",)),
}
