"""A claim whose two sides meet is refused; digests follow the code and nothing else."""

import functools
import sys
import textwrap
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from attest import Claim, ClaimError, Paper, _source, equal, grid
from attest import bounds as calculators
from attest._digest import digest
from attest._reach import check_independence, exempt_modules, meeting, reached
from numerics import capacity as measured
from theory import capacity as derived

PAPER = Paper("demo2020", "A demonstration", ("Demo, D.",), 2020, "Nowhere")


def shared_formula(n: int) -> int:
    return n * n


def claim(predicts: Callable[..., Any], measures: Callable[..., Any]) -> Claim:
    return Claim(
        "demo2020.T1", PAPER, "p. 1", "says", predicts, measures, equal, grid(n=(2, 3)), {"more": lambda n: n**2 + 1}
    )


def test_a_name_of_a_lazy_package_reaches_its_module_alone() -> None:
    found = reached([lambda m, d: derived.dichotomy_count(m, d)], __name__)
    assert "theory.capacity.counts" in found
    assert "theory.capacity.gating" not in found


def test_a_package_used_as_a_whole_reaches_everything_below_it() -> None:
    found = reached([lambda: getattr(derived, "dichotomy_" + "count")], __name__)
    assert {"theory.capacity.counts", "theory.capacity.gating"} <= found


def test_imports_are_followed() -> None:
    found = reached([lambda n: measured.is_threshold(n)], __name__)
    assert {"numerics.capacity.membership", "numerics.capacity.separation", "numerics.capacity.points"} <= found


@pytest.mark.parametrize(
    ("text", "all_of_it"),
    [
        ("from numerics import capacity as m\ndef f(): return m.is_threshold", False),
        ("import numerics.capacity as m\ndef f(): return m.is_threshold", False),
        ("from numerics import capacity as m\ndef f(name): return getattr(m, name)", True),
        ("import numerics.capacity\ndef f(): return numerics.capacity.is_threshold", True),
    ],
)
def test_what_a_helper_module_reads_off_a_lazy_package_is_followed(
    text: str, all_of_it: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo2020_helper.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    found = _source.imports_of("demo2020_helper")
    assert "numerics.capacity.membership" in found
    assert ("numerics.capacity.halves" in found) == all_of_it
    _source.imports_of.cache_clear()
    _source.source_file.cache_clear()
    _source.tree_of.cache_clear()


def test_what_hides_in_closures_partials_and_inner_functions_is_found() -> None:
    module = measured

    def outer(n: int) -> Any:
        def inner() -> Any:
            return module.is_threshold(n)

        return inner()

    assert "numerics.capacity.membership" in reached([outer], __name__)
    assert "numerics.capacity.membership" in reached([functools.partial(outer, 3)], __name__)
    assert "theory.capacity.counts" in reached([functools.lru_cache(derived.dichotomy_count)], __name__)

    def imports_inside(n: int) -> Any:
        from numerics.capacity import is_threshold

        return is_threshold(n)

    assert "numerics.capacity.membership" in reached([imports_inside], __name__)


def test_two_sides_that_share_a_function_of_the_claim_file_are_refused() -> None:
    bad = claim(lambda n: shared_formula(n), lambda n: shared_formula(n))
    with pytest.raises(ClaimError, match=r"both reach .*shared_formula"):
        check_independence(bad)


def test_two_sides_that_share_a_module_are_refused() -> None:
    bad = claim(lambda n: measured.is_threshold([0, 1]).answer, lambda n: measured.count_dichotomies([(1, n)]))
    with pytest.raises(ClaimError, match=r"numerics\.capacity\.separation"):
        check_independence(bad)


def test_a_rival_that_reaches_the_measurement_is_refused() -> None:
    bad = Claim(
        "demo2020.T1",
        PAPER,
        "p. 1",
        "says",
        lambda n: n,
        lambda n: measured.count_dichotomies([(1, n)]),
        equal,
        grid(n=(2, 3)),
        {"the measurement": lambda n: measured.count_dichotomies([(1, n)]) + 1},
    )
    assert "numerics.capacity.dichotomies" in meeting(bad)


def test_honest_sides_do_not_meet() -> None:
    good = claim(lambda n: derived.dichotomy_count(n, 1), lambda n: measured.count_dichotomies([(1, n)]))
    check_independence(good)


def test_a_calculator_reaches_the_theory_behind_it() -> None:
    assert any(name.startswith("theory.") for name in reached([lambda n: calculators.region_bound(n)], __name__))


def test_the_modules_that_both_sides_may_reach_are_pinned() -> None:
    assert exempt_modules() == {
        "attest",
        "attest._agreement",
        "attest._claim",
        "attest._values",
        "attest.errors",
        "numerics.capacity._validate",
    }


class Holder:
    @staticmethod
    def static(n: int) -> int:
        return shared_formula(n)

    @property
    def value(self) -> int:
        return shared_formula(3)


def test_static_methods_and_properties_hide_nothing() -> None:
    for callable_ in (lambda n: Holder.static(n), lambda n: Holder().value):
        assert any("shared_formula" in name for name in reached([callable_], __name__))


FILE = """
from attest import Claim, Paper, equal, grid
from demo_plugin.side import square

PAPER = Paper("demo2020", "A demonstration", ("Demo, D.",), 2020, "Nowhere")
OFFSET = {offset}
UNRELATED = {unrelated}

T1 = Claim(
    id="demo2020.T1", paper=PAPER, where="p. 1", says="{says}",
    predicts=lambda n: n**2, measures=lambda n: square(n) + OFFSET, agrees=equal,
    cases=grid(n=(2, 3)), rivals={{"more": lambda n: n**2 + 1}}, budget={budget},
)
"""
SIDE = """
'''{doc}'''
def square(n):
    # {comment}
    return {body}
"""


@pytest.fixture
def digest_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The digest of a claim in a file of its own, written anew for each call."""
    count = 0

    def make(**changes: Any) -> str:
        nonlocal count
        count += 1
        fields = {
            "offset": 0,
            "unrelated": 1,
            "budget": 1,
            "says": "x",
            "doc": "d",
            "comment": "c",
            "body": "n * n",
            **changes,
        }
        package = tmp_path / f"v{count}" / "demo_plugin"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "declared.py").write_text(textwrap.dedent(FILE).format(**fields))
        (package / "side.py").write_text(textwrap.dedent(SIDE).format(**fields))
        for cached in (
            _source.source_file,
            _source.tree_of,
            _source.imports_of,
            _source.exports_of,
            _source.fingerprint,
        ):
            cached.cache_clear()
        monkeypatch.syspath_prepend(str(package.parent))
        try:
            return digest(import_module("demo_plugin.declared").T1)
        finally:
            for name in ("demo_plugin", "demo_plugin.declared", "demo_plugin.side"):
                sys.modules.pop(name, None)

    return make


def test_a_digest_ignores_comments_docstrings_budgets_and_what_is_not_used(digest_of: Callable[..., str]) -> None:
    assert digest_of() == digest_of(doc="other", comment="other", unrelated=2, budget=7)


@pytest.mark.parametrize("change", [{"offset": 1}, {"says": "y"}, {"body": "n**2"}])
def test_a_digest_follows_the_declaration_the_names_it_uses_and_the_modules_it_reaches(
    digest_of: Callable[..., str], change: dict[str, Any]
) -> None:
    assert digest_of() != digest_of(**change)
