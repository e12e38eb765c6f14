"""What is exported is used: the LaTeX of every statement compiles, every program runs by itself."""

import re
import shutil
import subprocess
import sys

import pytest

from attest import all_claims
from theory.capacity import statements as capacity_statements
from theory.capacity.expansions import degree_derivation
from theory.dynamics import statements as dynamics_statements
from theory.dynamics.flow_law import sen_derivation
from theory.export import latex, numpy_source, torch_source
from theory.gradients import statements as gradients_statements
from theory.gradients.enclosure import sandwich_derivation
from theory.sparsity import statements as sparsity_statements
from theory.sparsity.simplex import simplex_derivation

MODULES = (capacity_statements, gradients_statements, dynamics_statements, sparsity_statements)
STATEMENTS = {name: builder for module in MODULES for name, builder in module.BUILDERS.items()}
DERIVATIONS = (degree_derivation, sen_derivation, sandwich_derivation, simplex_derivation)
needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
DOCUMENT = r"""\documentclass{article}
\usepackage{amsmath,amssymb}
\begin{document}
%s
\end{document}
"""


def assert_compiles(texts, folder):
    body = "\n".join(rf"\[{text}\]" for text in texts)
    (folder / "all.tex").write_text(DOCUMENT % body)
    run = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-draftmode", "all.tex"]
    found = subprocess.run(run, cwd=folder, capture_output=True, text=True, timeout=120)
    assert found.returncode == 0, found.stdout[-2000:]


def unclosed(text):
    """What LaTeX would miss the end of: groups, environments, pairs of delimiters."""
    ends = {"}": "{", r"\right": r"\left"}
    opened = []
    for token in re.findall(r"\\(?:begin|end)\{\w+\}|\\(?:left|right)(?![a-zA-Z])|\\.|[{}]", text):
        if token.startswith(r"\end"):
            ends[token] = token.replace("end", "begin")
        if token in ends:
            if not opened or opened.pop() != ends[token]:
                return [token]
        elif token in ("{", r"\left") or token.startswith(r"\begin"):
            opened.append(token)
    return opened


def test_the_latex_of_every_statement_closes_what_it_opens():
    texts = [latex(builder()) for builder in STATEMENTS.values()] + [latex(make()) for make in DERIVATIONS]
    assert {text for text in texts if unclosed(text)} == set()
    for broken in (r"\frac{a", r"\left(a", r"\begin{aligned}a", r"a}", r"\left(a\begin{cases}\right)\end{cases}"):
        assert unclosed(broken)


@needs_tex
def test_the_latex_of_every_statement_compiles(tmp_path):
    texts = [latex(builder()) for builder in STATEMENTS.values()] + [latex(make()) for make in DERIVATIONS]
    assert_compiles(texts, tmp_path)


@needs_tex
@pytest.mark.slow
def test_the_latex_of_every_claims_derivation_compiles(tmp_path):
    derivations = [claim.derivation for claim in all_claims() if callable(claim.derivation)]
    texts = {latex(tuple(make())) for make in derivations}
    assert len(texts) > 40
    assert_compiles(sorted(texts), tmp_path)


@pytest.mark.parametrize("source", [numpy_source, torch_source])
def test_every_program_runs_by_itself_and_carries_its_source_line(source, tmp_path):
    lines = ["import sys", "import pathlib"]
    for name, builder in STATEMENTS.items():
        made = builder()
        code = source(made)
        assert code.startswith(f"# {name}: {made.source}\n")
        (tmp_path / f"{name}.py").write_text(code)
    lines += [
        f"for file in sorted(pathlib.Path({str(tmp_path)!r}).glob('*.py')):",
        "    space = {}",
        "    exec(compile(file.read_text(), file.name, 'exec'), space)",
        "    assert callable(space[file.stem])",
        "    if file.stem == 'sen_norm': print(float(space['sen_norm'](0.0, 20.0)))",
        "print(any(m.split('.')[0] in ('theory', 'attest', 'sympy') for m in sys.modules))",
    ]
    command = [sys.executable, "-I", "-c", "\n".join(lines)]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert found.stdout.split() == ["0.0", "False"]
