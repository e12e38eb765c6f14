"""Rewriting for floating point: the same function in a form that neither overflows nor cancels.

Positive quantities that outgrow floats (binomials, factorials, sums and integrals of them) pass to their logarithms;
Lambert's W of a product becomes Wright's omega of a sum; differences of exponentials become
expm1, those of squares a product.
"""

from typing import Any

import sympy as sp

from theory.export.functions import (
    Expm1,
    Log1p,
    LogAddExp,
    LogBinomial,
    LogGamma,
    LogIntegral,
    LogNormalCdf,
    LogQuadrature,
    LogSum,
    LogWrightOmega,
    LowerOmega,
    NormalCdf,
    PlainSum,
    Sigmoid,
    WrightOmega,
)

Expr = Any
_LARGE = (NormalCdf, sp.binomial, sp.factorial, sp.gamma, sp.hyper, sp.Sum, sp.Product, sp.Integral)
_POSITIVE = (*_LARGE, sp.exp, sp.erfc)


def stable(expression: Expr) -> Expr:
    """*expression* rewritten for floating point.

    >>> stable(sp.exp(sp.Symbol("x", real=True)) - 1)
    expm1(x)
    """
    e = sp.sympify(expression)
    if not e.args or not e.free_symbols:
        return e
    if isinstance(e, sp.log):
        return log_of(e.args[0])
    if isinstance(e, sp.LambertW):
        return _lambert(e)
    if _is_sum_of_arrays(e):
        variable, low, high = e.limits[0]
        return PlainSum(stable(e.function), variable, low, high)
    if isinstance(e, _LARGE) or (e.is_Pow and _is_large(e.base)):
        return sp.exp(log_of(e))
    if e.is_Mul:
        return _product(e)
    if e.is_Add:
        return _sum(e)
    if isinstance(e, sp.Piecewise):
        return sp.Piecewise(*((stable(value), condition) for value, condition in e.args), evaluate=False)
    if isinstance(e, sp.Max | sp.Min):
        return e.func(*map(stable, e.args), evaluate=False)  # SymPy cannot compare the forms made here
    return e.func(*map(stable, e.args))


def log_of(expression: Expr) -> Expr:
    """The logarithm of an *expression* that the caller knows to be positive, rewritten for floating point.

    >>> log_of(sp.binomial(sp.Symbol("n"), 2))
    LogBinomial(log(n), 2)
    """
    e = sp.sympify(expression)
    if not e.free_symbols and not e.has(*_LARGE):
        return sp.log(e)
    if isinstance(e, sp.exp):
        return stable(e.args[0])
    if e.is_Mul and any(map(_is_positive, e.args)):
        # the product is positive, hence so is what is left after its positive factors
        unknown = [factor for factor in e.args if not _is_positive(factor)]
        known = [log_of(factor) for factor in e.args if _is_positive(factor)]
        return sp.Add(*known, *([log_of(sp.Mul(*unknown))] if unknown else []))
    if e.is_Pow and (_is_positive(e.base) or e.exp.free_symbols):
        return stable(e.exp) * log_of(e.base)
    if isinstance(e, sp.binomial):
        return LogBinomial(log_of(e.args[0]), stable(e.args[1]))
    if isinstance(e, sp.factorial):
        return LogGamma(stable(e.args[0]) + 1)
    if isinstance(e, sp.gamma):
        return LogGamma(stable(e.args[0]))
    if isinstance(e, sp.hyper):
        return _euler_integral(e)
    if _is_sum_of_arrays(e):
        return sp.log(stable(e))
    if isinstance(e, sp.Sum | sp.Product | sp.Integral):
        if len(e.limits) != 1 or len(e.limits[0]) != 3:
            raise ValueError(f"one variable with two limits is needed, got {e.limits}")
        variable, low, high = e.limits[0]
        fixed = not (low.free_symbols | high.free_symbols)
        integral = LogIntegral if fixed else LogQuadrature
        kind = {sp.Sum: LogSum, sp.Product: PlainSum, sp.Integral: integral}[e.func]
        if kind is LogQuadrature:
            low, high = stable(low), stable(high)
        return kind(log_of(e.function), variable, low, high)
    if isinstance(e, sp.LambertW) and len(e.args) == 1:
        return LogWrightOmega(log_of(e.args[0]))
    if isinstance(e, NormalCdf):
        return LogNormalCdf(stable(e.args[0]))
    if isinstance(e, sp.erfc):
        return sp.log(2) + LogNormalCdf(stable(-sp.sqrt(2) * e.args[0]))
    if e.is_Add:
        return _log_of_sum(e)
    return sp.log(stable(e))


def _is_positive(e: Expr) -> bool:
    if isinstance(e, sp.LambertW):
        return len(e.args) == 1 and _is_positive(e.args[0])
    if e.is_Mul:
        return all(map(_is_positive, e.args))
    if e.is_Pow and _is_positive(e.base):
        return True
    return isinstance(e, _POSITIVE) or bool(e.is_extended_nonnegative)


