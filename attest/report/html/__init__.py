"""The ledger as one offline page: MathML and SVG in the text itself, nothing fetched, readable without its script."""

from attest.report.html.page import page as page
from attest.report.html.page import write_page as write_page
