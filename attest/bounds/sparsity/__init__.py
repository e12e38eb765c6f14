"""Calculators of what ``theory.sparsity`` derives, in files of the same names as its statements."""
