"""What products of gates and monomials are as functions of their weights: degrees, signs, parameters that matter."""

from itertools import combinations, product

import sympy as sp

from theory.derivation import Identity, Induction, Step
from theory.symbols import inputs as n


def product_derivation() -> tuple[Step, ...]:
    """A product of two gates is the sign of the product of their activations, a gate of both degrees' sum (QD1).

    Degrees are counted by t, which scales the inputs; on the cube squares of inputs are 1, so that no degree grows. The
    product is a difference of two squares (polarisation).
    """
    u, v = sp.symbols("u v", real=True, nonzero=True)
    t, s, r, b, c = sp.symbols("t s r b c", real=True)
    k = sp.Symbol("k", integer=True)
    return (
        Identity("sgn(u) sgn(v) = sgn(u v)", u / sp.Abs(u) * v / sp.Abs(v), u * v / sp.Abs(u * v), twin=u / sp.Abs(u)),
        Identity(
            "degrees add",
            (t * s + b) * (t * r + c),
            s * r * t**2 + (s * c + r * b) * t + b * c,
            twin=(s * c + r * b) * t + b * c,
        ),
        Identity("x**2 = 1 on the cube", ((-1) ** k) ** 2, sp.Integer(1), twin=(-1) ** k),
        Identity("polarisation", u * v, ((u + v) ** 2 - (u - v) ** 2) / 4, twin=((u + v) ** 2 - (u - v) ** 2) / 2),
    )


def product_parameter_derivation() -> tuple[Step, ...]:
    """(w.x + b)(v.x + c) has 2(n+1) - 1 parameters that matter; on -1/+1 inputs from n = 3 on, and 4 at n = 2 (QD1).

    No more: to scale one factor up and the other down changes nothing. No fewer for most weights, if there are as many
    for some. Real inputs: at x_1 x_2 the derivatives are 1, x_1, ..., x_n times x_2, and times x_1, and only x_1 x_2 is
    among both. The cube: the ranks at one choice of integer weights, which at n = 4 need no constant term. From there
    on one input more brings monomials of its own with each of 1, x_1, ..., x_n, and two weights that they determine.
    """
    scale, u, v, first_input, second_input = sp.symbols("lambda u v x_1 x_2", positive=True)
    affine = (sp.Integer(1), first_input, second_input)
    at_the_pair = {x * y for x in (first_input, second_input) for y in affine}
    first, second = (1, 2, -1, 3, 1), (2, -1, 1, 1, -3)
    small, four = (_cube_derivatives(first[:k], second[:k]) for k in (3, 4)), _cube_derivatives(first, second)
    counted = 2 * (n + 1) - 1
    more = sp.Integer(sp.Matrix([first[:2], second[:2]]).rank())
    return (
        Identity("one factor up, the other down", (scale * u) * (v / scale), u * v, twin=scale * u * v),
        Induction(
            "monomials among the derivatives at x_1 x_2",
            base=Identity("n = 2", sp.Integer(len(at_the_pair)), counted.subs(n, 2), twin=sp.Integer(6)),
            step=Identity("x_n times x_1, and times x_2", counted + 2, counted.subs(n, n + 1), twin=counted + 1),
        ),
        *(
            Identity(
                f"the cube's rank at n = {k}", sp.Integer(found.rank()), sp.Integer(rank), twin=sp.Integer(rank + 1)
            )
            for k, rank, found in zip((2, 3), (4, 7), small, strict=True)
        ),
        Induction(
            "the cube's rank from n = 4 on",
            base=Identity(
                "n = 4, no constant term", sp.Integer(four[1:, :].rank()), counted.subs(n, 4), twin=2 * n + 2
            ),
            step=Identity("one input more", counted + more, counted.subs(n, n + 1), twin=counted + 1),
        ),
    )


def _cube_derivatives(first: tuple[int, ...], second: tuple[int, ...]) -> sp.Matrix:
    """Derivatives, as columns, of the product's coefficients on the cube (constant, then pairs of 1, x_1, ..., x_n)."""
    size = len(first)
    columns = []
    for other, i in product((second, first), range(size)):
        pairs = [other[b] * (a == i) + other[a] * (b == i) for a, b in combinations(range(size), 2)]
        columns.append([other[i], *pairs])  # x_i x_i = 1
    return sp.Matrix(columns).T


def monomial_derivation() -> tuple[Step, ...]:
    """All C(n, <=d) parameters of a gate of degree d matter: on the cube no monomial is a combination of others (C12).

    The table A of all monomials of n inputs, a row for each point of the cube, has A'A = 2**n: with one more input its
    rows are (A, A) where that is +1 and (A, -A) elsewhere. So all columns are orthogonal, and independent. How many
    have degree d: those with and those without the last input, Pascal's rule.
    """
    size, d = sp.symbols("n d", positive=True, integer=True)
    table, turned = sp.symbols("A A'", commutative=False)
    one = sp.Matrix([[1, 1], [1, -1]])
    return (
        Induction(
            "A'A = 2**n",
            base=Identity("one input", one.T * one, 2 * sp.eye(2), twin=sp.eye(2)),
            step=Identity(
                "one more", turned * one * one * table, 2 * turned * table * sp.eye(2), twin=2 * turned * one * table
            ),
        ),
        Identity(
            "monomials of degree d with and without the last input",
            sp.binomial(size, d),
            sp.binomial(size - 1, d) + sp.binomial(size - 1, d - 1),
            twin=sp.binomial(size - 1, d),
        ),
    )
