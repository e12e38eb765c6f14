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
    """Weights of all layers of one pass, each (batch, heads, queries, keys), before dropout."""

    encoder: list[Tensor]
    decoder: list[Tensor]
    cross: list[Tensor]


class EncoderLayer(nn.Module):
    """Self-attention and a feed-forward part, each added and then normalised."""

    def __init__(self, width: int, attention: MakeAttention) -> None:
        super().__init__()
        self.attention = attention()
        self.feed = nn.Sequential(nn.Linear(width, 2 * width), nn.ReLU(), nn.Linear(2 * width, width))
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(2)])

    def forward(self, x: Tensor, padding: Tensor) -> tuple[Tensor, Tensor]:
        """(states, self-attention weights)."""
        seen, weights = self.attention(x, x, x, key_padding_mask=padding, average_attn_weights=False)
        x = self.norms[0](x + seen)
        return self.norms[1](x + self.feed(x)), weights


class DecoderLayer(nn.Module):
    """Causal self-attention, cross-attention and a feed-forward part."""

    def __init__(self, width: int, attention: MakeAttention) -> None:
        super().__init__()
        self.attention, self.cross = attention(), attention()
        self.feed = nn.Sequential(nn.Linear(width, 2 * width), nn.ReLU(), nn.Linear(2 * width, width))
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(3)])

    def forward(self, x: Tensor, memory: Tensor, padding: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(states, self-attention weights, cross-attention weights)."""
        length = x.shape[1]
        causal = torch.ones(length, length, dtype=torch.bool, device=x.device).triu(1)
        seen, own = self.attention(x, x, x, attn_mask=causal, average_attn_weights=False)
        x = self.norms[0](x + seen)
        read, cross = self.cross(x, memory, memory, key_padding_mask=padding, average_attn_weights=False)
        x = self.norms[1](x + read)
        return self.norms[2](x + self.feed(x)), own, cross


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

    def forward(self, source: Tensor, target: Tensor) -> tuple[Tensor, Attended]:
        """(logits of the next word after each word of *target*, all weights)."""
        memory, padding, encoder = self.encode(source)
        logits, decoder, cross = self.decode(target, memory, padding)
        return logits, Attended(encoder, decoder, cross)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor, list[Tensor]]:
        """(memory, its padding mask, weights per layer)."""
        padding = source == PAD
        x, weights = self._place(self.embed_source(source)), []
        for layer in self.encoder:
            x, seen = layer(x, padding)
            weights.append(seen)
        return x, padding, weights

    def decode(self, target: Tensor, memory: Tensor, padding: Tensor) -> tuple[Tensor, list[Tensor], list[Tensor]]:
        """(logits, self-attention weights, cross-attention weights)."""
        x, own, cross = self._place(self.embed_target(target)), [], []
        for layer in self.decoder:
            x, a, b = layer(x, memory, padding)
            own.append(a)
            cross.append(b)
        return self.readout(x), own, cross

    @torch.no_grad()
    def translate(self, source: Tensor, *, longest: int) -> list[list[int]]:
        """Greedy translations without BEGIN and END, at most *longest* words."""
        memory, padding, _ = self.encode(source)
        words = torch.full((len(source), 1), BEGIN, device=source.device)
        for _ in range(longest + 1):
            logits, _, _ = self.decode(words, memory, padding)
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
