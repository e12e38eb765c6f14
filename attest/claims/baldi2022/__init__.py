"""Baldi and Vershynin (2022): kinds of attention, and how many functions they add; one file per subject."""
