"""Every derivation of the subject closes, none of its twins does, and the docstring examples run."""

import doctest
import importlib

import pytest

from theory import sparsity
from theory.derivation import is_checked


@pytest.mark.parametrize("name", sorted(n for n in sparsity.__all__ if n.endswith("_derivation")))
def test_the_derivation_closes_and_its_twins_do_not(name):
    assert is_checked(getattr(sparsity, name)())


@pytest.mark.parametrize("module", sorted(set(sparsity._EXPORTS.values())))
def test_the_examples_in_the_docstrings_run(module):
    results = doctest.testmod(importlib.import_module(f"theory.sparsity.{module}"))
    assert results.attempted > 0 and results.failed == 0
