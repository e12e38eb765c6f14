"""Rigorous values of a statement in ball arithmetic: what the floating-point programs are held against.

The formula is evaluated as it stands in ``theory``, without any of the rewriting that generated code goes through.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import flint
import sympy as sp

from theory.export.functions import NormalCdf, Root
from theory.export.statement import Expr, Recurrence, Statement

GUARD = 64  # bits beyond the wanted precision at the first attempt
TINY = -1100  # a ball round 0 passes once it is narrower than every float: 2 to this power


def enclosure(statement: Statement, values: Mapping[str, Any], *, digits: int = 25) -> Any:
    """The value of *statement* as a ``flint.arb`` of relative width below 10**-*digits*, or a ball round 0.

    *values*: argument name -> int, Fraction or float, taken exactly. The precision is doubled until the ball is narrow
    enough; ArithmeticError if 2**15 bits do not suffice. Not for complex arguments.
    """
    given = {a.symbol: _exact(values.get(a.name, a.default)) for a in statement.arguments}
    return _narrow(lambda: _run(statement.result, given), digits)


def _narrow(evaluate: Callable[[], Any], digits: int) -> Any:
    saved = flint.ctx.prec
    wanted = digits * 3.33
    bits = int(wanted) + GUARD
    try:
        while bits <= 2**15:
            flint.ctx.prec = bits
            ball = evaluate()
            small = ball.contains(0) and ball.abs_upper() < flint.arb(2) ** TINY
            if ball.is_finite() and (ball.rel_accuracy_bits() >= wanted or small):
                return ball
            bits *= 2
    finally:
        flint.ctx.prec = saved
    raise ArithmeticError(f"no ball narrower than 1e-{digits} with {bits // 2} bits")


def _exact(value: Any) -> Any:
    if value in (sp.oo, float("inf")):
        return sp.oo
    return Fraction(value.p, value.q) if isinstance(value, sp.Rational) else Fraction(value)


def _run(result: Any, given: Mapping[Expr, Any]) -> Any:
    if not isinstance(result, Recurrence):
        return _ball(sp.sympify(result), dict(given))
    now: dict[Expr, Any] = dict(given)
    first, last = (_whole(end, now) for end in (result.start, result.stop))
    for symbol, start in result.state:
        now[symbol] = _ball(sp.sympify(start), now)
    for k in range(first, last):
        now[result.index] = Fraction(k)
        for symbol, update in result.updates:
            now[symbol] = _ball(update, now)
    return _ball(result.output, now)


def _known(given: Mapping[Expr, Any]) -> dict[Expr, Any]:
    """What *given* knows exactly, as SymPy numbers."""
    return {s: _sympy(v) for s, v in given.items() if not isinstance(v, flint.arb | flint.acb)}


def _rational(e: Expr, given: Mapping[Expr, Any]) -> Fraction | None:
    """*e* as an exact rational where it is one."""
    value = e.subs(_known(given)).doit() if e.free_symbols else e
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else None


def _whole(e: Expr, given: Mapping[Expr, Any]) -> int:
    value = _rational(sp.sympify(e), given)
    if value is None or value.denominator != 1:
        raise ValueError(f"{e} must be a whole number here")
    return int(value)


def _sympy(value: Any) -> Any:
    return value if value == sp.oo else sp.Rational(value.numerator, value.denominator)


def _arb(value: Any) -> Any:
    return value if isinstance(value, flint.arb) else flint.arb(flint.fmpq(value.numerator, value.denominator))


_UNARY: dict[Any, Callable[[Any], Any]] = {
    sp.exp: lambda x: x.exp(), sp.log: lambda x: x.log(), sp.sin: lambda x: x.sin(), sp.cos: lambda x: x.cos(),
    sp.gamma: lambda x: x.gamma(), sp.loggamma: lambda x: x.lgamma(), sp.erfc: lambda x: x.erfc(),
    sp.erf: lambda x: x.erf(),
    NormalCdf: lambda x: (-x / flint.arb(2).sqrt()).erfc() / 2, sp.tanh: lambda x: x.tanh(), sp.Abs: abs,
    sp.factorial: lambda x: (x + 1).gamma(), sp.floor: lambda x: x.floor(),
}  # fmt: skip


def _ball(e: Expr, given: Mapping[Expr, Any]) -> Any:
    """The ball of an expression; complex where *given* holds complex balls (inside integrals)."""
    if e.is_Symbol:
        value = given[e]
        return value if isinstance(value, flint.arb | flint.acb) else _arb(value)
    if e.is_Rational:
        return flint.arb(flint.fmpq(int(e.p), int(e.q)))
    if e == sp.pi:
        return flint.arb.pi()
    if e == sp.E:
        return flint.arb.const_e()
    if e.is_Add:
        return sum((_ball(a, given) for a in e.args), flint.arb(0))
    if e.is_Mul:
        product = flint.arb(1)
        for a in e.args:
            product = product * _ball(a, given)
        return product
    if isinstance(e, sp.exp):
        return _ball(e.args[0], given).exp()
    if e.is_Pow:
        return _power(e, given)
    if e.func in _UNARY:
        if isinstance(e, sp.log | sp.loggamma | sp.Abs | sp.floor) and any(
            isinstance(v, flint.acb) for v in given.values()
        ):
            raise ValueError(f"quadrature is rigorous for entire functions only, got {e}")
        return _UNARY[e.func](_ball(e.args[0], given))
    if isinstance(e, sp.LambertW):
        return _lambert(e, given)
    if isinstance(e, sp.binomial):
        return _binomial(e, given)
    if isinstance(e, sp.Max | sp.Min):
        balls = [_ball(a, given) for a in e.args]
        best = balls[0]
        for other in balls[1:]:
            best = best.max(other) if isinstance(e, sp.Max) else best.min(other)
        return best
    if isinstance(e, sp.hyper):
        (a, b), (c,), z = e.args
        return _ball(z, given).hypgeom_2f1(_ball(a, given), _ball(b, given), _ball(c, given))
    if isinstance(e, Root):
        return _root(e, given)
    if isinstance(e, sp.Sum):
        return _sum(e, given)
    if isinstance(e, sp.Product):
        return _product(e, given)
    if isinstance(e, sp.Integral):
        return _integral(e, given)
    if isinstance(e, sp.Piecewise):
        for value, condition in e.args:
            if condition.subs(_known(given)) == True:  # noqa: E712
                return _ball(value, given)
    raise ValueError(f"no ball arithmetic for {e.func.__name__}, met in {e}")


def _power(e: Expr, given: Mapping[Expr, Any]) -> Any:
    base, exponent = _ball(e.base, given), _rational(e.exp, given)
    if isinstance(base, flint.acb) and (exponent is None or exponent.denominator not in (1, 2)):
        raise ValueError(f"quadrature is rigorous for whole powers and square roots only, got {e}")
    if exponent is None:
        return base ** _ball(e.exp, given)
    if exponent.denominator == 1:
        return base ** int(exponent)
    if isinstance(base, flint.acb):
        return flint.acb("nan") if _on_cut(base) else base.sqrt() ** exponent.numerator
    if exponent == Fraction(1, 2):
        # a real root is promised, so what rounding put below 0 is cut off
        return base.nonnegative_part().sqrt() if base.contains(0) else base.sqrt()
    return base ** flint.arb(flint.fmpq(exponent.numerator, exponent.denominator))


def _on_cut(x: Any) -> bool:
    """Whether a complex ball is too close to the negative axis for its roots and logarithms to be analytic."""
    return bool(x.imag.contains(0)) and not x.real > 0


def _lambert(e: Expr, given: Mapping[Expr, Any]) -> Any:
    x = _ball(e.args[0], given)
    if isinstance(x, flint.acb) and _on_cut(x):
        return flint.acb("nan")
    return x.lambertw() if len(e.args) == 1 else x.lambertw(-1)


def _root(e: Expr, given: Mapping[Expr, Any]) -> Any:
    """The root between its ends: found by bisection and secants, then a change of sign round it, in balls."""
    body, variable, low, high = e.args

    def f(x: Any) -> Any:
        return _ball(body, {**given, variable: x})

    a, b = _ball(low, given).mid(), _ball(high, given).mid()
    for _ in range(24):
        middle = ((a + b) / 2).mid()
        a, b = (middle, b) if f(middle).mid() < 0 else (a, middle)
    radius = (1 + abs(b)) * flint.arb(2) ** (GUARD // 2 - flint.ctx.prec)
    at_a, at_b = f(a).mid(), f(b).mid()
    for _ in range(64):
        if abs(b - a) < radius / 4 or at_a == at_b:
            break
        a, at_a, b = b, at_b, (b - at_b * (b - a) / (at_b - at_a)).mid()
        at_b = f(b).mid()
    return b + flint.arb(0, radius.upper()) if f(b - radius) < 0 < f(b + radius) else flint.arb("nan")


def _binomial(e: Expr, given: Mapping[Expr, Any]) -> Any:
    n, k = (_whole(a, given) for a in e.args)
    return _choose(n, k) if 0 <= k <= n else flint.arb(0)


def _choose(n: int, k: int) -> Any:
    """C(n, k), by gamma functions where k is large and by a product otherwise (n may have thousands of bits)."""
    k = min(k, n - k)
    if k <= 64:
        top = bottom = 1
        for i in range(k):
            top, bottom = top * (n - i), bottom * (i + 1)
        return flint.arb(flint.fmpz(top // bottom))
    x = flint.arb(flint.fmpz(n))
    return (x + 1 - k).rising(flint.fmpz(k)) / (flint.arb(k) + 1).gamma()


def _sum(e: Expr, given: Mapping[Expr, Any]) -> Any:
    ((variable, low, high),) = e.limits
    first, last = _whole(low, given), _whole(high, given)
    f = e.function
    if first == 0 and isinstance(f, sp.binomial) and f.args[1] == variable and not f.args[0].has(variable):
        return _binomial_sum(_whole(f.args[0], given), last)
    return sum((_ball(f, {**given, variable: Fraction(k)}) for k in range(first, last + 1)), flint.arb(0))


def _product(e: Expr, given: Mapping[Expr, Any]) -> Any:
    ((variable, low, high),) = e.limits
    product = flint.arb(1)
    for k in range(_whole(low, given), _whole(high, given) + 1):
        product = product * _ball(e.function, {**given, variable: Fraction(k)})
    return product


def _binomial_sum(n: int, last: int) -> Any:
    """C(n, 0) + ... + C(n, last) by the ratio of neighbours, in balls."""
    term = total = flint.arb(1)
    whole = flint.arb(flint.fmpz(n))
    for k in range(1, min(last, n) + 1):
        term = term * (whole - (k - 1)) / k
        total = total + term
    return total


def _integral(e: Expr, given: Mapping[Expr, Any]) -> Any:
    """A finite integral by rigorous quadrature; on the whole line for an integrand of at most normal density.

    Beyond the cut the density has mass erfc(cut/sqrt 2), which is added to the radius.
    """
    ((variable, low, high),) = e.limits
    tail = flint.arb(0)
    if low == high:
        return tail
    if (low, high) == (-sp.oo, sp.oo):
        if not e.function.has(sp.exp(-(variable**2) / 2)):
            raise ValueError(f"on the whole line the integrand must carry a normal density, got {e.function}")
        cut = flint.arb(2 * flint.ctx.prec).sqrt()
        ends = (flint.acb(-cut), flint.acb(cut))
        tail = (cut / flint.arb(2).sqrt()).erfc()
    else:
        ends = (flint.acb(_ball(low, given)), flint.acb(_ball(high, given)))
    integrand = e.function.subs(_known(given))

    def f(x: Any, analytic: bool = True) -> Any:
        return flint.acb(_ball(integrand, {**given, variable: x}))

    # sampling sets the goal of the quadrature; the ball it returns is rigorous whatever the goal was
    samples = (f(ends[0] + (ends[1] - ends[0]) * k / 64).abs_upper() for k in range(65))
    height = max((sample for sample in samples if sample.is_finite()), default=flint.arb(0))
    goal = (height.upper() if height > 0 else flint.arb(1)) * flint.arb(2) ** -flint.ctx.prec
    found = flint.acb.integral(f, *ends, abs_tol=goal).real
    return found + flint.arb(0, tail.upper()) if tail > 0 else found
