"""Write the README's table of verdicts anew: ``python docs/readme.py``, after ``attest ledger verdicts --write``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).with_name("_ext")))

from attest import all_claims
from ledger import ROOT, recorded, tally_table, with_table


def main() -> None:
    readme = ROOT / "README.md"
    text = with_table(readme.read_text(encoding="utf-8"), tally_table(all_claims(), recorded()))
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
