"""The scaffold that ``attest new`` writes: a claim file that runs as it stands, to fill in."""

from pathlib import Path

from attest._claim import Paper
from attest.errors import ClaimError

_TEXT = '''"""Claims of {key}. Replace the example, which runs as it stands, by the paper's first statement."""

from attest import Claim, Paper, equal, grid

PAPER = Paper(
    key="{key}",
    title="Title of the paper",
    authors=("First Author", "Second Author"),
    year={year},
    venue="Where it appeared",
)

# Where a side needs more than a line: one function in theory/<subject>/ (the conclusion), one in numerics/<subject>/
# (the definition, executed), each written from the paper by itself; then `from theory import <subject> as derived`.
EXAMPLE = Claim(
    id="{key}.example",
    paper=PAPER,
    where="Theorem 1",
    says="the first n odd numbers sum to n squared",
    predicts=lambda n: n**2,
    measures=lambda n: sum(2 * k + 1 for k in range(n)),
    agrees=equal,
    cases=grid(n=range(1, 8)),
    rivals={{"sums one odd number more": lambda n: (n + 1) ** 2, "sums all numbers": lambda n: n * (n + 1) // 2}},
)
'''


def write_scaffold(key: str, folder: Path) -> tuple[Path, str]:
    """Write ``<key>.py`` among our claims if *folder* is a checkout, else into *folder*; return it and what to do next.

    Raises ClaimError where *key* is no key of a paper or the file exists; nothing is overwritten.
    """
    Paper(key=key, title="", authors=(), year=0, venue="")  # refuses a key that no claim could use
    claims = folder / "attest" / "claims"
    inside = claims.is_dir()
    path = (claims if inside else folder) / f"{key}.py"
    if path.exists() or path.with_suffix("").exists():
        raise ClaimError(f"{path} exists already; nothing was written")
    year = int("".join(letter for letter in key if letter.isdigit()))
    path.write_text(_TEXT.format(key=key, year=year), encoding="utf-8")
    announce = f'Announce it in your distribution: [project.entry-points."attest.claims"] {key} = "{key}".'
    return path, f"Now: attest run {key}" if inside else announce
