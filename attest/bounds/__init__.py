"""Bounds, laws and formulas of the papers as functions of floats, NumPy arrays and torch tensors.

Each is compiled at its first call from what ``theory.export`` writes of a statement of ``theory``; none is typed again
here. A declaration is a signature and one line; ``__all__`` is the catalogue.

>>> region_bound(4)
3882.0
>>> sen_score(sen_norm(3.0, mass=20), mass=20)
3.0
"""

import math
from typing import TYPE_CHECKING, Any, TypeAlias

from attest.bounds._calculator import CATALOGUE, calculator
from attest.bounds._calculator import Calculator as Calculator
from attest.bounds._calculator import Explained as Explained
from attest.bounds._calculator import Hypothesis as Hypothesis

if TYPE_CHECKING:
    import numpy as np
    import torch

    Value: TypeAlias = float | np.ndarray[Any, Any] | torch.Tensor
    Number: TypeAlias = complex | np.ndarray[Any, Any] | torch.Tensor
    Count: TypeAlias = int | np.ndarray[Any, Any] | torch.Tensor


# --- capacity -------------------------------------------------------------------------------------------------------


@calculator("capacity")
def dichotomy_count(m: "Count", d: "Count", *, explain: bool = False) -> Any:
    """Labellings of m points in general position in R^d that one homogeneous gate can produce. Cover (1965)."""


@calculator("capacity")
def log2_dichotomy_count(m: "Count", d: "Count", *, explain: bool = False) -> Any:
    """The same count in bits."""


@calculator("capacity")
def region_bound(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Upper bound on the number of threshold functions of n variables and a degree."""


@calculator("capacity")
def log2_region_bound(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """The same bound in bits, for n up to 10^4."""


# --- gradients ------------------------------------------------------------------------------------------------------


@calculator("gradients")
def uniform_attention_gain(T: "Count", t: "Count", eigenvalue: "Number", *, explain: bool = False) -> Any:
    """Gain ds_T/dh_t on an eigenvector, linear net with uniform attention. Kerg et al. (2020), Theorem 1."""


# --- dynamics -------------------------------------------------------------------------------------------------------


@calculator("dynamics")
def sen_norm(
    score: "Value", mass: "Value", coupling: "Value" = 1, score0: "Value" = 0, norm0: "Value" = 0,
    multiplicity: "Count" = 1, *, explain: bool = False,
) -> Any:  # fmt: skip
    """Norm |v - u| of a word of this score. Lu, Mao, Nayak (2021), Theorem 1."""


@calculator("dynamics")
def sen_score(
    norm: "Value", mass: "Value", coupling: "Value" = 1, score0: "Value" = 0, norm0: "Value" = 0,
    multiplicity: "Count" = 1, *, explain: bool = False,
) -> Any:  # fmt: skip
    """Score of a word with this norm, the inverse of sen_norm."""


@calculator("dynamics")
def sen_potential(score: "Value", mass: "Value", multiplicity: "Count" = 1, *, explain: bool = False) -> Any:
    """The side s + (c/M) e^s of the SEN identity."""


@calculator("dynamics")
def attention_weight(score: "Value", mass: "Value", multiplicity: "Count" = 1, *, explain: bool = False) -> Any:
    """Total softmax attention on a word that occurs multiplicity times."""


# --- sparsity -------------------------------------------------------------------------------------------------------


@calculator("sparsity")
def null_probability(
    n_keys: "Count", shared_mean_ratio: "Value" = 0, dim: "Value" = math.inf, *, explain: bool = False
) -> Any:
    """Probability that a row of rectified attention over n keys is null at initialisation."""


__all__ = sorted(CATALOGUE)
