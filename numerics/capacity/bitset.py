"""Classes of gated functions of five variables as one set of 2**32 bits (512 MiB): the first of two routes at n = 5."""

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from numerics.capacity.bitset_orbits import by_ones, classes_that_meet
from numerics.capacity.closure import gate_readings
from numerics.capacity.weights import multiplexed_class_slices, threshold_tables

Words = NDArray[np.uint64]
N = 5
WORDS = 2**26


def gated_by_ones(mechanism: str, gate_values: str, inputs: str, bias: str, synapses: int = 1) -> NDArray[np.int64]:
    """Members of the class of five inputs by number of ones; arguments as in ``count_gated``."""
    if mechanism == "multiplexing":
        return by_ones(classes_that_meet(multiplexed_set()))
    return ones(gated_set(mechanism, gate_values, inputs, bias, synapses))


def gated_set(mechanism: str, gate_values: str, inputs: str, bias: str, synapses: int = 1) -> Words:
    """The class itself: bit h of the set says whether table h belongs to it."""
    low, high, gates = gate_readings(N, mechanism, gate_values, inputs, bias, synapses)
    pairs = np.unique(np.stack([low, high], axis=1), axis=0).astype(np.uint64)
    bits = np.zeros(WORDS, dtype=np.uint64)
    if mechanism == "output" and gate_values == "01":
        mark_products(bits, gates.astype(np.uint64))
        return bits
    pairs = pairs[pairs[:, 0] & np.uint64(1) == 0]  # negating all weights negates the function: done at the end
    product_of_signs = (bias in ("gated", "none", "gate_only") and mechanism == "all_synapses") or mechanism == "output"
    kept = gates[gates & 1 == 0] if product_of_signs else gates  # there, negating the gate negates the function too
    mark_choices(bits, pairs, kept.astype(np.uint64))
    add_complements(bits)
    return bits


def two_gate_sizes() -> dict[str, int]:
    """Sizes at n = 5 of AND, XNOR, and their intersections and unions with OR, two bitsets (1 GiB) at a time."""
    conjunctions = gated_set("output", "01", "pm1", "ungated")
    products = gated_set("output", "pm1", "pm1", "ungated")
    both, either, both_xnor, either_xnor = intersections(conjunctions, products)
    single, xnor = int(ones(conjunctions).sum()), int(ones(products).sum())
    return {
        "and": single,
        "xnor": xnor,
        "and & or": both,
        "and | or": either,
        "and & xnor": both_xnor,
        "(and | or) & xnor": either_xnor,
        "and | or | xnor": either + xnor - either_xnor,
    }


def multiplexed_set() -> Words:
    """At least one multiplexed function of every class under the symmetries of the cube."""
    bits = np.zeros(WORDS, dtype=np.uint64)
    pairs = np.stack(multiplexed_class_slices(N), axis=1).astype(np.uint64)
    mark_choices(bits, pairs, threshold_tables(N).astype(np.uint64))
    return bits


@njit(cache=True)
def mark_choices(bits, pairs, gates):  # type: ignore[no-untyped-def]
    """Set bit low ^ (gate & (low ^ high)) for every pair and gate."""
    one, low_six, six = uint64(1), uint64(63), uint64(6)
    for i in range(pairs.shape[0]):
        low = pairs[i, 0]
        difference = low ^ pairs[i, 1]
        for gate in gates:
            h = low ^ (gate & difference)
            bits[h >> six] |= one << (h & low_six)


@njit(cache=True)
def mark_products(bits, tables):  # type: ignore[no-untyped-def]
    """Set bit f & g for every unordered pair."""
    one, low_six, six = uint64(1), uint64(63), uint64(6)
    for i in range(tables.shape[0]):
        f = tables[i]
        for j in range(i + 1):
            h = f & tables[j]
            bits[h >> six] |= one << (h & low_six)


@njit(cache=True)
def reversed_word(word):  # type: ignore[no-untyped-def]
    """The 64 bits in reverse order."""
    for shift, mask in (
        (uint64(1), uint64(0x5555555555555555)),
        (uint64(2), uint64(0x3333333333333333)),
        (uint64(4), uint64(0x0F0F0F0F0F0F0F0F)),
        (uint64(8), uint64(0x00FF00FF00FF00FF)),
        (uint64(16), uint64(0x0000FFFF0000FFFF)),
    ):
        word = ((word >> shift) & mask) | ((word & mask) << shift)
    return (word >> uint64(32)) | (word << uint64(32))


