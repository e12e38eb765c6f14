"""The paper, as it is cited."""

from attest import Paper

PAPER = Paper(
    key="baldi2022",
    title="The Quarks of Attention",
    authors=("Baldi, Pierre", "Vershynin, Roman"),
    year=2022,
    venue="arXiv preprint",
    arxiv="2202.08371",
)
