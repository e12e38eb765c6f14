"""``python -m attest``."""

from attest.cli import main

main()
