"""Compiled inner loops of the simulator, over tables with one short row per word or per sentence.

A row ends with the mass, so that weighted sums and what they are divided by come out of one pass. Loops run over four
entries of a row at a time, which the compiler turns into one register.
"""

import math

import numpy as np
from numba import njit


@njit(cache=True)
def weigh_rows(rows, weights, table):  # type: ignore[no-untyped-def]
    """table[w] = weights[w] * (rows[w], 1)."""
    count, width = rows.shape
    for w in range(count):
        for c in range(width):
            table[w, c] = weights[w] * rows[w, c]
        table[w, width] = weights[w]


@njit(cache=True)
def sum_rows(members, offsets, table, sums):  # type: ignore[no-untyped-def]
    """sums[i] = sum of the rows of *table* that members[offsets[i]:offsets[i + 1]] names."""
    width = table.shape[1]
    whole = width - width % 4
    for i in range(len(offsets) - 1):
        for c in range(0, whole, 4):
            first = second = third = fourth = 0.0
            for k in range(offsets[i], offsets[i + 1]):
                row = np.uint64(members[k])  # unsigned: no test for a count from the end
                first += table[row, c]
                second += table[row, c + 1]
                third += table[row, c + 2]
                fourth += table[row, c + 3]
            sums[i, c], sums[i, c + 1], sums[i, c + 2], sums[i, c + 3] = first, second, third, fourth
        for c in range(whole, width):
            total = 0.0
            for k in range(offsets[i], offsets[i + 1]):
                total += table[np.uint64(members[k]), c]
            sums[i, c] = total


@njit(cache=True, error_model="numpy")
def average_rows(sums, means):  # type: ignore[no-untyped-def]
    """means[i] = sums[i] without its last entry, divided by it."""
    count, width = means.shape
    for i in range(count):
        inverse = 1.0 / sums[i, width]
        for c in range(width):
            means[i, c] = sums[i, c] * inverse


@njit(cache=True)
def lower_rows(logits, lowered):  # type: ignore[no-untyped-def]
    """lowered[i] = logits[i] minus its greatest entry."""
    count, classes = logits.shape
    for i in range(count):
        top = logits[i, 0]
        for c in range(1, classes):
            top = max(top, logits[i, c])
        for c in range(classes):
            lowered[i, c] = logits[i, c] - top


@njit(cache=True, error_model="numpy")
def classify_rows(powers, logits, labels, weights):  # type: ignore[no-untyped-def]
    """Weighted loss and weight of the rows read right; *powers* = e^(logits - greatest) becomes -d(loss)/d(logits)."""
    count, classes = powers.shape
    loss = right = 0.0
    for i in range(count):
        label, weight, total = labels[i], weights[i], 0.0
        for c in range(classes):
            total += powers[i, c]
        read = 0
        for c in range(1, classes):
            if logits[i, c] > logits[i, read]:
                read = c
        loss += weight * (math.log(total) - (logits[i, label] - logits[i, read]))
        if read == label:
            right += weight
        share = -weight / total
        for c in range(classes):
            powers[i, c] *= share
        powers[i, label] += weight
    return loss, right


@njit(cache=True, error_model="numpy")
def pull_rows(pull, means, sums, table):  # type: ignore[no-untyped-def]
    """table[i] = (pull[i], pull[i] . means[i]) / mass of sentence i."""
    count, width = means.shape
    for i in range(count):
        inverse, along = 1.0 / sums[i, width], 0.0
        for c in range(width):
            table[i, c] = pull[i, c] * inverse
            along += pull[i, c] * means[i, c]
        table[i, width] = along * inverse


@njit(cache=True)
def spread_rows(sums, rows, weights, push, rise):  # type: ignore[no-untyped-def]
    """Descent directions of each word's row and score from what its sentences pull."""
    count, width = rows.shape
    for w in range(count):
        along = 0.0
        for c in range(width):
            push[w, c] = sums[w, c] * weights[w]
            along += push[w, c] * rows[w, c]
        rise[w] = along - sums[w, width] * weights[w]
