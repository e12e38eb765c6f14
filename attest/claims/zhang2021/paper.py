"""The paper, as it is cited."""

from attest import Paper

PAPER = Paper(
    key="zhang2021",
    title="Sparse Attention with Linear Units",
    authors=("Zhang, Biao", "Titov, Ivan", "Sennrich, Rico"),
    year=2021,
    venue="Empirical Methods in Natural Language Processing",
    arxiv="2104.07012",
)
