"""Relevancy screening: what it keeps, its bias towards early states, and its guarantee."""

from fractions import Fraction

from attest import Claim, Observed, Verdict, at_least, at_most, equal, grid, rounding, within
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived

F = Fraction
SIZES = ((1, 1), (3, 2), (5, 4))


def record(nu, rho, T, scale, seed):
    return measured.record_screening(nu, rho, steps=T, score_scale=float(scale), seed=seed)


def retained(nu, rho, T, scale, seed):
    """The retained times as a text, since sets of different sizes are compared."""
    run = record(nu, rho, T, scale, seed)
    return Observed(" ".join(str(i) for i in run.retained), given={"relevance": run.relevance})


def listed(times):
    return " ".join(map(str, times))


INVARIANT = Claim(
    id="kerg2020.RS1",
    paper=PAPER,
    where="Algorithm 1",
    says="the relevant set holds the top rho relevances among all states that have left the buffer",
    predicts=lambda relevance, rho: listed(derived.relevant_times(relevance, rho)),
    measures=retained,
    agrees=equal,
    cases=tuple(
        {"nu": nu, "rho": rho, "T": T, "scale": scale, "seed": seed}
        for nu, rho in SIZES
        for T in (8, 60)
        for scale in (F(1), F(4))
        for seed in (0, 1)
    ),
    rivals={
        "the first rho states": lambda rho: listed(range(1, rho + 1)),
        "one state screened too few": lambda relevance, rho: listed(derived.relevant_times(relevance[:-1], rho)),
        "one slot more": lambda relevance, rho: listed(derived.relevant_times(relevance, rho + 1)),
    },
    derivation=lambda: derived.screening_derivation(),
    budget=0.7,
)

PATTERN_SIZE = Claim(
    id="kerg2020.RS1-size",
    paper=PAPER,
    where="Algorithm 1",
    says="|N_t| = min(t, nu + min(rho, max(0, t - nu))), without duplicates",
    predicts=lambda nu, rho, T: [derived.attended_count(t, nu, rho) for t in range(1, T + 1)],
    measures=lambda nu, rho, T: [len(set(times)) for times in record(nu, rho, T, 2, 0).attended],
    agrees=equal,
    cases=tuple({"nu": nu, "rho": rho, "T": 20} for nu, rho in (*SIZES, (4, 0), (30, 2))),
    rivals={
        "nu + rho at once": lambda nu, rho, T: [min(t, nu + rho) + (t > nu) for t in range(1, T + 1)],
        "one slot less": lambda nu, rho, T: [derived.attended_count(t, nu, max(0, rho - 1)) for t in range(1, T + 1)],
    },
    derivation=lambda: derived.screening_derivation(),
    budget=0.4,
)

BIAS = Claim(
    id="kerg2020.RS2",
    paper=PAPER,
    where="Relevance of states under uniform attention (untrained net)",
    says="the first state has relevance H_nu, a late one nu/(nu + rho): screening favours early states",
    predicts=lambda nu, rho, T: [derived.uniform_relevance(i, nu, rho) for i in range(1, T - nu + 1)],
    measures=lambda nu, rho, T: record(nu, rho, T, 0, 0).relevance,
    agrees=within(rounding(operations=100)),
    cases=tuple({"nu": nu, "rho": rho, "T": 40} for nu, rho in (*SIZES, (10, 10))),
    rivals={
        "nu/(nu + rho) for all": lambda nu, rho, T: [F(nu, nu + rho)] * (T - nu),
        "one term less": lambda nu, rho, T: [
            derived.uniform_relevance(i, nu, rho) - F(1, derived.attended_count(i, nu, rho))
            for i in range(1, T - nu + 1)
        ],
    },
    derivation=lambda: derived.screening_derivation(),
    rests_on=("kerg2020.RS1-size",),
    budget=0.4,
)

SINK = Claim(
    id="kerg2020.RS2-sink",
    paper=PAPER,
    where="Algorithm 1 under uniform attention",
    says="with uniform attention the first rho states are retained for ever",
    predicts=lambda nu, rho, T: derived.uniform_retained(T, nu, rho),
    measures=lambda nu, rho, T: record(nu, rho, T, 0, 0).retained,
    agrees=equal,
    cases=tuple({"nu": nu, "rho": rho, "T": T} for nu, rho in SIZES[1:] for T in (nu + 1, 40, 200)),
    rivals={
        "the last rho that left": lambda nu, rho, T: list(range(max(1, T - nu - rho + 1), T - nu + 1)),
        "states 2 to rho + 1": lambda nu, rho, T: [i + 1 for i in derived.uniform_retained(T, nu, rho)],
    },
    derivation=lambda: derived.screening_derivation(),
    rests_on=("kerg2020.RS2",),
    budget=0.4,
)


def mean_relevance(nu, rho, T, corrected, runs):
    """Relevance of each state that left the buffer, averaged over *runs*; six standard errors of each."""
    found = [
        measured.record_screening(nu, rho, steps=T, score_scale=1.0, corrected=corrected, seed=seed).relevance
        for seed in range(runs)
    ]
    means, errors = [], []
    for column in zip(*found, strict=True):
        means.append(sum(column) / runs)
        errors.append(6 * (sum((x - means[-1]) ** 2 for x in column) / (runs - 1) / runs) ** 0.5)
    return Observed(means, error=errors)


