"""Statements of the training dynamics for export: the functions of this folder at symbols, with their hypotheses."""

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.dynamics import ablations, invariants, margins, rates, reduction, residuals, sen, vocabulary
from theory.export.formula import Builder, formula, pick
from theory.export.statement import Argument, Condition, Statement

PAPER = "Lu, Mao, Nayak (2021), arXiv:2011.10036"
OWN = "derived for this project from the model of Section 3"
FLOW = (
    "gradient flow on keys and embeddings with a fixed query",
    "in every sentence with the word the rest has the same, constant mass and mean",
)
SYMMETRIC = (
    "gradient flow from a zero start with a fixed symmetric classifier",
    "irrelevant words frozen at 0",
)


def _positive(name: str, symbol: str, says: str, **more: Any) -> Argument:
    return Argument(name, sp.Symbol(symbol, positive=True), says, low=0, open_low=True, **more)


def _real(name: str, symbol: str, says: str) -> Argument:
    return Argument(name, sp.Symbol(symbol, real=True), says)


def _length(name: str, symbol: str, says: str) -> Argument:
    return Argument(name, sp.Symbol(symbol, nonnegative=True), says, low=0)


def _count(name: str, symbol: str, says: str, low: int = 1) -> Argument:
    return Argument(name, sp.Symbol(symbol, positive=True, integer=True), says, "integer", low=low)


def _arguments() -> dict[str, Argument]:
    known = (
        _real("score", "s", "score of the word"),
        _real("score0", "s_0", "score at the start of training"),
        Argument("norm", sp.Symbol("x", real=True), "|v - u| of the word"),
        _length("norm0", "x_0", "|v - u| at the start of training"),
        _positive("mass", "M", "e^score summed over the other tokens of the sentence"),
        _positive("coupling", "rho", "(key rate / embedding rate) |query|^2"),
        _count("multiplicity", "c", "occurrences of the word in its sentence"),
        _count("classes", "C", "number of classes", 2),
        _positive("separation", "D", "distance of the class's column from the hull of the others"),
        _positive("frequency", "p", "share of the sentences that hold the word", high=1),
        _length("time", "tau", "embedding rate times number of steps"),
        _length("elapsed", "tau", "embedding rate times number of steps since then"),
        _real("margin", "mu", "logit of the class minus that of any other"),
        _real("level", "G", "level mu + e^mu/(C - 1) of the margin"),
        _positive("attention", "a", "total attention on the word", high=1),
        _count("topics", "T", "number of topic words"),
        _count("irrelevant", "R", "number of irrelevant words in the vocabulary"),
        _real("scores", "S", "sum of the topic words' scores"),
        _positive("rate", "eta", "learning rate of the embeddings"),
        _real("half_square_change", "d", "change of |v|^2/2 in the step"),
        _length("gradient_square", "g", "|G|^2, G the gradient with respect to v"),
        _real("context_pull", "J", "sum over the word's tokens of a (context . h)"),
        _real("score_step", "d_s", "change of the score in the step"),
        _length("embedding_step_square", "d_v", "|Dv|^2 of the step"),
        _positive("column_norm", "u", "length of the classifier's columns"),
        _real("key", "k", "length of the topic words' keys along the query"),
        _positive("query0", "q_0", "|query| at the start"),
    )
    return {argument.name: argument for argument in known}


def _of(function: Callable[..., Any], where: str = OWN, **more: Any) -> Statement:
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    return formula(function, {**_arguments(), **changed}, PAPER, where, **more)


def _sen_norm() -> Statement:
    symbols = _arguments()
    start = ("mass", "coupling", "score0", "norm0", "multiplicity")
    square = sen.sen_norm(symbols["score"].symbol, *(symbols[name].symbol for name in start)) ** 2
    reached = Condition(
        "the score is reached from the start (norm^2 >= 0)",
        square,
        "Give a score of at least sen_score(0, ...) with the same start, or the true starting point.",
    )
    return _of(sen.sen_norm, "Theorem 1", conditions=(reached,), assumes=FLOW)


def _sen_score() -> Statement:
    x = _arguments()["norm"].symbol
    length = Condition("norm >= 0", x, "A norm is a length; give its absolute value.")
    return _of(sen.sen_score, "Theorem 1, inverted", conditions=(length,), assumes=FLOW)


def _late(function: Callable[..., Any]) -> Statement:
    """An asymptotic law in Lg = log(D^2 (C - 1) p time), which must be positive for it to say anything."""
    names = ("time", "classes", "separation", "frequency")
    late = Condition(
        "D^2 (C - 1) p time > 1 (training is in its late phase)",
        rates.asymptotic_logarithm(*(_long_time() if n == "time" else _arguments()[n].symbol for n in names)),
        "Give a longer time, or use margin_lower_bound and loss_upper_bound, which hold at all times.",
        strict=True,
    )
    return _of(function, kind="asymptotic", conditions=(late,), assumes=SYMMETRIC, changed=(_later(),))


