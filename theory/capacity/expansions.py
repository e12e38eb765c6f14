"""Expansions, and limits that hold given the growth of log2 T(n; d), which is assumed by name and not derived."""

import sympy as sp

from theory.capacity._validate import require_int
from theory.derivation import Identity, Induction, Limit, Nonnegative, Step
from theory.symbols import inputs as n
from theory.symbols import threshold_exponent as tau


def region_bound_exponent(order: int = 1) -> sp.Expr:
    """log2 B(n, n+1) = n**2 - n log2 n + n log2 e - log2(2 pi n)/2 + 1 - log2(e)/(12 n) + O(n**-3), in the symbol n.

    *order* 0 leaves the last term out. From Stirling's series (C4, upper half).
    """
    order = require_int("order", order, 0, 1)
    main = n**2 - n * sp.log(n, 2) + n / sp.log(2) - sp.log(2 * sp.pi * n, 2) / 2 + 1
    return main - (1 / (12 * n * sp.log(2)) if order else 0)


def stirling_residual(n_value: int) -> sp.Expr:
    """The last term, -log2(e)/(12 n), at an integer n >= 1.

    >>> stirling_residual(40)
    -1/(480*log(2))
    """
    return -1 / (12 * require_int("n_value", n_value, 1) * sp.log(2))


def zuev_exponent(n_value: int) -> sp.Expr:
    """Zuev's lower bound n**2 (1 - 10/ln n) on log2 T(n), stated for sufficiently large n (C3); negative to n = 22026.

    >>> zuev_exponent(22027) > 0, zuev_exponent(22026) > 0
    (True, False)
    """
    size = require_int("n_value", n_value, 2)
    return size**2 * (1 - 10 / sp.log(size))


def zuev_vacuous_up_to() -> int:
    """Largest n at which Zuev's lower bound is not positive: floor(e**10).

    >>> zuev_vacuous_up_to()
    22026
    """
    return int(sp.floor(sp.exp(10)))


def vacuous_up_to(degree: int = 1) -> int:
    """Largest n with n C(n, <=degree) >= 2**n: up to there the exponent bound exceeds that of all functions.

    >>> vacuous_up_to()
    4
    """
    degree = require_int("degree", degree, 1, 20)
    size = 1
    while any(m * sum(sp.binomial(m, i) for i in range(degree + 1)) >= 2**m for m in range(size, 4 * degree + 20)):
        size += 1
    return size - 1


def leading_exponent(degree: int = 1, size: sp.Expr = n) -> sp.Expr:
    """n**(d+1) / d!, the leading term of log2 T(n; d) for fixed d (Zuev 1989; Baldi & Vershynin 2019).

    >>> leading_exponent(2)
    n**3/2
    """
    degree = require_int("degree", degree, 1)
    return size ** (degree + 1) / sp.factorial(degree)


def gating_exponents(degree: int = 1, units: int = 1, *, columns: int = 1) -> dict[str, sp.Expr]:
    """Leading exponents of gated classes, given that of single gates: how many gates' worth of functions they hold.

    ``units`` is the number m of attended units, of gates with a synapse each, or of the gates f_i of cross attention,
    whose gates g_j number ``columns`` (OG1, MX3, SG1, SG6, AL1-AL4). Of m gates on m synapses only the upper end is
    known for every m; :func:`every_synapse_exponents` has both for m = n. Self attention multiplies gates of one layer
    two by two, so that it is left out where there is one.
    """
    single, m = leading_exponent(degree), require_int("units", units, 1)
    exponents = {
        "single gate": single,
        "output gating": 2 * single,
        "multiplexing": 2 * single,
        "synaptic gating": 2 * single,
        "gates on as many synapses, at most": (m + 1) * single,
        "own gates": 2 * m * single,
        "one gate for all": (m + 1) * single,
        "cross attention": (m + require_int("columns", columns, 1)) * single,
    }
    return exponents | {"self attention": m * single} if m > 1 else exponents


def every_synapse_exponents() -> dict[str, sp.Expr]:
    """Leading exponents of n linear gates on all n synapses: at most T(n)**(n+1) functions, at least 4 n**3 / 27 (SG6).

    A share a of the inputs held at 1 leaves a hidden layer of a n gates of (1 - a) n inputs: a (1 - a)**2 n**3 bits,
    most of them at a = 1/3.

    >>> every_synapse_exponents()
    {'at least': 4*n**3/27, 'at most': n**3}
    """
    share = sp.Rational(1, 3)
    return {"at least": share * n * leading_exponent(1, (1 - share) * n), "at most": n * leading_exponent()}