@njit(cache=True)
def add_complements(bits):  # type: ignore[no-untyped-def]
    """Add the complement of every member: bit h also sets bit 2**32 - 1 - h."""
    last = bits.shape[0] - 1
    for i in range(bits.shape[0] // 2):
        a, b = bits[i], bits[last - i]
        bits[i] = a | reversed_word(b)
        bits[last - i] = b | reversed_word(a)


@njit(cache=True)
def popcount(word):  # type: ignore[no-untyped-def]
    """Number of set bits."""
    word = word - ((word >> uint64(1)) & uint64(0x5555555555555555))
    word = (word & uint64(0x3333333333333333)) + ((word >> uint64(2)) & uint64(0x3333333333333333))
    word = (word + (word >> uint64(4))) & uint64(0x0F0F0F0F0F0F0F0F)
    return (word * uint64(0x0101010101010101)) >> uint64(56)


@njit(cache=True)
def _ones(bits, masks, totals):  # type: ignore[no-untyped-def]
    for i in range(bits.shape[0]):
        if bits[i]:
            high = popcount(uint64(i))
            for k in range(7):
                totals[high + uint64(k)] += popcount(bits[i] & masks[k])


def ones(bits: Words) -> NDArray[np.int64]:
    """Members by number of ones in their table."""
    masks = np.array([sum(1 << b for b in range(64) if b.bit_count() == k) for k in range(7)], dtype=np.uint64)
    totals = np.zeros(2**N + 1, dtype=np.int64)
    _ones(bits, masks, totals)
    return totals


@njit(cache=True)
def _intersections(conjunctions, products, totals):  # type: ignore[no-untyped-def]
    last = conjunctions.shape[0] - 1
    for i in range(conjunctions.shape[0]):
        a, x = conjunctions[i], products[i]
        o = reversed_word(conjunctions[last - i])  # disjunctions are the complements of conjunctions
        totals[0] += popcount(a & o)
        totals[1] += popcount(a | o)
        totals[2] += popcount(a & x)
        totals[3] += popcount((a | o) & x)


def intersections(conjunctions: Words, products: Words) -> tuple[int, ...]:
    """Sizes of and & or, and | or, and & xnor, (and | or) & xnor."""
    totals = np.zeros(4, dtype=np.int64)
    _intersections(conjunctions, products, totals)
    return tuple(int(v) for v in totals)


@njit(cache=True)
def _mark_pairs(bits, tables, conjunction):  # type: ignore[no-untyped-def]
    """Set bit (h1 << 16 | h2) for every map (f1 op g, f2 op g) of four variables."""
    one, low_six, six, sixteen, mask = uint64(1), uint64(63), uint64(6), uint64(16), uint64(65535)
    attended = np.empty(tables.shape[0], dtype=np.uint64)
    for g in tables:
        for i in range(tables.shape[0]):
            attended[i] = (tables[i] & g) if conjunction else (tables[i] ^ g ^ mask)
        for first in attended:
            for second in attended:
                h = (first << sixteen) | second
                bits[h >> six] |= one << (h & low_six)


def shared_gate_maps_of_four(operation: str) -> int:
    """Number of maps (f1 op g, f2 op g) of four inputs, op "xnor" or "and": all triples of gates."""
    bits = np.zeros(WORDS, dtype=np.uint64)
    _mark_pairs(bits, threshold_tables(4).astype(np.uint64), operation == "and")
    return int(ones(bits).sum())


def two_gates_by_ones(operation: str) -> NDArray[np.int64]:
    """Functions of five inputs that two gates compute, by number of ones; *operation* as in ``count_networks``."""
    if operation in ("xnor", "and"):
        return ones(gated_set("output", "pm1" if operation == "xnor" else "01", "pm1", "ungated"))
    bits = gated_set("output", "01", "pm1", "ungated")
    if operation == "or":
        return ones(bits)[::-1]
    add_complements(bits)
    if operation == "any":
        bits |= gated_set("output", "pm1", "pm1", "ungated")
    return ones(bits)
