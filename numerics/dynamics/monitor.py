"""A monitor that watches SEN on any PyTorch attention classifier, and refuses where the law cannot apply.

The exact law of one SGD step holds for every classifier and tests the instrument; the SEN residual tests the paper's
assumption; the drift ratio explains the residual.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.dynamics._validate import check_positive
from numerics.dynamics.sentences import Floats, Ints


class LawDoesNotApply(ValueError):
    """The SEN law has no meaning for this model or optimiser; the text gives the reason."""


@dataclass(frozen=True, eq=False)
class SenReport:
    """What was seen, one entry per word.

    ``scores``, ``norms``: now; ``occurrences``: tokens seen in the last batch; ``exact_residual``: of the exact law of
    SGD, only rounding; ``sen_residual``: norm / (norm by SEN) - 1, nan where SEN has no norm; ``drift_ratio``: share of
    the score's growth undone by the other words' embeddings; ``fitting_mass``: the mass that the last step would need;
    ``coupling``: (key rate / embedding rate) |query|^2 scale^2.
    """

    scores: Floats
    norms: Floats
    occurrences: Ints
    exact_residual: Floats
    sen_residual: Floats
    drift_ratio: Floats
    fitting_mass: Floats
    coupling: float

    def bands(
        self, edges: tuple[float, ...] = (0.2, 0.5, 1.0, 1.5, 2.0), *, least_occurrences: int = 20
    ) -> list[dict[str, float]]:
        """By band of scores: median SEN residual (10 % and 90 % points), median drift ratio, worst exact residual."""
        used = (self.occurrences >= least_occurrences) & np.isfinite(self.sen_residual)
        found = []
        for low, high in zip(edges, (*edges[1:], np.inf), strict=True):
            rows = used & (self.scores >= low) & (self.scores < high)
            if not rows.any():
                continue
            tenth, median, ninetieth = np.quantile(self.sen_residual[rows], [0.1, 0.5, 0.9])
            found.append(
                {
                    "low": low, "high": high, "words": int(rows.sum()), "tenth": float(tenth), "median": float(median),
                    "ninetieth": float(ninetieth), "drift": float(np.median(self.drift_ratio[rows])),
                    "exact": float(np.abs(self.exact_residual[rows]).max()),
                }
            )  # fmt: skip
        return found


class SenMonitor:
    """Attach to a classifier with one key and one embedding per word and a fixed query, trained by plain SGD.

    ``keys`` (V, d_k) and ``embeddings`` (V, d): the parameters themselves, ``query`` (d_k,), ``scale``: factor of key .
    query in the score. Call :meth:`record` at every step between ``backward()`` and ``optimiser.step()``. Raises
    :class:`LawDoesNotApply` with the reason for Adam, momentum, weight decay, a trained query, keys tied to or computed
    from the embeddings, frozen tables, and at every record for options, a query or a ratio of rates that have changed,
    for dropout or anything else between attention and context, for gradients that are not those of the context
    (clipped, accumulated, or of a penalty), and for tables that moved otherwise than by the recorded step.
    """

    def __init__(
        self, optimiser: torch.optim.Optimizer, *, keys: Tensor, embeddings: Tensor, query: Tensor, scale: float = 1.0
    ) -> None:
        self._scale = check_positive("scale", scale)
        if keys is embeddings or keys.data_ptr() == embeddings.data_ptr():
            raise LawDoesNotApply("keys and embeddings are one table; the law needs separate ones.")
        for name, table in (("keys", keys), ("embeddings", embeddings)):
            if not table.is_leaf:
                raise LawDoesNotApply(f"{name} are computed from other parameters; the law needs a table of their own.")
            if table.ndim != 2 or len(table) != len(keys):
                raise ValueError(f"{name} must have one row for each of {len(keys)} words, got {tuple(table.shape)}.")
        if query.shape != keys.shape[1:]:
            raise ValueError(f"query must have shape {tuple(keys.shape[1:])}, got {tuple(query.shape)}.")
        if query.requires_grad or any(p is query for g in optimiser.param_groups for p in g["params"]):
            raise LawDoesNotApply("the query is trained; the law needs a fixed one.")
        if type(optimiser) is not torch.optim.SGD:
            raise LawDoesNotApply(f"the optimiser is {type(optimiser).__name__}; the law needs plain SGD.")
        self._groups = {name: _group(optimiser, name, t) for name, t in (("keys", keys), ("embeddings", embeddings))}
        self._keys, self._embeddings, self._query = keys, embeddings, query
        self._first_query = query.detach().clone()
        words = len(keys)
        self._start_scores, self._start_squares = self._state()
        self._before = (self._start_scores, self._start_squares)
        self._pending: tuple[float, Tensor, Tensor] | None = None
        self._law, self._pulled = (torch.zeros(words, dtype=torch.float64) for _ in range(2))
        self._last = (torch.zeros(words, dtype=torch.float64), torch.zeros(words, dtype=torch.float64))
        self._occurrences = torch.zeros(words, dtype=torch.int64)
        self._coupling = float("nan")
        self._recorded = False

    def record(self, index: Tensor, mask: Tensor, attention: Tensor, context: Tensor) -> None:
        """Take in one step: word numbers, mask and attention (B, L), and the context (B, d) whose gradient is retained.

        Masked tokens must have no attention.
        """
        if index.ndim != 2 or not index.shape == mask.shape == attention.shape or len(context) != len(index):
            shapes = ", ".join(str(tuple(part.shape)) for part in (index, mask, attention, context))
            raise ValueError(f"index, mask, attention and context must be (B, L) three times and (B, d), got {shapes}.")
        if context.grad is None:
            raise ValueError("context has no gradient: call context.retain_grad() before backward().")
        if not torch.isfinite(context.grad).all():
            raise ValueError("the gradient of context is not finite: has training diverged?")
        rate, coupling = self._check_rates()
        self._finish()
        with torch.no_grad():
            attention = attention.detach().masked_fill(~mask, 0.0).double()
            self._check_forward(index, mask, attention, context)
            if self._embeddings.grad is None or self._keys.grad is None:
                raise ValueError("keys and embeddings have no gradient: call record after backward().")
            gradient, key_gradient = self._embeddings.grad.to_dense(), self._keys.grad.to_dense()
            force, held = -context.grad.double(), context.detach().double()
            words, count = index[mask], len(self._keys)
            pull = (held * force).sum(-1)
            lost = _add(count, words, (attention * pull[:, None])[mask])
            sentence = torch.arange(len(index), device=index.device)[:, None].expand_as(index)[mask]
            pairs, where = torch.unique(sentence * count + words, return_inverse=True)
            total = _add(len(pairs), where, attention[mask])
            owner, row = pairs % count, pairs // count
            own = total * (self._embeddings.detach().double()[owner] * force[row]).sum(-1)
            gained = _add(count, owner, own)
            strength = force.abs().sum(-1)  # the squares of a norm would underflow
            size = _add(count, owner, total * self._embeddings.double().norm(dim=-1)[owner] * strength[row])
            size += _add(count, words, (attention * (held.norm(dim=-1) * strength)[:, None])[mask])
            along = -(key_gradient.double() @ self._query.double())
            square = float(self._query.double() @ self._query.double()) * self._scale
            limits = torch.finfo(gradient.dtype)
            slack = 1e4 * (limits.eps * size + limits.tiny)  # rounding of sums over a word's tokens
            for name, seen, expected, most in (
                ("embeddings", -(gradient.double() * self._embeddings.double()).sum(-1), gained, slack),
                ("keys", along, square * (gained - lost), square * slack),
            ):
                if ((seen - expected).abs() > most).any():
                    raise LawDoesNotApply(
                        f"the gradient of {name} is not that of the context: clipped, accumulated, or of a penalty?"
                    )
            self._pulled += coupling * rate * _add(count, owner, (1 - total) * own).cpu()
            self._last = (lost.cpu(), gained.cpu())
            spent = rate**2 * (gradient.double() ** 2).sum(-1) / 2 + rate * lost
            self._pending = (coupling, spent.cpu(), coupling * rate * slack.cpu())
            self._occurrences = torch.bincount(words, minlength=count).cpu()
            self._coupling, self._recorded = coupling, True

    def report(self, mass: float | Floats) -> SenReport:
        """What has been seen so far, with SEN taken at this mass (one for all words, or one per word)."""
        if not self._recorded:
            raise ValueError("nothing was recorded yet; call record at every step.")
        self._finish()
        scores, squares = (x.numpy() for x in self._before)
        first, squares0 = self._start_scores.numpy(), self._start_squares.numpy()
        m = np.broadcast_to(np.asarray(mass, dtype=np.float64), scores.shape)
        if not (m > 0).all():
            raise ValueError(f"mass must be positive, got {mass!r}.")
        with np.errstate(invalid="ignore", divide="ignore"):
            expected = squares0 + 2 / self._coupling * (scores - first + (np.exp(scores) - np.exp(first)) / m)
            norms = np.sqrt(squares)
            residual = np.where(expected > 0, norms / np.sqrt(expected) - 1, np.nan)
            pulled = self._pulled.numpy()
            drift = np.where(pulled != 0, 1 - (scores - first) / pulled, 0.0)
            share = self._last[0].numpy() / self._last[1].numpy()
            fitting = np.exp(scores) * (1 - share) / share
        return SenReport(
            scores, norms, self._occurrences.numpy(), scores - first - self._law.numpy(), residual, drift, fitting,
            self._coupling,
        )  # fmt: skip

    def _state(self) -> tuple[Tensor, Tensor]:
        with torch.no_grad():
            scores = (self._keys.double() @ self._query.double()) * self._scale
            return scores.cpu(), (self._embeddings.double() ** 2).sum(-1).cpu()

    def _finish(self) -> None:
        """Close the books of the last recorded step, now that the parameters have moved."""
        if self._pending is None:
            return
        coupling, spent, slack = self._pending
        state = self._state()
        law = coupling * ((state[1] - self._before[1]) / 2 - spent)
        keys = self._keys.detach().double().abs() @ self._query.double().abs() * self._scale
        size = keys.cpu() + coupling * torch.maximum(state[1], self._before[1])
        slack = slack + 1e4 * torch.finfo(self._keys.dtype).eps * size
        if (abs(state[0] - self._before[0] - law) > slack).any():
            raise LawDoesNotApply(
                "keys or embeddings moved otherwise than by the recorded step: "
                "a step not recorded or not taken, rows renormalised?"
            )
        self._law += law
        self._before, self._pending = state, None

    def _check_rates(self) -> tuple[float, float]:
        """Rate of the embeddings and coupling now; refuse if what the law takes as constant has changed."""
        for name, group in self._groups.items():
            _check_options(name, group)
        if not torch.equal(self._query, self._first_query):
            raise LawDoesNotApply("the query has changed; the law needs a fixed one.")
        rate = check_positive("rate of the embeddings", self._groups["embeddings"]["lr"])
        ratio = check_positive("rate of the keys", self._groups["keys"]["lr"]) / rate
        coupling = ratio * float(self._query @ self._query) * self._scale**2
        if self._recorded and abs(coupling - self._coupling) > 1e-9 * coupling:  # schedulers multiply both rates
            raise LawDoesNotApply(
                f"the ratio of the rates has changed: coupling {self._coupling:.6g} -> {coupling:.6g}."
            )
        return rate, coupling

    def _check_forward(self, index: Tensor, mask: Tensor, attention: Tensor, context: Tensor) -> None:
        """Refuse if attention is no softmax of the scores, or the context not the attention's mean."""
        slack = 100 * torch.finfo(context.dtype).eps * index.shape[1]
        scores = (self._keys @ self._query * self._scale).double()[index].masked_fill(~mask, -torch.inf)
        if (torch.softmax(scores, dim=1) - attention).abs().max() > slack:
            raise LawDoesNotApply("attention is not the softmax of scale * key . query over the words; padding?")
        pooled = torch.einsum("bl,bld->bd", attention, self._embeddings.double()[index])
        if (pooled - context.double()).abs().max() > slack * max(float(pooled.abs().max()), 1e-300):
            raise LawDoesNotApply("context is not the attention's mean of the embeddings; dropout in between?")


def _group(optimiser: torch.optim.Optimizer, name: str, table: Tensor) -> dict[str, Any]:
    for group in optimiser.param_groups:
        if any(p is table for p in group["params"]):
            _check_options(name, group)
            return group
    raise LawDoesNotApply(f"{name} are not trained by this optimiser; the law needs both tables trained.")


def _check_options(name: str, group: dict[str, Any]) -> None:
    for option in ("momentum", "weight_decay", "dampening", "maximize"):
        if group.get(option, 0):
            raise LawDoesNotApply(f"{name} are trained with {option}={group[option]}; the law needs plain SGD.")


def _add(size: int, index: Tensor, values: Tensor) -> Tensor:
    return torch.zeros(size, dtype=torch.float64, device=values.device).index_add_(0, index, values)
