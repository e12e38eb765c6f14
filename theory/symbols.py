"""Every symbol of the derived side with its assumptions, one section per subject; docs/notation.md in code form."""

import sympy as sp

# --- capacity -------------------------------------------------------------------------------------------------------

inputs = sp.Symbol("n", positive=True)  # number of inputs of a gate
threshold_exponent = sp.Function("tau", positive=True)  # tau(n, d) = log2 T(n; d); its growth is assumed

# --- gradients ------------------------------------------------------------------------------------------------------

eigenvalue = sp.Symbol("lambda")  # an eigenvalue of V; real or complex
decay = sp.Symbol("v", positive=True)  # V = -v I
growth = sp.Symbol("gamma", positive=True)  # gamma = lambda/(1 - lambda) for 0 < lambda < 1
final_time = sp.Symbol("T", positive=True)
time_lag = sp.Symbol("k", positive=True)

# --- dynamics -------------------------------------------------------------------------------------------------------

# --- sparsity -------------------------------------------------------------------------------------------------------

__all__ = ["sp"]
