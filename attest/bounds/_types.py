"""What calculators take. Counts may be arrays of whole numbers; where a statement says so, numbers may be complex."""

from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import torch

Value: TypeAlias = float | Fraction | np.ndarray[Any, Any] | torch.Tensor
Number: TypeAlias = complex | Fraction | np.ndarray[Any, Any] | torch.Tensor
Count: TypeAlias = int | np.ndarray[Any, Any] | torch.Tensor
