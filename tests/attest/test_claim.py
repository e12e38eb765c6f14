"""A claim that lacks what its kind requires cannot be made, and the error says why."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from attest import Claim, ClaimError, Paper, Rival, Verdict, at_most, equal, grid

PAPER = Paper("demo2020", "A demonstration", ("Demo, D.",), 2020, "Nowhere")


def make(**changes: Any) -> Claim:
    fields: dict[str, Any] = {
        "id": "demo2020.T1",
        "paper": PAPER,
        "where": "Theorem 1",
        "says": "the first n odd numbers sum to n squared",
        "predicts": lambda n: n**2,
        "measures": lambda n: sum(2 * k + 1 for k in range(n)),
        "agrees": equal,
        "cases": grid(n=(1, 2, 3)),
        "rivals": {"one number more": lambda n: (n + 1) ** 2},
    }
    return Claim(**{**fields, **changes})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"rivals": None}, "needs rivals"),
        ({"rivals": {"far": Rival(lambda n: 10**n, near=False)}}, "must be near"),
        ({"rivals": {"a number": 3}}, "must be callable"),
        ({"cases": ()}, "needs cases or deep_cases"),
        ({"cases": (3,)}, "must hold mappings"),
        ({"cases": ({"n": 1}, {"n": 1})}, "twice"),
        ({"cases": ({"n": float("nan")},)}, "finite"),
        ({"cases": ({"n": object()},)}, "plain values"),
        ({"where": " "}, "where is empty"),
        ({"says": ""}, "says is empty"),
        ({"id": "demo2020"}, "<paper>.<tag>"),
        ({"id": "other2020.T1"}, "begin with its paper's key"),
        ({"predicts": None}, "needs predicts and agrees"),
        ({"agrees": None}, "needs predicts and agrees"),
        ({"measures": None}, "needs measures"),
        ({"kind": "theorem"}, "kind must be"),
        ({"kind": "count", "agrees": at_most()}, "compared with equal"),
        ({"budget": 0.0}, "budgets must be positive"),
        ({"deep_cases": ({"n": 9},)}, "go together"),
        ({"deep_budget": 3.0}, "go together"),
        ({"rests_on": ("demo2020.T1",)}, "names itself"),
        ({"rests_on": "demo2020.T2"}, "tuple of ids"),
        ({"finite_form": ("demo2020.T2",)}, "belongs to asymptotic"),
        ({"free": {"n": (1, 5)}}, "free belongs to bounds"),
        ({"control": ({"n": 9},)}, "belong to expected refutations"),
        ({"expects": Verdict.REFUTED}, "needs control"),
        ({"expects": Verdict.REFUTED, "control": ({"n": 9},)}, "either corrected or scope"),
        (
            {"expects": Verdict.REFUTED, "control": ({"n": 9},), "corrected": "demo2020.T2", "scope": "n < 4"},
            "either corrected or scope",
        ),
        ({"expects": Verdict.UNDECIDED}, "only with open"),
        ({"expects": Verdict.ERRED}, "is expected SUPPORTED, REFUTED or UNDECIDED"),
        ({"kind": "asymptotic"}, "has no predicts"),
        ({"kind": "benchmark"}, "measured by benchmarks/"),
    ],
)
def test_an_incomplete_claim_is_refused_with_the_reason(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(ClaimError, match=why.replace("(", r"\(")) as refusal:
        make(**changes)
    assert "claim '" in str(refusal.value)


def asymptotic(**changes: Any) -> Claim:
    fields: dict[str, Any] = {"kind": "asymptotic", "finite_form": ("demo2020.T1",), "id": "demo2020.A1"}
    return Claim(**{"paper": PAPER, "where": "Theorem 2", "says": "it grows", **fields, **changes})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"finite_form": ()}, "needs finite_form"),
        ({"expects": Verdict.SUPPORTED}, "NOT_TESTABLE or REFUTED"),
        ({"expects": Verdict.REFUTED}, "needs corrected"),
        (
            {"expects": Verdict.REFUTED, "corrected": "demo2020.T1", "finite_form": ("demo2020.T1", "demo2020.T2")},
            "exactly one",
        ),
    ],
)
def test_an_asymptotic_claim_has_finite_forms_and_nothing_else(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(ClaimError, match=why):
        asymptotic(**changes)


def test_what_a_kind_expects_by_default() -> None:
    assert make().expects is Verdict.SUPPORTED
    assert asymptotic().expects is Verdict.NOT_TESTABLE


@pytest.mark.parametrize("refused", [ValueError])
def test_claim_errors_are_value_errors(refused: type[Exception]) -> None:
    with pytest.raises(refused):
        make(cases=())


def test_grid_runs_its_last_axis_fastest_and_refuses_an_empty_one() -> None:
    assert grid(a=(1, 2), b=(Fraction(1, 3), 4)) == (
        {"a": 1, "b": Fraction(1, 3)},
        {"a": 1, "b": 4},
        {"a": 2, "b": Fraction(1, 3)},
        {"a": 2, "b": 4},
    )
    with pytest.raises(ClaimError, match="axis 'b' of grid"):
        grid(a=(1,), b=())


def test_cases_cannot_be_changed_after_the_claim_is_made() -> None:
    claim = make()
    with pytest.raises(TypeError):
        claim.cases[0]["n"] = 7  # type: ignore[index]


def test_bibtex_names_the_paper() -> None:
    text = Paper("demo2020", "A demonstration", ("Demo, D.", "Other, O."), 2020, "Nowhere", arxiv="2001.00001").bibtex
    assert text.startswith("@misc{demo2020,")
    assert "Demo, D. and Other, O." in text
    assert "2001.00001" in text
    assert "doi" not in text


@pytest.mark.parametrize("make_it", [make, asymptotic])
def test_claims_render_in_a_notebook(make_it: Callable[[], Claim]) -> None:
    assert "Theorem" in make_it()._repr_html_()
