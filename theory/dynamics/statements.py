"""Statements of the training dynamics for export: the formulas of this folder at symbols, with their hypotheses."""

import sympy as sp

from theory.dynamics.sen import attention_weight, sen_norm, sen_potential, sen_score
from theory.export.statement import Argument, Condition, Statement

PAPER = "Lu, Mao, Nayak (2021), arXiv:2011.10036"
FLOW = (
    "gradient flow on keys and embeddings with a fixed query",
    "in every sentence with the word the rest has the same, constant mass and mean",
)


def _start() -> tuple[Argument, ...]:
    M, rho, c = sp.symbols("M rho c", positive=True)
    s0, x0 = sp.Symbol("s_0", real=True), sp.Symbol("x_0", nonnegative=True)
    return (
        Argument("mass", M, "e^score summed over the other tokens of the sentence", low=0, open_low=True),
        Argument("coupling", rho, "(key rate / embedding rate) |query|^2", low=0, open_low=True, default=1),
        Argument("score0", s0, "score at the start of training", default=0),
        Argument("norm0", x0, "|v - u| at the start of training", low=0, default=0),
        Argument("multiplicity", c, "occurrences of the word in its sentence", "integer", low=1, default=1),
    )


def _symbols() -> tuple[sp.Symbol, ...]:
    return tuple(argument.symbol for argument in _start())


def sen_norm_statement() -> Statement:
    """The norm that SEN gives a word of a known score.

    >>> sen_norm_statement().kind
    'exact'
    """
    s = sp.Symbol("s", real=True)
    norm = sen_norm(s, *_symbols())
    return Statement(
        "sen_norm",
        "|v - u| of a word of this score under the SEN identity.",
        (Argument("score", s, "score of the word"), *_start()),
        norm,
        "exact",
        PAPER,
        "Theorem 1",
        conditions=(
            Condition(
                "the score is reached from the start (norm^2 >= 0)",
                norm**2,
                "Give a score of at least sen_score(0, ...) with the same start, or the true starting point.",
            ),
        ),
        assumes=FLOW,
    )


def sen_score_statement() -> Statement:
    """The score that SEN gives a word of a known norm."""
    x = sp.Symbol("x", real=True)
    return Statement(
        "sen_score",
        "Score of a word with this |v - u| under the SEN identity, its inverse.",
        (Argument("norm", x, "|v - u| of the word"), *_start()),
        sen_score(x, *_symbols()),
        "exact",
        PAPER,
        "Theorem 1, inverted",
        conditions=(Condition("norm >= 0", x, "A norm is a length; give its absolute value."),),
        assumes=FLOW,
    )


def sen_potential_statement() -> Statement:
    """The side of the identity that depends on the score."""
    s, (M, _, _, _, c) = sp.Symbol("s", real=True), _symbols()
    mass, *_, copies = _start()
    return Statement(
        "sen_potential",
        "F(s) = s + (c/M) e^s, of which the identity equates the growth with coupling/2 that of |v - u|^2.",
        (Argument("score", s, "score of the word"), mass, copies),
        sen_potential(s, M, c),
        "exact",
        PAPER,
        "Theorem 1",
        assumes=FLOW,
    )


def attention_weight_statement() -> Statement:
    """Total softmax attention on a word."""
    s, (M, _, _, _, c) = sp.Symbol("s", real=True), _symbols()
    mass, *_, copies = _start()
    return Statement(
        "attention_weight",
        "Total softmax attention on a word that occurs c times beside a rest of mass M.",
        (Argument("score", s, "score of the word"), mass, copies),
        attention_weight(s, M, c),
        "exact",
        PAPER,
        "Section 3",
    )
