"""The paper, as it is cited."""

from attest import Paper

PAPER = Paper(
    key="lu2021",
    title="On the Dynamics of Training Attention Models",
    authors=("Lu, Haoye", "Mao, Yongyi", "Nayak, Amiya"),
    year=2021,
    venue="International Conference on Learning Representations",
    arxiv="2011.10036",
)
