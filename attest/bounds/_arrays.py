"""Arguments of a calculator: which library they belong to, whether they are allowed, and how they broadcast."""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.export import Argument, Statement


def _library(value: Any) -> str:
    module = type(value).__module__.partition(".")[0]
    if module == "torch":
        return "torch"
    if module == "numpy" and getattr(value, "ndim", 0) > 0:
        return "numpy"
    return "numpy" if isinstance(value, list | tuple) else "number"


class Inputs:
    """The arguments of one call, validated on construction.

    Structural arguments (they shape the program: limits of loops and sums) are run one distinct value at a time.
    """

    def __init__(self, statement: "Statement", given: Mapping[str, Any]) -> None:
        self.statement = statement
        self.given = {name: _plain(name, value) for name, value in given.items()}
        kinds = {_library(value) for value in self.given.values()}
        self.library = "torch" if "torch" in kinds else "numpy"
        self.scalar = kinds == {"number"}
        self.views = {a.name: _view(a, self.given[a.name]) for a in statement.arguments}
        if not self.scalar:
            _ = self.shape  # refused here, by name

    def received(self) -> str:
        """The arguments in words, arrays by their shape."""
        return ", ".join(
            f"{name}={value}" if getattr(value, "ndim", 0) == 0 else f"{name} of shape {tuple(value.shape)}"
            for name, value in self.given.items()
        )

    def numbers(self, program: Callable[..., Any], side: "Statement") -> Any:
        """The value of *side*, another formula of these arguments, by its NumPy *program*."""
        import numpy as np

        return np.asarray(self._spread(program, self.views, _NumpyParts(), side))

    def run(self, program: Callable[..., Any]) -> Any:
        """The value of *program*, in the type, precision and common shape of the arguments."""
        if self.library == "torch":
            import torch

            values = {name: _watched(self.statement.name, name, value) for name, value in self.given.items()}
            found = self._spread(program, values, _TorchParts(), self.statement)
            return _like_tensors(torch.broadcast_to(found, self.shape), self.given)
        import numpy as np

        value = np.asarray(self._spread(program, self.views, _NumpyParts(), self.statement))
        if self.scalar:
            return complex(value) if value.dtype.kind == "c" else float(value)
        return _like_arrays(
            value if value.shape == self.shape else np.broadcast_to(value, self.shape).copy(), self.given
        )

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """What all arguments broadcast to."""
        import numpy as np

        try:
            return np.broadcast_shapes(*(view.shape for view in self.views.values()))
        except ValueError:
            raise ValueError(f"arguments must broadcast against each other, got {self.received()}") from None

    def parts(self, chosen: Any) -> dict[str, Any]:
        """The arguments of the *chosen* elements only."""
        tool: Any = _TorchParts() if self.library == "torch" else _NumpyParts()
        mask = self._mask(chosen)
        return {name: tool.pick(value, mask.shape, mask) for name, value in self.given.items()}

    def joined(self, chosen: Any, one: Callable[..., Any], other: Callable[..., Any]) -> Any:
        """The values of *one* for the *chosen* elements and of *other* for the rest."""
        tool: Any = _TorchParts() if self.library == "torch" else _NumpyParts()
        mask = self._mask(chosen)
        out = tool.put(None, mask.shape, ~mask, other(**self.parts(~mask)))
        return tool.put(out, mask.shape, mask, one(**self.parts(mask)))

    def _mask(self, chosen: Any) -> Any:
        import numpy as np

        return np.array(np.broadcast_to(chosen, self.shape))

    def _spread(self, program: Callable[..., Any], values: Mapping[str, Any], parts: Any, what: "Statement") -> Any:
        structural = [a.name for a in what.arguments if a.symbol in what.structural]
        if all(self.views[name].ndim == 0 for name in structural):
            fixed = {name: _whole(self.views[name][()]) for name in structural}
            return program(**{**values, **fixed})
        import numpy as np

        shape = self.shape
        table = np.stack([np.broadcast_to(self.views[name], shape).ravel() for name in structural])
        distinct, which = np.unique(table, axis=1, return_inverse=True)
        out = None
        for i in range(distinct.shape[1]):
            chosen = (which.reshape(-1) == i).reshape(shape)
            fixed = {name: _whole(x) for name, x in zip(structural, distinct[:, i], strict=True)}
            rest = {name: parts.pick(v, shape, chosen) for name, v in values.items() if name not in fixed}
            out = parts.put(out, shape, chosen, program(**rest, **fixed))
        return out


class _NumpyParts:
    def pick(self, value: Any, shape: tuple[int, ...], chosen: Any) -> Any:
        import numpy as np

        return np.broadcast_to(value, shape)[chosen]

    def put(self, out: Any, shape: tuple[int, ...], chosen: Any, value: Any) -> Any:
        import numpy as np

        out = np.zeros(shape, dtype=np.asarray(value).dtype) if out is None else out
        out[chosen] = value
        return out