def _is_sum_of_arrays(e: Expr) -> bool:
    """Whether more than whole numbers enter a sum: then it is added up as it stands, for every element at once."""
    return isinstance(e, sp.Sum) and not all(symbol.is_integer for symbol in e.free_symbols)


def _is_large(e: Expr) -> bool:
    return (isinstance(e, _LARGE) and not _is_sum_of_arrays(e)) or bool(e.is_Pow and _is_large(e.base))


def _is_exponential(e: Expr) -> bool:
    """Whether *e* grows exponentially in some symbol, as one positive product."""
    factors = sp.Mul.make_args(e)
    grows = any(isinstance(f, sp.exp) or (f.is_Pow and f.exp.free_symbols) or _is_large(f) for f in factors)
    return grows and _is_positive(e)


def _lambert(e: Expr) -> Expr:
    if len(e.args) == 1:
        return WrightOmega(log_of(e.args[0])) if _is_positive(e.args[0]) else sp.LambertW(stable(e.args[0]))
    argument, branch = e.args
    if branch != -1:
        raise ValueError(f"Lambert's W is rewritten on its two real branches, got {e}")
    return -LowerOmega(-log_of(-argument))


def _euler_integral(e: Expr) -> Expr:
    """log 2F1(a, b; c; z) for c > b > 0, z < 1 by Euler's integral, over x = 1 - u so that its edge keeps its digits.

    Gamma(c)/(Gamma(b) Gamma(c-b)) times the integral of (1-x)^(b-1) x^(c-b-1) (1 - z + z x)^-a over (0, 1).
    """
    (a, b), (c,), z = e.args
    a, b = (b, a) if a.is_integer else (a, b)  # SymPy orders them; a whole b makes no edge
    x = sp.Dummy("x", positive=True)
    over = sp.simplify(c - b)
    # kept off 0 and 1 by less than a rounding: there a logarithm times the power 0 would be no number
    tiny, inside = sp.Rational(1, 2**1000), 1 - sp.Rational(1, 2**53)
    log_f = (b - 1) * Log1p(-inside * x) + (over - 1) * sp.log(x + tiny) - a * sp.log(1 - z + z * x)
    return LogGamma(c) - LogGamma(b) - LogGamma(over) + LogIntegral(log_f, x, 0, 1)


def _product(e: Expr) -> Expr:
    if (share := _share(e)) is not None:
        return share
    large = [factor for factor in e.args if _is_large(factor)]
    if not large:
        return e.func(*map(stable, e.args))
    # what overflows alone may be moderate in the product, so exponentials join the logarithm
    joined = [factor for factor in e.args if factor in large or _is_exponential(factor)]
    rest = [factor for factor in e.args if factor not in joined]
    return sp.Mul(sp.exp(sp.Add(*map(log_of, joined))), *map(stable, rest))


def _share(e: Expr) -> Expr | None:
    """A/(A + B) times the rest as a sigmoid of log A - log B, for an exponential A; None otherwise."""
    for factor in e.args:
        if not (factor.is_Pow and factor.exp == -1 and factor.base.is_Add):
            continue
        for term in factor.base.args:
            other, rest = factor.base - term, e / factor / term
            if _is_exponential(term) and _is_positive(other) and not rest.has(sp.exp):
                return stable(rest) * Sigmoid(log_of(term) - log_of(other))
    return None


def _sum(e: Expr) -> Expr:
    """Terms stable one by one, after pairs of opposite terms of one form have become one difference each."""
    terms = list(e.args)
    done = []
    while terms:
        first = terms.pop(0)
        for other in terms:
            if (difference := _difference(first, other)) is not None:
                terms.remove(other)
                done.append(difference)
                break
        else:
            done.append(stable(first))
    result = sp.Add(*done)
    one, rest = result.as_coeff_Add()
    complement = one == 1 and isinstance(-rest, Sigmoid)
    return Sigmoid(-(-rest).args[0]) if complement else result


def _difference(a: Expr, b: Expr) -> Expr | None:
    """a + b where a/-b is a ratio of exponentials, of symbols or of squares; None otherwise."""
    if b.has(sp.exp) and not a.has(sp.exp):
        a, b = b, a  # the term without an exponential is the one to factor out: it cannot vanish or overflow
    ratio = sp.powsimp(-a / b)
    if not ratio.free_symbols:
        return None
    if isinstance(ratio, sp.exp):
        return stable(-b) * Expm1(stable(ratio.args[0]))
    top, bottom = sp.fraction(ratio)
    if top.is_Symbol and bottom.is_Symbol:
        return stable(-b / bottom) * (top - bottom)
    if all(x.is_Pow and x.exp == 2 and x.base.is_Symbol for x in (top, bottom)):
        return stable(-b / bottom) * (top.base - bottom.base) * (top.base + bottom.base)
    return None


def _log_of_sum(e: Expr) -> Expr:
    term = next(filter(_is_exponential, e.args), None)
    if term is not None:
        rest = e - term
        if _is_positive(rest):
            return LogAddExp(log_of(term), log_of(rest))
        return log_of(term) + Log1p(stable(sp.expand(rest / term)))
    one, rest = e.as_coeff_Add()
    return Log1p(stable(rest)) if one == 1 else sp.log(stable(e))