def _long_time() -> sp.Symbol:
    return sp.Symbol("tau", positive=True)


def _later() -> Argument:
    return Argument("time", _long_time(), "embedding rate times number of steps", low=0, open_low=True)


def _norm_length() -> Argument:
    return _length("norm", "x", "|v| of the word")


def _norm_positive() -> Argument:
    return _positive("norm", "x", "|v| of the word, frozen")


def _from_zero() -> Argument:
    return _length("score", "s", "score of the word")


BUILDERS: dict[str, Builder] = {
    "sen_norm": _sen_norm,
    "sen_score": _sen_score,
    "sen_potential": lambda: _of(sen.sen_potential, "Theorem 1", assumes=FLOW),
    "attention_weight": lambda: _of(sen.attention_weight, "Section 3"),
    "sen_residual": lambda: _of(residuals.sen_residual, "Theorem 1", changed=(_norm_length(),)),
    "step_residual_change": lambda: _of(residuals.step_residual_change, kind="asymptotic", assumes=FLOW),
    "vocabulary_exponent": lambda: _of(vocabulary.vocabulary_exponent),
    "finite_vocabulary_norm": lambda: _of(
        vocabulary.finite_vocabulary_norm,
        changed=(_from_zero(),),
        assumes=("gradient flow from a zero start", "symmetric population limit, balanced classes"),
    ),
    "irrelevant_score": lambda: _of(invariants.irrelevant_score, assumes=("exchangeable irrelevant words",)),
    "sgd_score_change": lambda: _of(invariants.sgd_score_change, assumes=("plain SGD with a fixed query",)),
    "trained_query_growth": lambda: _of(
        invariants.trained_query_growth,
        assumes=("query trained at the keys' rate, keys from 0, irrelevant words frozen",),
    ),
    "simplex_separation": lambda: _of(reduction.simplex_separation, assumes=("orthogonal columns of one length",)),
    "margin_level": lambda: _of(margins.margin_level),
    "margin_of_level": lambda: _of(margins.margin_of_level),
    "margin_loss": lambda: _of(margins.margin_loss),
    "margin_lower_bound": lambda: _of(
        ablations.frozen_key_margin,
        name="margin_lower_bound",
        says="Lower bound of the margin: what frozen keys reach.",
        kind="lower",
        assumes=SYMMETRIC,
    ),
    "loss_upper_bound": lambda: _of(
        ablations.frozen_key_loss,
        name="loss_upper_bound",
        says="Upper bound of the loss of the word's sentences: that of frozen keys.",
        kind="upper",
        assumes=SYMMETRIC,
    ),
    "loss_ceiling": lambda: _of(margins.loss_ceiling, kind="upper", assumes=SYMMETRIC),
    "restarted_margin": lambda: _of(margins.restarted_margin, kind="lower", assumes=SYMMETRIC),
    "frozen_key_margin": lambda: _of(ablations.frozen_key_margin, assumes=SYMMETRIC),
    "frozen_key_norm": lambda: _of(ablations.frozen_key_norm, assumes=SYMMETRIC),
    "frozen_key_loss": lambda: _of(ablations.frozen_key_loss, assumes=SYMMETRIC),
    "frozen_embedding_floor": lambda: _of(
        ablations.frozen_embedding_floor, assumes=SYMMETRIC, changed=(_norm_length(),)
    ),
    "frozen_embedding_gap": lambda: _of(
        ablations.frozen_embedding_gap, kind="asymptotic", assumes=SYMMETRIC, changed=(_norm_positive(), _later())
    ),
    "takeoff_time": lambda: _of(rates.takeoff_time, kind="asymptotic", assumes=SYMMETRIC),
    "asymptotic_loss": lambda: _of(rates.asymptotic_loss, kind="asymptotic", assumes=SYMMETRIC, changed=(_later(),)),
    "asymptotic_norm": lambda: _late(rates.asymptotic_norm),
    "asymptotic_score": lambda: _late(rates.asymptotic_score),
    "asymptotic_attention_gap": lambda: _late(rates.asymptotic_attention_gap),
    "loss_correction": lambda: _of(rates.loss_correction, kind="asymptotic", assumes=SYMMETRIC),
}


def statement(name: str) -> Statement:
    """The statement called *name*; ValueError with close matches for an unknown one.

    >>> statement("sen_norm").kind
    'exact'
    """
    return pick(name, BUILDERS)