class _TorchParts:
    def pick(self, value: Any, shape: tuple[int, ...], chosen: Any) -> Any:
        import torch

        # a Python float would become a float32 tensor without being told otherwise
        tensor = torch.as_tensor(value, dtype=torch.float64 if isinstance(value, float) else None)
        return torch.broadcast_to(tensor, shape)[torch.as_tensor(chosen, device=tensor.device)]

    def put(self, out: Any, shape: tuple[int, ...], chosen: Any, value: Any) -> Any:
        import torch

        out = torch.zeros(shape, dtype=value.dtype, device=value.device) if out is None else out
        return out.index_put((torch.as_tensor(chosen, device=value.device),), value)


def _watched(formula: str, name: str, value: Any) -> Any:
    """*value*, with a gradient that is refused where it is infinite or no number, as a value would be."""
    if not getattr(value, "requires_grad", False):
        return value
    view = value.view_as(value)  # the hook stays with this call, not with the caller's tensor

    def refuse(gradient: Any) -> None:
        lost = ~gradient.isfinite()
        if bool(lost.any()):
            at = value.detach()[lost].ravel()[0].item()
            raise ArithmeticError(
                f"the gradient by {name} is not finite at {name}={at}: {formula} has no finite slope there, or was "
                "multiplied with what is not finite"
            )

    view.register_hook(refuse)
    return view


def _plain(name: str, value: Any) -> Any:
    """*value* as a number, an array or a tensor."""
    if isinstance(value, bool | str | bytes) or value is None:
        raise TypeError(f"{name} must be a number, a NumPy array or a torch tensor, got {value!r}")
    if isinstance(value, int | Fraction):
        whole = int(value)
        try:
            return whole if value == whole and abs(whole) < 2**53 else float(value)
        except OverflowError:
            raise ValueError(f"{name} must fit a float, got a number of {whole.bit_length()} bits") from None
    if isinstance(value, list | tuple):
        import numpy as np

        try:
            return np.asarray(value)
        except ValueError:
            raise ValueError(f"{name} must have rows of one length, got {value!r}") from None
    if isinstance(value, float | complex) or hasattr(value, "dtype"):
        return value
    if hasattr(value, "evalf") and not value.free_symbols:  # a SymPy number
        return float(value)
    raise TypeError(f"{name} must be a number, a NumPy array or a torch tensor, got {type(value).__name__}: {value!r}")


def _view(argument: "Argument", value: Any) -> Any:
    """*value* as a NumPy array in float64 or complex128, after checking it against the argument's domain."""
    import numpy as np

    if _library(value) == "torch":
        value = value.detach().cpu()
        value = value.numpy() if not value.is_floating_point() else value.double().numpy()
    view = np.asarray(value)
    if view.dtype.kind not in "iufc":
        raise TypeError(f"{argument.name} must hold numbers, got {view.dtype}")
    if view.dtype.kind == "c":
        if argument.kind != "complex":
            raise TypeError(f"{argument.name} must be {argument.allowed}, got complex {_first(view)}")
        view = view.astype(complex)
    else:
        view = view.astype(float)
    finite = np.isfinite(view) | (view == math.inf if argument.infinite else False)
    wrong = ~finite
    if argument.kind == "integer":
        wrong |= finite & np.isfinite(view) & (view != np.floor(view))
    if view.dtype.kind == "f":
        low, high = float(argument.low), float(argument.high)
        wrong |= (view <= low) & np.isfinite(low) if argument.open_low else view < low
        if not argument.infinite:
            wrong |= (view >= high) & np.isfinite(high) if argument.open_high else view > high
    if wrong.any():
        remedy = f". {argument.beyond}" if argument.beyond else ""
        raise ValueError(f"{argument.name} must be {argument.allowed}, got {_first(view[wrong])}{remedy}")
    return view


def _first(view: Any) -> Any:
    number = view.ravel()[0]
    return int(number) if view.dtype.kind == "f" and math.isfinite(number) and number == int(number) else number.item()


def _whole(value: Any) -> Any:
    return math.inf if value == math.inf else int(value)


def _like_arrays(value: Any, given: Mapping[str, Any]) -> Any:
    """*value* in the precision of the float arrays among *given*."""
    import numpy as np

    kinds = [v.dtype for v in given.values() if _library(v) == "numpy" and v.dtype.kind in "fc"]
    value = np.asarray(value)
    if not kinds:
        return value
    with np.errstate(over="ignore"):
        found = value.astype(np.result_type(*kinds, *([np.complex64] if value.dtype.kind == "c" else [])))
    if not np.isfinite(found).all():
        raise OverflowError(f"the value exceeds {found.dtype}; pass float64")
    return found


def _like_tensors(value: Any, given: Mapping[str, Any]) -> Any:
    """The same for tensors."""
    import torch

    kinds = [v.dtype for v in given.values() if _library(v) == "torch" and (v.is_floating_point() or v.is_complex())]
    if not kinds:
        return value
    kind = torch.complex64 if value.is_complex() else kinds[0]
    for other in kinds:
        kind = torch.promote_types(kind, other)
    found = value.to(kind)
    if not bool(torch.isfinite(found).all()):
        raise OverflowError(f"the value exceeds {kind}; pass float64")
    return found
