"""Recurrent nets with attention as plain differentiable functions of their inputs (Kerg et al. 2020).

h_k = phi(V s_{k-1} + U x_k + b), scores of the query s_{k-1} against the keys of the attended states (h_k among them),
c_k their softmax average, s_k = h_k + c_k or half of it; s_0 = 0. Forward only: derivatives are autograd's business.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from numerics.gradients._validate import check_choice
from numerics.gradients.screening import Memory, RelevancyScreening

ACTIVATIONS = ("identity", "tanh", "relu", "modrelu")
ATTENTIONS = ("none", "full", "uniform", "windowed", "screened")
SCORES = ("additive", "dot", "uniform")


@dataclass(frozen=True)
class Trajectory:
    """One run: nodes h_k and s_k (B, width) of the graph; for the LSTM both are (hidden, cell) of width 2n.

    ``weights[k-1]`` (B, |N_k|), detached, belong to the 1-based times ``attended[k-1]`` (B, |N_k|).
    """

    hidden: tuple[Tensor, ...]
    states: tuple[Tensor, ...]
    weights: tuple[Tensor, ...]
    attended: tuple[Tensor, ...]


class AttentiveNet(nn.Module):
    """A vanilla RNN or LSTM with attention to its own past; call it with inputs (T, B, m) or (T, m).

    *cell*: "rnn" or "lstm"; *attention*: none, full, uniform, windowed (the last *short_term*), screened, or a sequence
    of attended sets N_1, N_2, ... (1-based times); *score*: additive, dot, uniform; *state*: "sum" or "mean"; *frozen*
    detaches the weights. Parameters: V, U, b, W_a, U_a, v_a (additive) or W_q, W_k (dot), modulus (modReLU).
    """

    def __init__(
        self,
        inputs: int,
        width: int,
        *,
        cell: str = "rnn",
        activation: str = "tanh",
        attention: str | Sequence[Sequence[int]] = "full",
        score: str = "additive",
        state: str = "sum",
        short_term: int = 10,
        relevant: int = 10,
        corrected: bool = False,
        frozen: bool = False,
        scale: float = 1.0,
        seed: int = 0,
        device: torch.device | str | None = None,
        dtype: torch.dtype = torch.float64,
    ) -> None:
        super().__init__()
        check_choice("cell", cell, ("rnn", "lstm"))
        check_choice("activation", activation, ACTIVATIONS)
        check_choice("score", score, SCORES)
        check_choice("state", state, ("sum", "mean"))
        if isinstance(attention, str):
            check_choice("attention", attention, ATTENTIONS)
        self.width, self.cell, self.activation, self.state = width, cell, activation, state
        self.score = "uniform" if attention == "uniform" else score
        self.attention, self.frozen = attention, frozen
        self.screening = RelevancyScreening(short_term, relevant, corrected=corrected)
        generator = torch.Generator().manual_seed(seed)
        gates = 4 if cell == "lstm" else 1

        def normal(*shape: int) -> nn.Parameter:
            drawn = torch.randn(*shape, generator=generator, dtype=torch.float64) / math.sqrt(shape[-1])
            return nn.Parameter(drawn.to(device=device, dtype=dtype))

        blocks = []
        for _ in range(gates):
            q, r = torch.linalg.qr(torch.randn(width, width, generator=generator, dtype=torch.float64))
            blocks.append(scale * q * torch.sign(torch.diagonal(r)))  # uniform on the orthogonal group
        self.V = nn.Parameter(torch.cat(blocks).to(device=device, dtype=dtype))
        self.U = normal(gates * width, inputs)
        self.b = nn.Parameter(torch.zeros(gates * width, device=device, dtype=dtype))
        if cell == "lstm":
            self.b.data[width : 2 * width] = 1.0  # an open forget gate
        if activation == "modrelu":
            self.modulus = nn.Parameter(torch.zeros(width, device=device, dtype=dtype))
        if attention not in ("none", "uniform") and self.score == "additive":
            self.W_a, self.U_a, self.v_a = normal(width, width), normal(width, width), normal(width)
        if attention not in ("none", "uniform") and self.score == "dot":
            self.W_q, self.W_k = normal(width, width), normal(width, width)

    def load(self, values: Mapping[str, Any]) -> "AttentiveNet":
        """Set parameters by name from nested lists; ValueError for unknown names, wrong shapes, non-finite numbers."""
        own = dict(self.named_parameters())
        for name, value in values.items():
            if name not in own:
                raise ValueError(f"unknown parameter {name!r}; this net has {', '.join(own)}.")
            tensor = torch.as_tensor(value, dtype=own[name].dtype)
            if name == "modulus":
                tensor = tensor.expand(self.width)
            if tensor.shape != own[name].shape:
                raise ValueError(f"{name} must have shape {tuple(own[name].shape)}, got {tuple(tensor.shape)}.")
            if not bool(torch.isfinite(tensor).all()):
                raise ValueError(f"{name} must be finite, got {value!r}.")
            own[name].data.copy_(tensor)
        return self

    def forward(self, inputs: Tensor) -> Trajectory:
        """Run over inputs (T, B, m), or (T, m) for a batch of one."""
        if inputs.ndim == 2:
            inputs = inputs.unsqueeze(1)
        if inputs.ndim != 3 or inputs.shape[0] == 0 or inputs.shape[2] != self.U.shape[1]:
            raise ValueError(f"inputs must be (T, B, {self.U.shape[1]}) with T >= 1, got {tuple(inputs.shape)}.")
        advance = self.stepper()
        hidden, states, weights, attended = [], [], [], []
        for x in self.drive(inputs).unbind():  # an index would make a full-sized gradient for every step
            node, state, alpha, times = advance(x)
            hidden.append(node)
            states.append(state)
            weights.append(alpha)
            attended.append(times)
        return Trajectory(tuple(hidden), tuple(states), tuple(weights), tuple(attended))

    def drive(self, inputs: Tensor) -> Tensor:
        """What inputs (..., m) contribute to a step: U x + b, and zeros where the query will stand."""
        query = self._query_weight()
        return nn.functional.pad(inputs @ self.U.T + self.b, (0, 0 if query is None else len(query)))

    def stepper(self) -> Callable[[Tensor], tuple[Tensor, Tensor, Tensor, Tensor]]:
        """A run from s_0 = 0 as a function: it takes what drives the next step and gives (h_k, s_k, weights, times).

        The entries are those of :class:`Trajectory`. For whoever chooses x_{k+1} in the light of s_k.
        """
        # s_{k-1} meets V and the weight of the query at once; split and chunk put gradients together in one piece.
        V, query_weight, attend = self.V, self._query_weight(), self._attention()
        joint = (V if query_weight is None else torch.cat((V, query_weight))).T
        sizes = (len(V), joint.shape[1] - len(V))
        k, s, cell = 0, None, None

        def advance(driven: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
            nonlocal k, s, cell
            if s is None:
                s = driven.new_zeros(len(driven), self.width)
                cell = s if self.cell == "lstm" else None
            k += 1
            z, query = torch.addmm(driven, s, joint).split(sizes, 1)
            h, node, cell = self._recur(z, cell)
            s, alpha, times = attend(k, h, query)
            return node, s if cell is None else torch.cat((s, cell), 1), alpha, times

        return advance

    def _recur(self, z: Tensor, cell: Tensor | None) -> tuple[Tensor, Tensor, Tensor | None]:
        """(h, node, cell): the hidden state, the graph node that stands for all of the state, the LSTM's cell."""
        if cell is None:
            h = self._activate(z)
            return h, h, None
        gates, g, o = z.split((2 * self.width, self.width, self.width), 1)
        i, f = torch.sigmoid(gates).chunk(2, 1)
        new = torch.addcmul(f * cell, i, torch.tanh(g))
        node = torch.cat((torch.sigmoid(o) * torch.tanh(new), new), 1)
        h, kept = node.split(self.width, 1)
        return h, node, kept

    def _activate(self, z: Tensor) -> Tensor:
        match self.activation:
            case "tanh":
                return torch.tanh(z)
            case "relu":
                return torch.relu(z)
            case "modrelu":
                return torch.sign(z) * torch.relu(z.abs() + self.modulus)
            case _:
                return z

    def _attention(self) -> Any:
        if self.attention == "none":
            return lambda k, h, query: (h, h.new_zeros(len(h), 0), h.new_zeros((len(h), 0), dtype=torch.long))
        if self.attention == "uniform":
            return _RunningMean(self.state)
        return _Attention(self)

    def _query_weight(self) -> Tensor | None:
        if self.attention in ("none", "uniform") or self.score == "uniform":
            return None
        return self.W_a if self.score == "additive" else self.W_q

    def _key(self, h: Tensor) -> Tensor:
        if self.score == "additive":
            return nn.functional.linear(h, self.U_a)
        return nn.functional.linear(h, self.W_k) if self.score == "dot" else h

    def _scores(self, query: Tensor, keys: Tensor) -> Tensor:
        if self.score == "additive":
            return (keys + query.unsqueeze(1)).tanh_() @ self.v_a
        if self.score == "dot":
            return torch.bmm(keys, query.unsqueeze(2)).squeeze(2) / math.sqrt(self.width)
        return keys.new_zeros(keys.shape[:2])


