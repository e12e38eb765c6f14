"""Sphinx: `sphinx-build -W --keep-going docs build/docs` builds the pages without a network."""

import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).with_name("_ext")))

project = "attest"
author = "The attest contributors"
copyright = author
release = version = installed("attest-attention")

extensions = ["myst_nb", "sphinx.ext.autodoc", "docstrings", "links", "mathml", "pages"]
exclude_patterns = ["_ext"]
myst_enable_extensions = ["deflist", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # `pytest --nbmake` executes them; pages.copy_notebooks takes its outputs

autodoc_member_order = "bysource"
autodoc_mock_imports = ["babel", "minigrid", "sacrebleu", "sklearn"]  # the experiments extra

html_theme = "furo"
html_math_renderer = "mathml"
html_title = f"attest {release}"
html_show_sourcelink = False
