"""Where the sides are compared, an error model gives the interval: no bare tolerance, no call with a default one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEYWORDS = {"rtol", "atol", "rel_tol", "abs_tol"}
CALLS = {
    "approx",
    "isclose",
    "allclose",
    "assert_allclose",
    "assert_almost_equal",
    "assert_close",
}  # default tolerances


def bare_tolerances(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            used = {called} & CALLS | {keyword.arg for keyword in node.keywords if keyword.arg} & KEYWORDS
            yield from (f"{file.name}:{node.lineno} uses {name}" for name in sorted(used))


@pytest.mark.parametrize("folder", ["attest", "tests/agreement"])
def test_the_sides_are_compared_by_error_models_alone(folder: str) -> None:
    assert [line for file in sorted((ROOT / folder).rglob("*.py")) for line in bare_tolerances(file)] == []


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("np.isclose(a, b)", "isclose"),
        ("assert a == pytest.approx(b)", "approx"),
        ("f(a, rtol=1e-3)", "rtol"),
        ("def g():\n    return math.isclose(a, b)", "isclose"),
        ("solve(a, abs_tol=0)", "abs_tol"),
    ],
)
def test_a_planted_tolerance_is_noticed(code: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(code)
    assert [line.rpartition(" ")[2] for line in bare_tolerances(file)] == [name]
