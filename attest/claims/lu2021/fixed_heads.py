"""Classifiers that several claims on the fixed linear head share, and the flow of one word under them."""

from math import sqrt

from numerics import dynamics as measured

WHERE = "Theorem 2 (fixed linear classifier)"
FLOW = "LSODA at relative tolerance 1e-11 in log time, over some thousand steps"


def simplex(classes, length=1.0):
    """Orthogonal columns of one length, moved by a vector common to all (which changes nothing)."""
    return [[length * (i == j) + 0.3 * i for j in range(classes)] for i in range(classes)]


def rank_four():
    """The 6 x 4 head of rank 4 for which a score falls for a while."""
    top = [[0.03, 0.04, -2.0, -0.01], [0.05, 0.0, 1.62, 0.45]]
    return top + [[1e-3 * (i == j) for j in range(4)] for i in range(4)]


def run_word(head, mass, coupling, start, times):
    """The flow of one topic word of class 0 from an embedding *start* times its class's ray."""
    matrix = rank_four() if head == "rank 4" else simplex(int(head))
    ray = None
    if start:
        classes = int(head)
        ray = [start * ((i == 0) - 1 / classes) * sqrt(classes / (classes - 1)) for i in range(classes)]
    frequency = 0.2 if head == "rank 4" else 0.25
    return measured.flow_topic_word(
        matrix, 0, mass=mass, frequency=frequency, coupling=coupling, times=times, embedding=ray
    )