def expansion_derivation() -> tuple[Step, ...]:
    """The Stirling residual behind C4."""
    stirling = sp.loggamma(n + 1) - (n * sp.log(n) - n + sp.log(2 * sp.pi * n) / 2)
    return (Limit("n (ln n! - Stirling) -> 1/12", n * stirling, n, sp.oo, sp.Rational(1, 12), twin=sp.Rational(1, 6)),)


def degree_derivation() -> tuple[Step, ...]:
    """n bits for each parameter are, to leading order, the leading terms, these *given* (C12).

    n C(n, <=d) ~ n**(d+1)/d! for d = 1..4; of a gated pair of gates, and of m hidden gates with one on top.
    """
    m = sp.Symbol("m", positive=True)
    parameters: dict[str, tuple[sp.Expr, sp.Expr]] = {
        f"n C(n, <={d}) d! / n**{d + 1} -> 1": (
            sum(sp.ff(n, i) / sp.factorial(i) for i in range(d + 1)),
            leading_exponent(d),
        )
        for d in range(1, 5)
    }
    parameters["n (2(n+1) - 1) / (2 n**2) -> 1"] = 2 * (n + 1) - 1, 2 * leading_exponent()
    parameters["n (m(n+1) + m+1) / (m n**2) -> 1"] = m * (n + 1) + m + 1, m * leading_exponent()
    return tuple(
        Limit(name, n * number / leading, n, sp.oo, sp.Integer(1), twin=sp.Rational(1, 2))
        for name, (number, leading) in parameters.items()
    )


def exponent_derivation() -> tuple[Step, ...]:
    """B(n, D) <= N**D with N = 2**n, that is log2 T(n; d) <= n C(n, <=d) for n >= 1 (C2), by induction on D.

    B(n, 1) = 2 <= N. The next term is 2 C(N-1, D) <= 2 (N-1) N**(D-1): of the binomial's factors (N-1-j)/(j+1) the
    first is N-1, the others at most N. It fits below N**(D+1) - N**D = N**D (N-1), as N >= 2; y is N**(D-1).
    """
    points, j, y = sp.symbols("N j y", nonnegative=True)
    at_least_two = {points: 2 + sp.Symbol("u", nonnegative=True)}
    factor = (points - 1 - j) / (j + 1)
    return (
        Nonnegative("a factor of the binomial is at most N", points - factor, twin=factor - points),
        Induction(
            "2 sum_{k<D} C(N-1, k) <= N**D",
            base=Nonnegative("D = 1: 2 <= N", points - 2, points - 3, substitution=at_least_two),
            step=Nonnegative(
                "one term more",
                y * points * (points - 1) - 2 * (points - 1) * y,
                twin=y * points * (points - 1) - 3 * (points - 1) * y,
                substitution=at_least_two,
            ),
        ),
    )


def sandwich_derivation() -> tuple[Step, ...]:
    """Both ends of the sandwich have one leading term, *assuming* tau(n, d) = n**(d+1)/d! (1 + e(n)) with e -> 0.

    Lower end 2 tau(n-1), from T(n-1)**2; upper end 2 tau(n), from T(n)**2 (how many pairs there are is for
    :func:`gate_pair_derivation`). The assumption is divided out; e is then held, as the symbol e, while n grows.
    """
    steps: list[Step] = []
    for d in range(1, 4):
        ratio = leading_exponent(d, n - 1) / leading_exponent(d)
        steps.append(Limit(f"(n-1)**{d + 1} / n**{d + 1} -> 1", ratio, n, sp.oo, sp.Integer(1), twin=sp.Rational(1, 2)))
    e, held = sp.Function("e"), sp.Symbol("e", real=True)
    assumed = {tau(k, 1): leading_exponent(1, k) * (1 + e(k)) for k in (n - 1, n)}
    lower, upper = ((2 * tau(k, 1)).subs(assumed) / leading_exponent(1) for k in (n - 1, n))
    shrunk = 2 * (1 - 1 / n) ** 2
    steps += [
        Identity(
            "the lower end under the assumption",
            lower,
            shrunk * (1 + e(n - 1)),
            twin=2 * (1 - 1 / n) * (1 + e(n - 1)),
        ),
        Identity("the upper end under the assumption", upper, 2 * (1 + e(n)), twin=1 + e(n)),
        Limit("the lower end reaches the upper", shrunk * (1 + held), n, sp.oo, 2 * (1 + held), twin=1 + held),
    ]
    return tuple(steps)
