"""Calculators of what ``theory.dynamics`` derives, in files of the same names as its statements."""
