"""Verdicts follow from rows alone: precedence, rivals, controls, pooling, derivations, premises."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

from attest import Claim, Observed, Paper, Rival, Verdict, at_most, equal, examine, grid, judge, rounding, within
from attest._judge import judge_all
from attest._measure import measure, tasks_of
from attest._rows import Row
from attest.errors import SolverUndecided
from theory.derivation import Identity, Limit

PAPER = Paper("demo2020", "A demonstration", ("Demo, D.",), 2020, "Nowhere")


def squares(**changes: Any) -> Claim:
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


def rows_of(claim: Claim, seed: int = 0) -> list[Row]:
    return [measure(claim, task, digest="d") for task in tasks_of(claim, seed=seed)]


def test_a_true_claim_with_contradicted_rivals_is_supported() -> None:
    finding = examine(squares())
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.as_declared
    assert finding.resolution == 0
    rival = finding.rivals["one number more"]
    assert rival.contradicted_by is not None
    assert rival.contradicted_by.row.case == {"n": 1}
    assert rival.distance == pytest.approx(7 / 16)


def test_each_rival_in_its_place_is_refuted_on_the_same_rows() -> None:
    claim = squares()
    wrong = claim.with_prediction(claim._rivals["one number more"].predicts)
    assert judge(wrong, rows_of(claim)).verdict is Verdict.REFUTED


def test_a_measurement_that_raises_is_erred_with_its_traceback() -> None:
    finding = examine(squares(measures=lambda n: 1 // (n - 2)))
    assert finding.verdict is Verdict.ERRED
    assert "ZeroDivisionError" in finding.reason
    assert not finding.as_declared


def test_a_prediction_that_raises_is_erred() -> None:
    assert examine(squares(predicts=lambda n: n // 0)).verdict is Verdict.ERRED


def test_a_rival_that_raises_is_erred_and_not_contradicted() -> None:
    assert examine(squares(rivals={"broken": lambda n: n // 0})).verdict is Verdict.ERRED


def test_a_broken_measurement_is_refuted_at_the_smallest_case() -> None:
    finding = examine(squares(measures=lambda n: n**2 + (n > 1)))
    assert finding.verdict is Verdict.REFUTED
    assert finding.counterexample is not None
    assert finding.counterexample.row.case == {"n": 2}
    assert finding.resolution is None


def test_a_rival_equal_to_the_truth_leaves_the_claim_powerless() -> None:
    finding = examine(squares(rivals={"another form": lambda n: n * n, "one more": lambda n: (n + 1) ** 2}))
    assert finding.verdict is Verdict.POWERLESS
    assert "another form" in finding.reason
    assert not finding.rivals["another form"].contradicted


def test_a_budget_that_is_too_small_leaves_the_claim_undecided() -> None:
    def slow(n: int) -> int:
        return sum(1 for _ in range(10**9))

    finding = examine(squares(measures=slow, budget=0.05))
    assert finding.verdict is Verdict.UNDECIDED
    assert "budget of 0.05 CPU seconds ran out" in finding.reason
    assert finding.seconds < 5
    assert not finding.as_declared


def test_undecided_passes_only_with_a_declared_reason() -> None:
    def undecided(n: int) -> int:
        raise SolverUndecided("the gap is smaller than the solver's tolerance")

    assert not examine(squares(measures=undecided)).as_declared
    finding = examine(squares(measures=undecided, open="the instances are degenerate"))
    assert finding.verdict is Verdict.UNDECIDED
    assert finding.as_declared


def test_a_measurement_too_coarse_to_tell_is_undecided() -> None:
    claim = squares(agrees=at_most(), measures=lambda n: Observed(n**2 - 0.1, error=0.5), rivals={"half": lambda n: n})
    assert examine(claim).verdict is Verdict.UNDECIDED


def test_no_rows_are_untested_and_some_rows_undecided() -> None:
    claim = squares()
    assert judge(claim, []).verdict is Verdict.UNTESTED
    partial = judge(claim, rows_of(claim)[:2])
    assert partial.verdict is Verdict.UNDECIDED
    assert "1 of 3 measurements" in partial.reason


def test_a_later_row_never_outvotes_a_contradiction() -> None:
    claim = squares()
    rows = rows_of(claim)
    wrong = replace(rows[0], seed=7, value=99)
    later = [replace(row, seed=8) for row in rows]
    others = [replace(row, seed=7) for row in rows[1:]]
    assert judge(claim, [*rows, wrong, *others, *later]).verdict is Verdict.REFUTED


def test_rows_of_other_claims_are_ignored() -> None:
    claim = squares()
    stray = replace(rows_of(claim)[0], claim="demo2020.T2", value=99)
    assert judge(claim, [*rows_of(claim), stray]).verdict is Verdict.SUPPORTED


def refutation(**changes: Any) -> Claim:
    fields: dict[str, Any] = {
        "expects": Verdict.REFUTED,
        "predicts": lambda n: 2**n,
        "cases": grid(n=(1, 5)),
        "control": grid(n=(2, 4)),
        "corrected": "demo2020.T2",
        "rivals": None,
    }
    return squares(**{**fields, **changes})


def test_a_refutation_with_agreeing_controls_is_as_declared() -> None:
    finding = examine(refutation())
    assert finding.verdict is Verdict.REFUTED
    assert finding.as_declared


def test_a_broken_measurement_refutes_nothing_when_a_control_disagrees() -> None:
    finding = examine(refutation(measures=lambda n: -1))
    assert finding.verdict is Verdict.POWERLESS
    assert "control case does not agree" in finding.reason


def test_a_refutation_waits_for_controls_of_which_none_was_measured_yet() -> None:
    claim = refutation()
    finding = judge(claim, [row for row in rows_of(claim) if row.role != "control"])
    assert finding.verdict is Verdict.UNDECIDED
    assert "2 of 2 control cases are still to be measured" in finding.reason
    assert not finding.as_declared


def test_a_naive_statement_that_agrees_everywhere_is_not_supported_without_rivals() -> None:
    finding = examine(refutation(cases=grid(n=(2,)), control=grid(n=(4,))))
    assert finding.verdict is Verdict.POWERLESS
    assert "no rival was tried" in finding.reason


def test_a_rival_with_cases_of_its_own_is_judged_on_them_alone() -> None:
    rival = Rival(lambda n: n**2, cases=grid(n=(-2, -3)))
    claim = squares(rivals={"also for negative n": rival, "one more": lambda n: (n + 1) ** 2})
    finding = examine(claim)
    assert finding.verdict is Verdict.SUPPORTED
    against = finding.rivals["also for negative n"].contradicted_by
    assert against is not None
    assert against.row.case == {"n": -2}


def test_given_values_reach_predictions_and_rivals() -> None:
    claim = squares(
        predicts=lambda n, first: first * n,
        measures=lambda n: Observed(3 * n, given={"first": 3}),
        rivals={"one more": lambda n, first: first * n + 1},
    )
    assert examine(claim).verdict is Verdict.SUPPORTED


def test_setting_reaches_both_sides_and_is_stored() -> None:
    claim = squares(
        setting=lambda rng, n: {"weights": rng.integers(1, 9, size=n).tolist()},
        predicts=lambda weights: sum(weights),
        measures=lambda weights: sum(sorted(weights)),
        rivals={"drops the first": lambda weights: sum(weights[1:])},
    )
    finding = examine(claim)
    assert finding.verdict is Verdict.SUPPORTED
    assert len(finding.cases[2].row.setting["weights"]) == 3


def test_resolution_is_the_smallest_change_that_some_row_contradicts() -> None:
    claim = squares(
        agrees=within(), measures=lambda n: Observed(n**2, error=Fraction(1, 100)), rivals={"off": lambda n: n**2 + 1}
    )
    resolution = examine(claim).resolution
    assert resolution is not None
    assert 1 / 900 < resolution < 1.02 / 900


def test_resolution_of_a_bound_is_its_largest_tightening() -> None:
    claim = squares(agrees=at_most(), predicts=lambda n: 2 * n**2, rivals={"a third": lambda n: Fraction(n**2, 3)})
    finding = examine(claim)
    assert finding.tightness == 0.5
    assert finding.resolution == pytest.approx(0.5, rel=2e-2)  # two digits, by bisection


def test_a_bound_is_driven_to_its_worst_case() -> None:
    claim = squares(
        predicts=lambda x: 1.0,
        measures=lambda x: 1 - (x - 0.3) ** 2,
        agrees=at_most(rounding(operations=4)),
        cases=({"x": 0.9},),
        free={"x": (0.0, 1.0)},
        rivals={"a tenth tighter": lambda x: 0.9},
    )
    finding = examine(claim)
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.tightness is not None
    assert finding.tightness > 0.999


def steps(twin: int = 2) -> list[Identity]:
    return [Identity("doubling", 1 + 1, 2, 3 if twin == 2 else 2)]


def test_a_derivation_is_checked_only_if_no_twin_closes() -> None:
    assert examine(squares(derivation=steps)).derivation == "checked"
    opened = examine(squares(derivation=lambda: steps(twin=1)))
    assert opened.derivation == "open"
    assert opened.verdict is Verdict.SUPPORTED
    assert not opened.as_declared
    assert examine(squares(derivation="cited: Someone (1999)")).derivation == "cited"
    assert examine(squares()).derivation == "none"


class Wordless:
    """A kind of step that the export knows no formula for."""

    name, kind = "by inspection", "words"

    def closes(self) -> bool:
        return True

    def twin_closes(self) -> bool:
        return False


def test_a_derivations_row_has_the_formula_of_each_step_that_can_be_read() -> None:
    (step,) = examine(squares(derivation=steps)).steps
    assert step["formula"].startswith("<math") and "<mo>=</mo>" in step["formula"]
    total = sp.Add(*sp.symbols("x:300"))
    for other in (Wordless(), Limit("long", total, sp.Symbol("x0"), sp.Integer(0), total.subs("x0", 0), total)):
        (step,) = examine(squares(derivation=lambda other=other: [other])).steps
        assert step["formula"] == ""


def test_an_asymptotic_statement_falls_with_a_supported_law_and_its_limit() -> None:
    import sympy as sp

    size = sp.Symbol("n", positive=True)
    law = squares(id="demo2020.law", derivation=lambda: [Limit("vanishes", 1 / size, size, sp.oo, 0, 1)])
    plain_law = squares(id="demo2020.law", derivation=steps)
    fields: dict[str, Any] = {"kind": "asymptotic", "finite_form": ("demo2020.law",), "paper": PAPER}
    statement = Claim(
        id="demo2020.A1",
        where="p. 2",
        says="it does not vanish",
        expects=Verdict.REFUTED,
        corrected="demo2020.law",
        **fields,
    )
    for premise, verdict in ((law, Verdict.REFUTED), (plain_law, Verdict.NOT_TESTABLE)):
        found = judge_all([statement, premise], rows_of(premise))
        assert found["demo2020.A1"].verdict is verdict


def test_a_claim_on_a_fallen_premise_keeps_its_verdict_and_says_so() -> None:
    premise = squares(id="demo2020.P", measures=lambda n: -1)
    claim = squares(rests_on=("demo2020.P",))
    found = judge_all([claim, premise], [*rows_of(premise), *rows_of(claim)])
    assert found["demo2020.T1"].verdict is Verdict.SUPPORTED
    assert found["demo2020.T1"].unsupported_premises == ("demo2020.P",)


def test_findings_become_records_and_render_in_a_notebook() -> None:
    finding = examine(squares())
    assert finding.to_record()["verdict"] == "SUPPORTED"
    assert "SUPPORTED" in finding._repr_html_()


def test_a_bound_without_its_attack_is_not_supported() -> None:
    claim = squares(
        predicts=lambda x: 1.0,
        measures=lambda x: x,
        agrees=at_most(),
        cases=({"x": 0.5},),
        free={"x": (0.0, 1.0)},
        rivals={"half": lambda x: 0.4},
    )
    rows = rows_of(claim)
    assert judge(claim, rows).verdict is Verdict.SUPPORTED
    assert judge(claim, [row for row in rows if row.role != "attack"]).verdict is Verdict.UNDECIDED


def test_a_refutation_waits_for_all_its_controls() -> None:
    claim = refutation()
    rows = [row for row in rows_of(claim) if (row.role, row.index) != ("control", 1)]
    assert judge(claim, rows).verdict is Verdict.UNDECIDED


def test_a_case_with_a_huge_integer_is_judged() -> None:
    claim = squares(predicts=lambda n: n, measures=lambda n: n + 1, cases=grid(n=(10**400, 10**401)))
    counterexample = examine(claim).counterexample
    assert counterexample is not None
    assert counterexample.row.case == {"n": 10**400}


def test_fully_supported_reaches_through_the_premises() -> None:
    base, fallen = squares(id="demo2020.P"), squares(id="demo2020.Q", measures=lambda n: -1)
    for premise, full in ((base, True), (fallen, False)):
        claim = squares(rests_on=(premise.id,))
        found = judge_all([claim, premise], [*rows_of(premise), *rows_of(claim)])
        assert found["demo2020.T1"].fully_supported is full


def test_a_deep_row_keeps_what_was_predicted_and_judging_does_not_predict_again() -> None:
    asked: list[int] = []

    def predicts(n: int) -> int:
        asked.append(n)
        return n**2

    claim = squares(predicts=predicts, deep_cases=({"n": 50},), deep_budget=5.0)
    rows = [measure(claim, task, digest="d") for task in tasks_of(claim, seed=0, deep=True)]
    assert [row.said for row in rows] == [{}, {}, {}, {"": 2500, "one number more": 2601}]
    assert asked == [50]
    finding = judge_all([claim], rows)[claim.id]
    assert finding.verdict is Verdict.SUPPORTED
    assert asked == [50, 1, 2, 3]
    swapped = claim.with_prediction(claim._rivals["one number more"].predicts)
    assert judge(swapped, rows).verdict is Verdict.REFUTED