class _RunningMean:
    """Uniform attention to the whole past in O(1) a step."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.total: Tensor | float = 0.0

    def __call__(self, k: int, h: Tensor, query: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        self.total = self.total + h
        s = h + self.total / k
        alpha = h.new_full((len(h), k), 1 / k)
        times = torch.arange(1, k + 1, device=h.device).expand(len(h), k)
        return (s / 2 if self.state == "mean" else s), alpha, times


class _Attention:
    """Attention over a memory of states: all of them, a window, a screened set, or given sets."""

    def __init__(self, net: AttentiveNet) -> None:
        self.net = net
        self.factor = 0.5 if net.state == "mean" else 1.0
        self.memory: Memory | None = None

    def __call__(self, k: int, h: Tensor, query: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        net = self.net
        self._extend(k, h)
        assert self.memory is not None
        values, keys, times = self.memory.values, self.memory.keys, self.memory.times
        if not isinstance(net.attention, str):
            chosen = torch.as_tensor(sorted(net.attention[k - 1])) - 1
            values, keys, times = values[:, chosen], keys[:, chosen], times[:, chosen]
        alpha = torch.softmax(net._scores(query, keys), 1)
        if net.attention == "screened":
            self.memory = net.screening.credit(self.memory, alpha, k)
        if net.frozen:
            alpha = alpha.detach()
        mixed = torch.baddbmm(h.unsqueeze(1), alpha.unsqueeze(1), values, beta=self.factor, alpha=self.factor)
        return mixed.squeeze(1), alpha.detach(), times

    def _extend(self, k: int, h: Tensor) -> None:
        key = self.net._key(h)
        if self.net.attention == "screened":
            self.memory = self.net.screening.admit(self.memory, h, key, k)
            return
        value, key = h.unsqueeze(1), key.unsqueeze(1)
        times = torch.full((len(h), 1), k, dtype=torch.long, device=h.device)
        if self.memory is None:
            self.memory = Memory(value, key, times, h.new_zeros(len(h), 0))
            return
        old = self.memory
        drop = int(self.net.attention == "windowed" and k > self.net.screening.short_term)
        self.memory = Memory(
            torch.cat((old.values[:, drop:], value), 1),
            torch.cat((old.keys[:, drop:], key), 1),
            torch.cat((old.times[:, drop:], times), 1),
            old.relevance,
        )
