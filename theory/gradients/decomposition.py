"""ds_T/dh_t as a backward recursion and as a sum over dependency chains, for arbitrary explicit partials.

E[k, j] = ds_k/dh_j and F[k] = ds_k/ds_{k-1} hold the other arguments fixed, J[k] = dh_{k+1}/ds_k. The functions work in
any ring with + and * (SymPy's non-commuting symbols, matrices). Kerg et al. (2020), the gradient decomposition.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import sympy as sp

from theory.derivation import Identity, Step
from theory.gradients._validate import check_times


def backward_recursion(
    E: Mapping[tuple[int, int], Any], F: Mapping[int, Any], J: Mapping[int, Any], T: int, one: Any
) -> dict[int, Any]:
    """{t: ds_T/dh_t} for all t at once: S_k = G_{k+1} J_k + S_{k+1} F_{k+1}, G_j = sum_{k >= j} S_k E_{k,j}, S_T = 1.

    Missing entries of E and F count as zero.
    """
    check_times(T, 1)
    S: dict[int, Any] = {T: one}
    G: dict[int, Any] = {}
    for j in range(T, 0, -1):
        if j < T:
            S[j] = G[j + 1] * J[j] + (S[j + 1] * F[j + 1] if j + 1 in F else one * 0)
        terms = [S[k] * E[k, j] for k in range(j, T + 1) if (k, j) in E]
        G[j] = _total(terms, one)
    return G


def chains(T: int, t: int) -> Iterator[tuple[int, ...]]:
    """All increasing chains t <= k_1 < ... < k_m = T: 2**(T-t) of them.

    >>> list(chains(2, 1))
    [(2,), (1, 2)]
    """
    check_times(T, t)
    for mask in range(2 ** (T - t)):
        yield (*(k for k in range(t, T) if mask >> (k - t) & 1), T)


def chain_sum(
    E: Mapping[tuple[int, int], Any], F: Mapping[int, Any], J: Mapping[int, Any], T: int, t: int, one: Any
) -> Any:
    """ds_T/dh_t: sum over chains of M_{k_m,k_{m-1}} ... M_{k_2,k_1} E_{k_1,t}, M_{b,a} = E_{b,a+1} J_a + [b=a+1]F_b."""
    terms = []
    for chain in chains(T, t):
        product = E.get((chain[0], t), one * 0)
        for a, b in pairwise(chain):
            hop = E[b, a + 1] * J[a] if (b, a + 1) in E else one * 0
            if b == a + 1 and b in F:
                hop = hop + F[b]
            product = hop * product
        terms.append(product)
    return _total(terms, one)


def forward_chain_rule(
    E: Mapping[tuple[int, int], Any], F: Mapping[int, Any], J: Mapping[int, Any], T: int, t: int, one: Any
) -> Any:
    """ds_T/dh_t by pushing a perturbation of h_t forward through the net: what both other forms are derived from."""
    check_times(T, t)
    Y, X = {t: one}, one * 0
    for k in range(t, T + 1):
        terms = [E[k, j] * Y[j] for j in range(t, k + 1) if (k, j) in E]
        if k > t and k in F:
            terms.append(F[k] * X)
        X = _total(terms, one)
        if k < T:
            Y[k + 1] = J[k] * X
    return X


def _total(terms: Sequence[Any], one: Any) -> Any:
    total = one * 0
    for term in terms:
        total = total + term
    return total


def frozen_degree_mass(weights: Sequence[Sequence[Fraction]], T: int, t: int) -> tuple[Fraction, ...]:
    """Nonnegative coefficients of Q_{T,t} for frozen weights: entry r sums the C(T-t, r) chains with r Jacobians.

    >>> frozen_degree_mass([[Fraction(1)], [Fraction(1, 2), Fraction(1, 2)]], 2, 1)
    (Fraction(1, 2), Fraction(3, 1))
    """
    check_times(T, t)
    totals = [Fraction(0)] * (T - t + 1)
    for chain in chains(T, t):
        product = weights[chain[0] - 1][t - 1] + (chain[0] == t)
        for a, b in pairwise(chain):
            product *= weights[b - 1][a] + (b == a + 1)
        totals[len(chain) - 1] += product
    return tuple(totals)


def decomposition_derivation(T: int = 4) -> tuple[Step, ...]:
    """Forward chain rule = backward recursion = chain sum, E, F, J non-commuting; frozen weights: a polynomial."""
    E = {(k, j): sp.Symbol(f"E_{k}_{j}", commutative=False) for k in range(1, T + 1) for j in range(1, k + 1)}
    F = {k: sp.Symbol(f"F_{k}", commutative=False) for k in range(1, T + 1)}
    J = {k: sp.Symbol(f"J_{k}", commutative=False) for k in range(1, T)}
    one = sp.Integer(1)
    backward = backward_recursion(E, F, J, T, one)
    swapped = backward_recursion(E, F, {**J, T - 2: J[T - 1], T - 1: J[T - 2]}, T, one)
    own = {(k, k): E[k, k] for k in range(1, T + 1)}
    steps: list[Step] = []
    for t in range(1, T + 1):
        forward = sp.expand(forward_chain_rule(E, F, J, T, t, one))
        twin = sp.expand(swapped[t]) if t == T - 2 else forward + E[T, t]
        steps.append(Identity(f"backward recursion, T = {T}, t = {t}", forward, sp.expand(backward[t]), twin))
        summed = sp.expand(chain_sum(E, F, J, T, t, one))
        without = summed - sp.expand(chain_sum(own, {}, J, T, t, one))  # the chain that visits every state is dropped
        steps.append(Identity(f"sum over {2 ** (T - t)} chains, T = {T}, t = {t}", forward, summed, without))
    A = {(k, j): sp.Symbol(f"A_{k}_{j}", positive=True) for k in range(1, T + 1) for j in range(1, k + 1)}
    V = sp.Symbol("V", commutative=False)
    frozen = sp.expand(chain_sum(A, {}, dict.fromkeys(range(1, T), V), T, 1, one))
    linear_terms = [
        sp.expand(_total([_frozen_product(A, chain) for chain in chains(T, 1) if len(chain) == r + 1], one)) * V**r
        for r in range(T)
    ]
    steps.append(
        Identity(
            "frozen, linear: a polynomial in V, its coefficients sums of products of weights",
            frozen,
            sp.expand(sum(linear_terms)),
            sp.expand(sum(linear_terms[1:])),
        )
    )
    return tuple(steps)


def _frozen_product(A: Mapping[tuple[int, int], Any], chain: tuple[int, ...]) -> Any:
    product = A[chain[0], 1]
    for a, b in pairwise(chain):
        product = product * A[b, a + 1]
    return product


def partials_derivation() -> tuple[Step, ...]:
    """Explicit partials of softmax attention: E = (delta + alpha) + alpha (h - c) g^T, F = sum alpha (h - c) q^T."""
    h1, h2, e1, e2 = sp.symbols("h_1 h_2 e_1 e_2", real=True)
    g1, q1, q2 = sp.symbols("g_1 q_1 q_2", real=True)
    total = sp.exp(e1) + sp.exp(e2)
    a1, a2 = sp.exp(e1) / total, sp.exp(e2) / total
    c = a1 * h1 + a2 * h2
    w, u, s, v = sp.symbols("w u s v", real=True)
    return (
        Identity(
            "dc/dh_1 with e_1 moving at g_1",
            sp.diff(c, h1) + sp.diff(c, e1) * g1,
            a1 + a1 * (h1 - c) * g1,
            a1 + a1 * h1 * g1,
        ),
        Identity(
            "dc/ds with scores moving at q_1, q_2",
            sp.diff(c, e1) * q1 + sp.diff(c, e2) * q2,
            a1 * (h1 - c) * q1 + a2 * (h2 - c) * q2,
            a1 * h1 * q1 + a2 * h2 * q2,
        ),
        Identity(
            "derivative of the additive score in its argument",
            sp.diff(v * sp.tanh(w), w),
            v * (1 - sp.tanh(w) ** 2),
            v * (1 - sp.tanh(w)),
        ),
        Identity("its argument moves with h at U_a", sp.diff(w * s + u * h1, h1), u, w),
        Identity("its argument moves with s at W_a", sp.diff(w * s + u * h1, s), w, u),
    )
