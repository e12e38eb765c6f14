"""Formulas as MathML, which browsers lay out themselves: pages need no network and no script."""

import re

from docutils import nodes
from docutils.utils.math import latex2mathml
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def mathml(node: nodes.Element, *, block: bool = False) -> str:
    """The formula of *node*; Docutils' converter wants braces where TeX does without."""
    text = re.sub(r"\\[td]?frac(\w)(\w)", r"\\frac{\1}{\2}", node.astext())
    return str(latex2mathml.tex2mathml(text, as_block=block))


def visit_inline(writer: HTML5Translator, node: nodes.math) -> None:
    writer.body.append(mathml(node))
    raise nodes.SkipNode


def visit_block(writer: HTML5Translator, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="math">{mathml(node, block=True)}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True}
