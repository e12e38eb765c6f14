"""Symbols that modules share, with their assumptions; docs/notation.md lists them.

What one statement alone ranges over is an argument of it (``theory.<subject>.statements``), with assumptions of its own
and the letter of the notation; what one derivation alone needs is named in it.
"""

import sympy as sp

inputs = sp.Symbol("n", positive=True)  # number of inputs of a gate
threshold_exponent = sp.Function("tau", positive=True)  # tau(n, d) = log2 T(n; d); its growth is assumed
