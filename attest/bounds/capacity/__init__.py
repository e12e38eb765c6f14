"""Calculators of what ``theory.capacity`` derives, in files of the same names as its statements."""
