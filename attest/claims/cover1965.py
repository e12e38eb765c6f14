"""Cover (1965): how many labellings of points in general position one linear gate can produce."""

from attest import Claim, Paper, equal, grid
from numerics import capacity as measured
from theory import capacity as derived

PAPER = Paper(
    key="cover1965",
    title="Geometrical and statistical properties of systems of linear inequalities with applications in pattern "
    "recognition",
    authors=("Cover, Thomas M.",),
    year=1965,
    venue="IEEE Transactions on Electronic Computers EC-14(3), 326-334",
    doi="10.1109/PGEC.1965.264137",
)

FUNCTION_COUNTING = Claim(
    id="cover1965.theorem-1",
    paper=PAPER,
    where="Theorem 1, eq. (5)",
    says="m points in general position in R^d have exactly C(m, d) separable labellings",
    predicts=lambda m, d: derived.dichotomy_count(m, d),
    measures=lambda m, d, rng: measured.count_dichotomies(measured.gaussian_points(m, d, rng)),
    agrees=equal,
    cases=grid(m=range(1, 8), d=range(1, 4)),
    rivals={
        "counts one dimension too many": lambda m, d: derived.dichotomy_count(m, d + 1),
        "every labelling is separable": lambda m, d: 2**m,
    },
    budget=0.5,
)
