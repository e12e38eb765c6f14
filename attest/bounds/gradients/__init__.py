"""Calculators of what ``theory.gradients`` derives, in files of the same names as its statements."""
