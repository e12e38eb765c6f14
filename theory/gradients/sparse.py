"""Theorem 2 with its constant: kappa-sparse uniform attention, dependency depth, best chain, and growth from above."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import sympy as sp

from theory.assumptions import FrozenWeights, PositiveEigenvalue, require
from theory.derivation import Identity, Induction, Nonnegative, Step
from theory.gradients._validate import Exact, as_sympy, check_count, check_state, check_times, exact_number
from theory.gradients.gain import attention_gain
from theory.gradients.theorem1 import Bound

Pattern = Sequence[Iterable[int]]


def _sets(pattern: Pattern, T: int) -> list[frozenset[int]]:
    sets = [frozenset(attended) for attended in pattern]
    if len(sets) < T:
        raise ValueError(f"pattern must have at least T={T} sets, got {len(sets)}.")
    for k, attended in enumerate(sets[:T], start=1):
        if not attended or not all(1 <= i <= k for i in attended):
            raise ValueError(f"N_{k} must be a non-empty subset of 1..{k}, got {sorted(attended)}.")
    return sets


def pattern_weights(pattern: Pattern) -> tuple[tuple[Fraction, ...], ...]:
    """Rows of uniform weights 1/|N_k| on the attended sets N_1, N_2, ... (times 1-based), 0 elsewhere.

    >>> pattern_weights([{1}, {1}])
    ((Fraction(1, 1),), (Fraction(1, 1), Fraction(0, 1)))
    """
    sets = _sets(pattern, len(pattern))
    return tuple(
        tuple(Fraction(int(i in attended), len(attended)) for i in range(1, k + 1))
        for k, attended in enumerate(sets, 1)
    )


def sparse_attention_gain(pattern: Pattern, T: int, t: int, eigenvalue: Exact, *, state: str = "sum") -> Exact:
    """Q_{T,t}(lambda) for uniform attention over the sets N_k, exact. Kerg et al. (2020), Theorem 2, linear case.

    >>> sparse_attention_gain([{1}, {1}], 2, 1, 1)
    Fraction(3, 1)
    """
    return attention_gain([list(row) for row in pattern_weights(pattern)], T, t, eigenvalue, state=state)


def dependency_depth(pattern: Pattern, T: int, t: int) -> Exact:
    """Fewest attention hops in a chain h_t -> s_{k_1} -> h_{k_1 + 1} -> ... -> s_T; SymPy oo if there is none.

    Each hop reads t in N_{k_1}, then k_r + 1 in N_{k_{r+1}}. d hops pass d - 1 Jacobians.

    >>> dependency_depth([{1}, {1}, {2, 3}], 3, 1)
    2
    """
    check_times(T, t)
    sets = _sets(pattern, T)
    hops: dict[int, int] = {}  # hops[k]: fewest attention hops from h_t to s_k
    for k in range(t, T + 1):
        reached = [0 if i == t else hops[i - 1] for i in sets[k - 1] if i == t or i - 1 in hops]
        if reached:
            hops[k] = 1 + min(reached)
    return sp.Integer(hops[T]) if T in hops else sp.oo


def sparse_attention_lower_bound(kappa: int, depth: int, eigenvalue: Exact, *, state: str = "sum") -> Exact:
    """kappa**-d lambda**(d-1) <= Q_{T,t}(lambda): Theorem 2 with its constant.

    With state="mean" it is kappa**-d (lambda/2)**(d-1)/2. Times |g.u|/|u| it bounds the gradient norm. lambda > 0 real;
    at d = 1 also lambda = 0. AssumptionError otherwise: at V = 0 and d >= 2 the gradient is exactly 0. Kerg et al.
    (2020), Theorem 2 (which leaves lambda**(d-1) implicit).

    >>> sparse_attention_lower_bound(2, 3, Fraction(1, 2))
    Fraction(1, 32)
    """
    check_count("kappa", kappa, 1)
    check_count("depth", depth, 1)
    check_state(state)
    number = exact_number("eigenvalue", eigenvalue)
    if not (depth == 1 and number == 0):
        require(
            "sparse_attention_lower_bound",
            PositiveEigenvalue(as_sympy(number)),
            instead="Use sparse_attention_gain, exact for every eigenvalue, or frozen_growth_bound from above.",
        )
    if state == "mean":
        return (number / 2) ** (depth - 1) * Fraction(1, 2 * kappa**depth)
    return (
        number ** (depth - 1) * Fraction(1, kappa**depth)
        if isinstance(number, Fraction)
        else number ** (depth - 1) / (sp.Integer(kappa) ** depth)
    )


def best_mixed_chain(pattern: Pattern, T: int, t: int, eigenvalue: Exact) -> tuple[Exact, tuple[int, ...]]:
    """(weight, s-times) of the heaviest chain from h_t to s_T, recurrence hops included; weight <= Q_{T,t}(lambda).

    A chain through s_{k_1}, ..., s_T multiplies A_{k_1,t} A_{k_2,k_1+1} ... and one lambda per Jacobian, with
    A_{k,j} = [j = k] + alpha_{j,k}. Rational lambda > 0, else AssumptionError.

    >>> best_mixed_chain([{1}, {1}], 2, 1, Fraction(1, 4))
    (Fraction(1, 1), (2,))
    """
    check_times(T, t)
    number = exact_number("eigenvalue", eigenvalue)
    require("best_mixed_chain", PositiveEigenvalue(as_sympy(number)), instead="Use sparse_attention_gain.")
    rows = pattern_weights(_sets(pattern, T))
    best: dict[int, tuple[Exact, tuple[int, ...]]] = {}
    for k in range(t, T + 1):
        hops: list[tuple[Exact, tuple[int, ...]]] = [((k == t) + rows[k - 1][t - 1], (k,))]
        hops += [
            (best[j - 1][0] * number * ((j == k) + rows[k - 1][j - 1]), (*best[j - 1][1], k))
            for j in range(t + 1, k + 1)
        ]
        best[k] = max(hops, key=lambda hop: hop[0])
    return best[T]


def score_sparse_lower_bound(kappa: int, depth: int, eigenvalue: Exact, score_bound: Exact) -> Exact:
    """Theorem 2 for frozen softmax weights with scores of modulus <= B: 1/kappa becomes e^(-2B)/kappa in every hop.

    >>> score_sparse_lower_bound(2, 1, 1, 0)
    1/2
    """
    plain = as_sympy(sparse_attention_lower_bound(kappa, depth, eigenvalue))
    return plain * sp.exp(-2 * depth * as_sympy(exact_number("score_bound", score_bound)))


def frozen_growth_bound(gain: Exact, T: int, t: int, *, state: str = "sum", frozen: bool = True) -> Bound:
    """|ds_T/dh_t| <= 2 max(1, 2q)**(T-t) for frozen row-stochastic weights; max(1, q)**(T-t) for s = (h + c)/2.

    q = sup|phi'| |V|_2, any V. Attending only to itself attains the first. AssumptionError for weights not frozen.

    >>> frozen_growth_bound(Fraction(1, 2), 9, 1).value
    2
    """
    check_times(T, t)
    check_state(state)
    q = exact_number("gain", gain)
    if as_sympy(q).is_negative:
        raise ValueError(f"gain must be >= 0, got {gain}.")
    names = require("frozen_growth_bound", FrozenWeights(frozen), instead="Use full_derivative_upper_bound.")
    number = as_sympy(q)
    value = 2 * sp.Max(1, 2 * number) ** (T - t) if state == "sum" else sp.Max(1, number) ** (T - t)
    return Bound(value, "T2-upper", names)


def attention_chain_mass(depth: int) -> int:
    """Upper bound of the summed weight, over all t, of attention-only chains of one depth into s_T: 1, for every depth.

    Attention rows are stochastic, so the worst of T source times carries at most 1/T: the coupling of kappa and d.
    """
    check_count("depth", depth, 1)
    return 1


def hops_to_reach_all(kappa: int, T: int) -> int:
    """Smallest d with kappa + kappa**2 + ... + kappa**d >= T: fewer attention-only hops cannot reach every t <= T.

    >>> hops_to_reach_all(2, 6)
    2
    """
    check_count("kappa", kappa, 1)
    check_count("T", T, 1)
    reached = power = depth = 0
    power = 1
    while reached < T:
        depth += 1
        power *= kappa
        reached += power
    return depth


def sparse_derivation() -> tuple[Step, ...]:
    """One chain bounds the sum below, the growth bound by induction, the mass of attention-only chains."""
    a, q, w = sp.symbols("a q w", nonnegative=True)
    lam, kappa, d = sp.symbols("lambda kappa d", positive=True)
    b = sp.Symbol("b")
    n = sp.Symbol("n", nonnegative=True)
    return (
        Identity(
            "d hops of weight 1/kappa pass d - 1 Jacobians",
            kappa ** (-d - 1) * lam**d / (kappa ** (-d) * lam ** (d - 1)),
            lam / kappa,
            lam**2 / kappa,
        ),
        Nonnegative("all other chains add nonnegative terms", a * lam * w, -a * lam * w),
        Induction(
            "max over i <= k of |y_i| grows by at most max(1, 2q) (2q = 1 + n the growing case)",
            Nonnegative("base: |y_t| = 1 <= 1", sp.Integer(0), sp.Integer(-1)),
            Nonnegative(
                "step: q(|y_k| + sum alpha |y_i|) <= 2q M, with |y_i| <= M = m + excess",
                2 * q * (a + w) - q * (a + a),
                q * (a + a) - 2 * q * (a + w),
            ),
        ),
        Identity("sum over sources of one stochastic hop", (b * a + (1 - b) * a), a, a * b),
        Nonnegative("half convention: q <= 1 keeps (y + c)/2 below M", n, -n),
    )
