"""A small ledger of every kind of claim, judged from rows made here, and the page that shows it."""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from attest import Claim, Paper, Verdict, absolute, all_claims, at_most, drawn_from, equal, grid, scales_like, within
from attest._call import call
from attest._judge import Finding, judge_all
from attest._rows import CONTROL, DERIVATION, Row
from attest._values import plain
from attest.report.html import page

PAPER = Paper("demo2020", "A demonstration of <everything>", ("Demo, D.", "Other, O."), 2020, "Nowhere", arxiv="1234")


def claim(tag: str, **changes: Any) -> Claim:
    fields: dict[str, Any] = {
        "says": f"{tag} holds for n & m",
        "predicts": lambda n: n**2,
        "measures": lambda n: sum(2 * k + 1 for k in range(n)),
        "agrees": equal,
        "cases": grid(n=(1, 2, 300)),
        "rivals": {"one number more": lambda n: (n + 1) ** 2, "twice as many": lambda n: 2 * n**2},
    }
    return Claim(id=f"demo2020.{tag}", paper=PAPER, where="p. 1", **{**fields, **changes})


EXACT = claim("exact", derivation=lambda: ())
BOUND = claim(
    "bound",
    predicts=lambda n: 1.5 * n,
    measures=lambda n: 1.4 * n,
    agrees=at_most(absolute(1e-9, because="a demonstration")),
    rivals={"half": lambda n: 0.75 * n},
    rests_on=("demo2020.exact",),
)
WRONG = claim(
    "wrong-statement",
    predicts=lambda n: [n, n],
    measures=lambda n: [n, n + (n > 2)],
    cases=grid(n=(2, 7)),
    control=grid(n=(1,)),
    rivals={},
    expects=Verdict.REFUTED,
    corrected="demo2020.exact",
)
LADDER = claim(
    "ladder",
    predicts=lambda: 2,
    measures=lambda: [[size, 3.0 * size**2] for size in (8, 16, 32, 64, 128)],
    agrees=scales_like(),
    cases=({"kind": "square"},),
    rivals={"first order": lambda: 1},
)
LAW = claim(
    "law",
    predicts=lambda n: [0.5, 0.5],
    measures=lambda n: [n * 100_000, n * 100_100],
    agrees=drawn_from(),
    cases=grid(n=(1, 2)),
    rivals={"uneven": lambda n: [0.4, 0.6]},
)
WORDS = claim("words", predicts=lambda n: n > 0, measures=lambda n: True, rivals={"never": lambda n: False})
LIMIT = Claim(
    "demo2020.limit", PAPER, "p. 2", "in the limit", kind="asymptotic", finite_form=("demo2020.exact", "demo2020.bound")
)
MANY = claim(
    "many",
    predicts=lambda n: [1e-9 * k for k in range(n)],
    measures=lambda n: [1e-9 * k for k in range(n)],
    agrees=within(absolute(1e-12, because="a demonstration")),
    cases=grid(n=(2000,)),
    rivals={"nothing": lambda n: [0.0] * n},
)
DEMONSTRATION = (EXACT, BOUND, WRONG, LADDER, LAW, WORDS, LIMIT, MANY)


def measured(one: Claim) -> list[Row]:
    """The rows that a run would make, without its processes and clocks."""
    rows = []
    for role, cases in (("case", one.cases), (CONTROL, one.control)):
        for index, case in enumerate(cases):
            assert one.measures is not None
            value = plain(call(one.measures, {**case, "rng": np.random.default_rng(0)}))
            rows.append(Row(one.id, "digest", role, index, 0, case, value=value))
    if callable(one.derivation):
        math = '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block" title="derivation"><mi>x</mi></math>'
        steps = [{"name": "x < y & z", "kind": "identity", "closes": True, "twin_closes": False, "formula": math}]
        rows.append(Row(one.id, "digest", DERIVATION, 0, 0, {}, value=steps))
    return rows


@pytest.fixture(scope="session")
def findings() -> Mapping[str, Finding]:
    """Findings of the demonstration, and of one claim of ours whose formula ``theory`` states."""
    claims = [*DEMONSTRATION, *all_claims("baldi2022.C12-parameters")]
    found = judge_all(claims, [row for one in claims if one.cases for row in measured(one)])
    return {name: replace(finding, environment={"python": "3.x"}) for name, finding in found.items()}


@pytest.fixture(scope="session")
def shown(findings: Mapping[str, Finding]) -> str:
    return page(findings)


@pytest.fixture(scope="session")
def everything(findings: Mapping[str, Finding]) -> Mapping[str, Finding]:
    """A finding for every claim there is, each with the rows and rivals of a well-tested bound."""
    model = findings["demo2020.bound"]
    cases = model.cases * 10
    return {
        one.id: replace(model, claim=one, cases=cases if one.cases else (), steps=())
        if one.agrees is None or not one.agrees.weighs_alternatives
        else replace(findings["demo2020.ladder"], claim=one)
        for one in all_claims()
    }


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium; without one the tests of this fixture do not run."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no chromium on the path")
    from playwright.sync_api import sync_playwright

    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=sandbox)
        yield chromium
        chromium.close()
