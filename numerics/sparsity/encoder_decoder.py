"""A post-norm encoder-decoder in which the attention module is a parameter, small enough for one core."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from numerics.sparsity.attention import MappedAttention
from numerics.sparsity.sentences import BEGIN, END, PAD

MakeAttention = Callable[[], MappedAttention]


@dataclass
class Attended:
    """Weights of all layers of one pass, each (batch, heads, queries, keys), before dropout; empty if not asked for."""

    encoder: list[Tensor]
    decoder: list[Tensor]
    cross: list[Tensor]


class Attention(nn.Module):
    """One attention module that appends its weights, by head, to a list where one is given."""

    def __init__(self, make: MakeAttention) -> None:
        super().__init__()
        self.inner = make()

    def forward(self, x: Tensor, memory: Tensor, kept: list[Tensor] | None, **masks: Tensor) -> Tensor:
        """Attention of *x* to *memory*."""
        out, weights = self.inner(x, memory, memory, need_weights=kept is not None, average_attn_weights=False, **masks)
        if kept is not None:
            kept.append(weights)
        return out


class EncoderLayer(nn.Module):
    """Self-attention and a feed-forward part, each added and then normalised."""

    def __init__(self, width: int, attention: MakeAttention) -> None:
        super().__init__()
        self.attention = Attention(attention)
        self.feed = nn.Sequential(nn.Linear(width, 2 * width), nn.ReLU(), nn.Linear(2 * width, width))
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(2)])

    def forward(self, x: Tensor, padding: Tensor, kept: list[Tensor] | None) -> Tensor:
        """States after this layer."""
        x = self.norms[0](x + self.attention(x, x, kept, key_padding_mask=padding))
        return self.norms[1](x + self.feed(x))


class DecoderLayer(nn.Module):
    """Causal self-attention, cross-attention and a feed-forward part."""

    def __init__(self, width: int, attention: MakeAttention) -> None:
        super().__init__()
        self.attention, self.cross = Attention(attention), Attention(attention)
        self.feed = nn.Sequential(nn.Linear(width, 2 * width), nn.ReLU(), nn.Linear(2 * width, width))
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(3)])

    def forward(
        self, x: Tensor, memory: Tensor, padding: Tensor, kept: tuple[list[Tensor], list[Tensor]] | None
    ) -> Tensor:
        """States after this layer; *kept* takes the weights of the self- and of the cross-attention."""
        own, cross = kept or (None, None)
        causal = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool, device=x.device).triu(1)
        x = self.norms[0](x + self.attention(x, x, own, attn_mask=causal))
        x = self.norms[1](x + self.cross(x, memory, cross, key_padding_mask=padding))
        return self.norms[2](x + self.feed(x))


class EncoderDecoder(nn.Module):
    """Translates padded indices (batch, words) to logits; all attentions are made by *attention*."""

    def __init__(
        self, source_words: int, target_words: int, *, attention: MakeAttention, width: int = 64, layers: int = 2
    ) -> None:
        super().__init__()
        self.width = width
        self.embed_source = nn.Embedding(source_words, width, padding_idx=PAD)
        self.embed_target = nn.Embedding(target_words, width, padding_idx=PAD)
        for table in (self.embed_source, self.embed_target):
            nn.init.normal_(table.weight, std=width**-0.5)
        self.encoder = nn.ModuleList([EncoderLayer(width, attention) for _ in range(layers)])
        self.decoder = nn.ModuleList([DecoderLayer(width, attention) for _ in range(layers)])
        self.readout = nn.Linear(width, target_words)

    def forward(self, source: Tensor, target: Tensor, *, need_weights: bool = True) -> tuple[Tensor, Attended]:
        """(logits of the next word after each word of *target*, all weights); without weights it is faster."""
        attended = Attended([], [], [])
        memory, padding = self.encode(source, attended.encoder if need_weights else None)
        kept = (attended.decoder, attended.cross) if need_weights else None
        return self.decode(target, memory, padding, kept), attended

    def encode(self, source: Tensor, kept: list[Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """(memory, its padding mask)."""
        padding = source == PAD
        x = self._place(self.embed_source(source))
        for layer in self.encoder:
            x = layer(x, padding, kept)
        return x, padding

    def decode(
        self, target: Tensor, memory: Tensor, padding: Tensor, kept: tuple[list[Tensor], list[Tensor]] | None = None
    ) -> Tensor:
        """Logits of the next word after each word of *target*."""
        x = self._place(self.embed_target(target))
        for layer in self.decoder:
            x = layer(x, memory, padding, kept)
        return self.readout(x)

    @torch.no_grad()
    def translate(self, source: Tensor, *, longest: int) -> list[list[int]]:
        """Greedy translations without BEGIN and END, at most *longest* words."""
        memory, padding = self.encode(source)
        words = torch.full((len(source), 1), BEGIN, device=source.device)
        for _ in range(longest + 1):
            logits = self.decode(words, memory, padding)
            words = torch.cat([words, logits[:, -1:].argmax(dim=-1)], dim=1)
            if (words == END).any(dim=1).all():
                break
        rows = (row[1:] for row in words.tolist())
        return [row[: row.index(END)] if END in row else row[:longest] for row in rows]

    def _place(self, x: Tensor) -> Tensor:
        position = torch.arange(x.shape[1], device=x.device, dtype=x.dtype)[:, None]
        rate = torch.exp(torch.arange(0, self.width, 2, device=x.device, dtype=x.dtype) * (-math.log(1e4) / self.width))
        wave = torch.stack([torch.sin(position * rate), torch.cos(position * rate)], dim=-1).flatten(-2)
        return x * math.sqrt(self.width) + wave
