"""Arguments and hypotheses that the statements of the training dynamics share."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy as sp

from theory.export.formula import formula
from theory.export.statement import Argument, Statement

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


def positive(name: str, symbol: str, says: str, **more: Any) -> Argument:
    """A number > 0."""
    return Argument(name, sp.Symbol(symbol, positive=True), says, low=0, open_low=True, **more)


def real(name: str, symbol: str, says: str) -> Argument:
    """Any number."""
    return Argument(name, sp.Symbol(symbol, real=True), says)


def length(name: str, symbol: str, says: str) -> Argument:
    """A number >= 0."""
    return Argument(name, sp.Symbol(symbol, nonnegative=True), says, low=0)


def count(name: str, symbol: str, says: str, low: int = 1) -> Argument:
    """A whole number that is at least *low*."""
    return Argument(name, sp.Symbol(symbol, positive=True, integer=True), says, "integer", low=low)


def arguments() -> dict[str, Argument]:
    """Every argument by its name."""
    known = (
        real("score", "s", "score of the word"),
        real("score0", "s_0", "score at the start of training"),
        Argument("norm", sp.Symbol("x", real=True), "|v - u| of the word"),
        length("norm0", "x_0", "|v - u| at the start of training"),
        positive("mass", "M", "e^score summed over the other tokens of the sentence"),
        positive("least_mass", "M_1", "smallest mass among the sentences of the word"),
        positive("greatest_mass", "M_2", "greatest mass among the sentences of the word"),
        positive("coupling", "rho", "(key rate / embedding rate) |query|^2"),
        count("multiplicity", "c", "occurrences of the word in its sentence"),
        count("classes", "C", "number of classes", 2),
        positive("separation", "D", "distance of the class's column from the hull of the others"),
        positive("frequency", "p", "share of the sentences that hold the word", high=1),
        length("time", "tau", "embedding rate times number of steps"),
        length("elapsed", "tau", "embedding rate times number of steps since then"),
        real("margin", "mu", "logit of the class minus that of any other"),
        real("level", "G", "level mu + e^mu/(C - 1) of the margin"),
        positive("attention", "a", "total attention on the word", high=1),
        count("topics", "T", "number of topic words"),
        count("irrelevant", "R", "number of irrelevant words in the vocabulary"),
        count("sentences", "N", "number of training sentences"),
        real("scores", "S", "sum of the topic words' scores"),
        positive("rate", "eta", "learning rate of the embeddings"),
        real("half_square_change", "d", "change of |v|^2/2 in the step"),
        length("gradient_square", "g", "|G|^2, G the gradient with respect to v"),
        real("context_pull", "J", "sum over the word's tokens of a (context . h)"),
        real("score_step", "d_s", "change of the score in the step"),
        length("embedding_step_square", "d_v", "|Dv|^2 of the step"),
        positive("column_norm", "u", "length of the classifier's columns"),
        real("key", "k", "length of the topic words' keys along the query"),
        positive("query0", "q_0", "|query| at the start"),
        length("score_drift", "e", "largest |log(M/m)| over times and sentences"),
        length("embedding_drift", "delta", "largest norm of the mean of the irrelevant words"),
        length("force", "F", "integral over time of the mean of a |h|"),
        length("steps", "E", "what finite steps add, summed: ((e^s/m)(Ds)^2 + coupling |Dv|^2)/2"),
        Argument("drift_ratio", sp.Symbol("r", real=True), "share of the score's growth that the drift undoes",
                 high=1, open_high=True),
        positive("mean_attention", "A_1", "mean of a = 1/(1 + L) over the sentences of the word", high=1),
        positive("mean_square_attention", "A_2", "mean of a^2 over the sentences of the word", high=1),
    )  # fmt: skip
    return {argument.name: argument for argument in known}


def symbol(name: str) -> Any:
    """The symbol of an argument."""
    return arguments()[name].symbol


def symbols(*names: str) -> tuple[Any, ...]:
    """The symbols of arguments."""
    return tuple(map(symbol, names))


def of(function: Callable[..., Any], where: str = OWN, **more: Any) -> Statement:
    """The statement of a function; ``changed`` arguments replace those known by their names."""
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    return formula(function, {**arguments(), **changed}, PAPER, where, **more)


def stated(name: str, says: str, names: tuple[str, ...], result: Any, where: str = OWN, **more: Any) -> Statement:
    """A statement of its own in known arguments; *more* as in :class:`Statement`, ``changed`` as in :func:`of`.

    The coupling is 1 by default, as in the functions of this subject.
    """
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    known = {**arguments(), "coupling": replace(arguments()["coupling"], default=sp.Integer(1)), **changed}
    kind = more.pop("kind", "exact")
    return Statement(name, says, tuple(known[a] for a in names), result, kind, PAPER, where, **more)


def norm_length() -> Argument:
    """The norm of a word whose others stay at 0."""
    return length("norm", "x", "|v| of the word")


def from_zero() -> Argument:
    """A score that grew from 0."""
    return length("score", "s", "score of the word")
