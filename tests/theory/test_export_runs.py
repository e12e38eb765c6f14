"""What is exported is used: the LaTeX of every statement compiles, every program runs by itself."""

import shutil
import subprocess
import sys

import pytest

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
DOCUMENT = r"""\documentclass{article}
\usepackage{amsmath,amssymb}
\begin{document}
%s
\end{document}
"""


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_the_latex_of_every_statement_compiles(tmp_path):
    texts = [latex(builder()) for builder in STATEMENTS.values()] + [latex(make()) for make in DERIVATIONS]
    body = "\n".join(rf"\[{text}\]" for text in texts)
    (tmp_path / "all.tex").write_text(DOCUMENT % body)
    run = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-draftmode", "all.tex"]
    found = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert found.returncode == 0, found.stdout[-2000:]


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
