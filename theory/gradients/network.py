"""ds_T/dh_t of a concrete recurrent net with attention from the explicit partials, in 30-digit arithmetic.

The trajectory is evaluated, the partials E, F, J are written down in closed form at it, and the decomposition combines
them. No automatic differentiation takes part.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp
from mpmath import mp

from theory.gradients._validate import check_state
from theory.gradients.decomposition import backward_recursion, chain_sum

Rows = Sequence[Sequence[Any]]


def network_jacobians(
    parameters: Mapping[str, Any],
    inputs: Rows,
    *,
    activation: str = "tanh",
    score: str = "additive",
    attention: str | Sequence[Sequence[int]] = "full",
    short_term: int = 1,
    relevant: int = 0,
    state: str = "sum",
    frozen: bool = False,
    by_chains: bool = False,
) -> tuple[tuple[tuple[Any, ...], ...], ...]:
    """(ds_T/dh_1, ..., ds_T/dh_T) as rows of SymPy Floats, from explicit partials and their decomposition.

    *parameters*: V (n, n), U (n, m), b (n), and W_a, U_a (n, n), v_a (n) for score="additive" or W_q, W_k (n, n) for
    "dot" (scaled by 1/sqrt(n)); with activation="lstm" V, U, b are stacked over the gates i, f, g, o (4n rows) and the
    state is (hidden, cell). *attention*: "none", "full", "uniform", "windowed", "screened", or the attended sets N_k.
    Activations: identity, tanh, relu, modrelu (bias in parameters["modulus"], U and b enter before it), lstm. s_0 = 0.
    *by_chains* sums over all 2**(T-t) chains in place of the backward recursion. Kerg et al. (2020), appendix.
    """
    check_state(state)
    with mp.workdps(30):
        net = _Trajectory(parameters, inputs, activation, score, attention, short_term, relevant, state)
        net.run()
        E, F, J = net.partials(frozen)
        T, one = len(inputs), mp.eye(net.width)
        if by_chains:
            G = {t: chain_sum(E, F, J, T, t, one) for t in range(1, T + 1)}
        else:
            G = backward_recursion(E, F, J, T, one)
        return tuple(
            tuple(tuple(sp.Float(str(G[t][r, c]), 25) for c in range(net.width)) for r in range(net.width))
            for t in range(1, T + 1)
        )


def _matrix(rows: Any) -> Any:
    return mp.matrix(
        [
            [mp.mpf(x.numerator) / x.denominator if hasattr(x, "numerator") else mp.mpf(x) for x in row]
            for row in (rows if isinstance(rows[0], Sequence) else [[x] for x in rows])
        ]
    )


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + mp.exp(-x))


class _Trajectory:
    """States, weights, attended sets and activation slopes of one run."""

    def __init__(
        self,
        parameters: Mapping[str, Any],
        inputs: Rows,
        activation: str,
        score: str,
        attention: str | Sequence[Sequence[int]],
        short_term: int,
        relevant: int,
        state: str,
    ) -> None:
        self.p = {name: _matrix(value) for name, value in parameters.items() if name != "modulus"}
        self.modulus = mp.mpf(parameters.get("modulus", 0))
        self.inputs = [_matrix(x) for x in inputs]
        self.n = self.p["V"].cols
        self.lstm = activation == "lstm"
        self.width = 2 * self.n if self.lstm else self.n
        self.activation, self.score, self.attention = activation, score, attention
        self.short_term, self.relevant = short_term, relevant
        self.half = mp.mpf(1) / 2 if state == "mean" and attention != "none" else mp.mpf(1)
        self.h: dict[int, Any] = {}
        self.s: dict[int, Any] = {0: mp.zeros(self.n, 1)}
        self.c: dict[int, Any] = {}
        self.alpha: dict[int, dict[int, Any]] = {}
        self.J: dict[int, Any] = {}

    def run(self) -> None:
        cell = mp.zeros(self.n, 1)
        relevance: dict[int, Any] = {}
        for k, x in enumerate(self.inputs, start=1):
            z = self.p["V"] * self.s[k - 1] + self.p["U"] * x + self.p["b"]
            if self.lstm:
                self.h[k], cell, self.J[k - 1] = self._lstm(z, cell)
            else:
                value, slope = zip(*(self._activate(z[r]) for r in range(self.n)), strict=True)
                self.h[k], self.J[k - 1] = mp.matrix(value), mp.diag(slope) * self.p["V"]
            self._attend(k, relevance)

    def _activate(self, z: Any) -> tuple[Any, Any]:
        if self.activation == "identity":
            return z, mp.mpf(1)
        if self.activation == "tanh":
            return mp.tanh(z), 1 - mp.tanh(z) ** 2
        if self.activation == "relu":
            return (z, mp.mpf(1)) if z > 0 else (mp.mpf(0), mp.mpf(0))
        if self.activation == "modrelu":
            on = abs(z) + self.modulus > 0
            return (mp.sign(z) * (abs(z) + self.modulus), mp.mpf(1)) if on else (mp.mpf(0), mp.mpf(0))
        raise ValueError(f"activation must be identity, tanh, relu, modrelu or lstm, got {self.activation!r}.")

    def _lstm(self, z: Any, cell: Any) -> tuple[Any, Any, Any]:
        n, V = self.n, self.p["V"]
        i, f, o = ([_sigmoid(z[q * n + r]) for r in range(n)] for q in (0, 1, 3))
        g = [mp.tanh(z[2 * n + r]) for r in range(n)]
        new = mp.matrix([f[r] * cell[r] + i[r] * g[r] for r in range(n)])
        hidden = mp.matrix([o[r] * mp.tanh(new[r]) for r in range(n)])
        jacobian = mp.zeros(2 * n, 2 * n)
        for r in range(n):
            gate = o[r] * (1 - mp.tanh(new[r]) ** 2)
            for c in range(n):
                moved = (
                    g[r] * i[r] * (1 - i[r]) * V[r, c]
                    + cell[r] * f[r] * (1 - f[r]) * V[n + r, c]
                    + i[r] * (1 - g[r] ** 2) * V[2 * n + r, c]
                )
                jacobian[n + r, c] = moved
                jacobian[r, c] = gate * moved + mp.tanh(new[r]) * o[r] * (1 - o[r]) * V[3 * n + r, c]
            jacobian[n + r, n + r] = f[r]
            jacobian[r, n + r] = gate * f[r]
        return hidden, new, jacobian

    def _attended(self, k: int, relevance: Mapping[int, Any]) -> list[int]:
        if not isinstance(self.attention, str):
            return sorted(self.attention[k - 1])
        if self.attention in ("full", "uniform"):
            return list(range(1, k + 1))
        recent = list(range(max(1, k - self.short_term + 1), k + 1))
        if self.attention == "windowed":
            return recent
        if self.attention == "screened":  # the conclusion: the top scores among all that left the buffer
            past = sorted(range(1, k - self.short_term + 1), key=lambda i: (-relevance[i], i))
            return sorted(past[: self.relevant]) + recent
        if self.attention == "none":
            return []
        raise ValueError(f"attention must be none, full, uniform, windowed, screened or sets, got {self.attention!r}.")

    def _score(self, s: Any, h: Any) -> tuple[Any, Any, Any]:
        """(e, de/dh, de/ds) of one pair, the derivatives as rows."""
        p = self.p
        if self.attention == "uniform":
            return mp.mpf(0), mp.zeros(1, self.n), mp.zeros(1, self.n)
        if self.score == "additive":
            u = (p["W_a"] * s + p["U_a"] * h).apply(mp.tanh)
            row = mp.matrix([[p["v_a"][r] * (1 - u[r] ** 2) for r in range(self.n)]])
            return (p["v_a"].T * u)[0], row * p["U_a"], row * p["W_a"]
        if self.score == "dot":
            scale = 1 / mp.sqrt(self.n)
            left, right = p["W_q"] * s, p["W_k"] * h
            return scale * (left.T * right)[0], scale * left.T * p["W_k"], scale * right.T * p["W_q"]
        raise ValueError(f"score must be additive or dot, got {self.score!r}.")

    def _attend(self, k: int, relevance: dict[int, Any]) -> None:
        attended = self._attended(k, relevance)
        if not attended:
            self.c[k], self.alpha[k], self.s[k] = mp.zeros(self.n, 1), {}, self.h[k]
            return
        powers = {i: mp.exp(self._score(self.s[k - 1], self.h[i])[0]) for i in attended}
        total = mp.fsum(powers.values())
        self.alpha[k] = {i: power / total for i, power in powers.items()}
        context = mp.zeros(self.n, 1)
        for i, weight in self.alpha[k].items():
            context = context + weight * self.h[i]
        self.c[k], self.s[k] = context, self.half * (self.h[k] + context)
        for i in range(max(1, k - self.short_term + 1), k + 1):
            relevance[i] = relevance.get(i, mp.mpf(0)) + self.alpha[k].get(i, mp.mpf(0))

    def partials(self, frozen: bool) -> tuple[dict[tuple[int, int], Any], dict[int, Any], dict[int, Any]]:
        E: dict[tuple[int, int], Any] = {}
        F: dict[int, Any] = {}
        T, eye = len(self.inputs), mp.eye(self.n)
        for k in range(1, T + 1):
            query = mp.zeros(self.n, self.n)
            for j in {*self.alpha[k], k}:
                weight = self.alpha[k].get(j, mp.mpf(0))
                block = (int(j == k) + weight) * eye
                if not frozen and weight:
                    _, g, q = self._score(self.s[k - 1], self.h[j])
                    spread = weight * (self.h[j] - self.c[k])
                    block, query = block + spread * g, query + spread * q
                E[k, j] = self._padded(self.half * block, int(j == k))
            if not frozen:
                F[k] = self._padded(self.half * query, 0)
        return E, F, {k: self.J[k] for k in range(1, T)}

    def _padded(self, block: Any, cell: int) -> Any:
        if not self.lstm:
            return block
        padded = mp.zeros(self.width, self.width)
        for r in range(self.n):
            for c in range(self.n):
                padded[r, c] = block[r, c]
            padded[self.n + r, self.n + r] = mp.mpf(cell)
        return padded
