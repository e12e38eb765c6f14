"""Kerg et al. (2020): recurrence, self-attention and the gradients that pass through both."""

from attest import Paper

PAPER = Paper(
    key="kerg2020",
    title="Untangling tradeoffs between recurrence and self-attention in artificial neural networks",
    authors=(
        "Kerg, Giancarlo",
        "Kanuparthi, Bhargav",
        "Goyal, Anirudh",
        "Goyette, Kyle",
        "Bengio, Yoshua",
        "Lajoie, Guillaume",
    ),
    year=2020,
    venue="Advances in Neural Information Processing Systems 33",
    arxiv="2006.09471",
)