MEAN_RELEVANCE = Claim(
    id="kerg2020.RS2-mean",
    paper=PAPER,
    where="Algorithm 1, and with relevance per competitor (our variant)",
    says="with scores drawn alike, relevance has its mean under uniform attention; credited by alpha |N_t|, nu for all",
    predicts=lambda nu, rho, T, corrected: [
        nu if corrected else derived.uniform_relevance(i, nu, rho) for i in range(1, T - nu + 1)
    ],
    measures=mean_relevance,
    agrees=within(),
    cases=grid(nu=(4,), rho=(3,), T=(16,), corrected=(False, True), runs=(120,)),
    rivals={
        "one competitor fewer": lambda nu, rho, T, corrected: [
            nu - 1 if corrected else derived.uniform_relevance(i, nu, rho - 1) for i in range(1, T - nu + 1)
        ],
        "alike for all without the correction": lambda nu, rho, T: [F(nu)] * (T - nu),
    },
    derivation="cited: weights that may be exchanged and sum to 1 have the mean 1/|N_t|",
    rests_on=("kerg2020.RS2",),
    budget=2.1,
)


def early_share(nu, rho, T, scale, samples):
    """Share of the first nu + rho states in the relevant set with the corrected relevance; six standard errors."""
    found = measured.measure_retained_early(
        nu, rho, steps=T, score_scale=float(scale), corrected=True, samples=samples, seed=0
    )
    return Observed(float(found.mean()), error=6 * float(found.std()) / samples**0.5)


CORRECTED = Claim(
    id="kerg2020.RS2-corrected",
    paper=PAPER,
    where="Algorithm 1 with relevance per competitor (our variant)",
    says="credited by alpha |N_t|, with scores drawn alike, the first nu + rho states are kept no more than by lot",
    predicts=lambda nu, rho, T: F(nu + rho, T - nu),
    measures=early_share,
    agrees=at_most(),
    cases=tuple(
        {"nu": nu, "rho": rho, "T": T, "scale": scale, "samples": 4000}
        for nu, rho, T in ((5, 5, 200), (4, 4, 100))
        for scale in (F(1, 2), F(1))
    ),
    rivals={"half of the fair share": lambda nu, rho, T: F(nu + rho, 2 * (T - nu))},
    rests_on=("kerg2020.RS2",),
    budget=5,
)


def screened_gains(nu, rho, T, seed, eigenvalue, times):
    """Gains at *times* of the linear net that attends uniformly to a recorded screened pattern."""
    run = record(nu, rho, T, 2, seed)
    net = measured.AttentiveNet(1, 1, activation="identity", attention=run.attended, score="uniform")
    gains = measured.measure_jacobians(net.load({"V": [[float(eigenvalue)]]}), [[0.0]] * T)[:, 0, 0]
    return Observed([float(gains[t - 1]) for t in times], given={"retained": run.retained})


GUARANTEE = Claim(
    id="kerg2020.RS5",
    paper=PAPER,
    where="Theorem 2 carried over to relevancy screening",
    says="the gain is at least kappa^-(1+H) lambda^H, H = ceil(gap/nu), gap the distance to the next retained state",
    predicts=lambda nu, rho, T, eigenvalue, times, retained: [
        derived.screened_lower_bound(t, T, nu, rho, retained, eigenvalue) for t in times
    ],
    measures=screened_gains,
    agrees=at_least(rounding(operations=1000)),
    cases=tuple(
        {"nu": nu, "rho": rho, "T": 60, "seed": seed, "eigenvalue": x, "times": tuple(range(1, 61))}
        for nu, rho in ((3, 2), (5, 4))
        for seed in (0, 1)
        for x in (F(1, 4096), F(1, 4))
    ),
    rivals={
        "twice the bound": lambda nu, rho, T, eigenvalue, times, retained: [
            2 * derived.screened_lower_bound(t, T, nu, rho, retained, eigenvalue) for t in times
        ],
        "one hop less": lambda nu, rho, T, eigenvalue, times, retained: [
            derived.screened_lower_bound(t, T, nu, rho, retained, eigenvalue) * (nu + rho) for t in times
        ],
        "without lambda^H": lambda nu, rho, T, times, retained: [
            derived.screened_lower_bound(t, T, nu, rho, retained, 1) for t in times
        ],
    },
    derivation=lambda: derived.screening_derivation(),
    rests_on=("kerg2020.T2-lower", "kerg2020.RS1"),
    budget=0.6,
)


def dropped_gain(nu, rho, T, seed, eigenvalue, which):
    """Gain at a state that is retained at T, or at the one farthest before the next attended state."""
    run = record(nu, rho, T, 2, seed)
    attended = sorted({*run.retained, *range(T - nu + 1, T + 1)})
    gaps = {t: min(r for r in attended if r >= t) - t for t in range(1, T + 1)}
    t = run.retained[0] if which == "retained" else max(gaps, key=lambda t: gaps[t])
    net = measured.AttentiveNet(1, 1, activation="identity", attention=run.attended, score="uniform")
    return float(measured.measure_jacobians(net.load({"V": [[float(eigenvalue)]]}), [[0.0]] * T, times=[t])[0, 0, 0])


DROPPED = Claim(
    id="kerg2020.RS6",
    paper=PAPER,
    where="Theorem 2 carried over to relevancy screening, a naive reading",
    says="every state of a screened net, dropped or retained, keeps a gain of at least 1/(nu + rho)",
    predicts=lambda nu, rho: F(1, nu + rho),
    measures=dropped_gain,
    agrees=at_least(rounding(operations=1000)),
    cases=grid(nu=(3,), rho=(2,), T=(80,), seed=(0, 1), eigenvalue=(F(1, 4),), which=("dropped",)),
    expects=Verdict.REFUTED,
    control=grid(nu=(3,), rho=(2,), T=(80,), seed=(0, 1), eigenvalue=(F(1, 4),), which=("retained",)),
    corrected="kerg2020.RS5",
    budget=0.5,
)
