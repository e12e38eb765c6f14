"""The catalogue: every statement has a calculator that documents, explains and exports it, and importing is cheap."""

import inspect
import subprocess
import sys

import pytest

from attest import bounds
from attest.bounds._calculator import CATALOGUE
from theory.capacity import statements as capacity_statements
from theory.dynamics import statements as dynamics_statements
from theory.gradients import statements as gradients_statements
from theory.sparsity import statements as sparsity_statements

MODULES = (capacity_statements, gradients_statements, dynamics_statements, sparsity_statements)


def test_an_explanation_holds_value_kind_hypotheses_source_and_latex():
    found = bounds.sen_norm(1.0, 20, explain=True)
    assert found.value == bounds.sen_norm(1.0, 20)
    assert found.kind == "exact"
    assert "arXiv:2011.10036, Theorem 1" in found.source
    assert found.latex.startswith(r"\operatorname{sen\_norm}")
    checked = {h.name: h.checked for h in found.hypotheses}
    assert checked["the score is reached from the start (norm^2 >= 0)"] and checked["mass is a number > 0"]
    assert not checked["gradient flow on keys and embeddings with a fixed query"]
    assert "assumed: gradient flow" in str(found)
    assert bounds.region_bound(3, explain=True).kind == "upper"


def test_a_calculator_exports_its_statement():
    assert bounds.sen_norm.export("numpy").startswith("# sen_norm: Lu, Mao, Nayak")
    assert "import torch" in bounds.sen_norm.export("torch")


def test_the_catalogue_is_the_public_list():
    of_networks = {"gradient_lower_bound", "gradient_upper_bound", "screened_lower_bound"}
    assert bounds.__all__ == sorted({*CATALOGUE, *of_networks})
    assert all(callable(getattr(bounds, name)) for name in bounds.__all__)


def test_every_statement_has_a_calculator_and_no_calculator_lacks_one():
    assert set(CATALOGUE) == {name for module in MODULES for name in module.BUILDERS}


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_a_declaration_has_the_arguments_and_defaults_of_its_statement(name):
    calculate = getattr(bounds, name)
    parameters = [p for p in inspect.signature(calculate).parameters.values() if p.name != "explain"]
    arguments = calculate.statement.arguments
    assert [p.name for p in parameters] == [a.name for a in arguments]
    for parameter, argument in zip(parameters, arguments, strict=True):
        default = None if parameter.default is inspect.Parameter.empty else parameter.default
        assert default == (None if argument.default is None else float(argument.default))
    about = inspect.getdoc(calculate)
    assert calculate.summary and calculate.statement.source in about
    assert all(f"{argument.name}: {argument.says}" in about for argument in arguments)


def test_importing_the_catalogue_loads_no_library():
    code = "import sys, attest.bounds; print([m for m in ('torch', 'scipy', 'sympy', 'numpy') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_the_class_keeps_a_docstring_of_its_own():
    assert inspect.getdoc(bounds.Calculator).startswith("A statement of ``theory`` as a function of floats")


def test_numbers_load_no_torch():
    code = "import sys, attest.bounds as b; b.sen_norm(1.0, 20); print('torch' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
