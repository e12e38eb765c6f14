# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # How many functions does attention add?
#
# A threshold gate of $n$ inputs computes about $2^{n^2}$ functions; gating it by another doubles the exponent and the
# parameters alike (Baldi & Vershynin 2022). Asymptotics say nothing about $n \le 5$, so here everything is counted.

# %%
from itertools import pairwise
from math import log2

import matplotlib.pyplot as plt

from numerics import capacity as measured
from theory import capacity as derived

# %% [markdown]
# ## Capacity per parameter
# To leading order every unit holds $n$ bits per free parameter, whatever it is made of.

# %%
print(f"{'unit':<38}{'parameters':<20}{'capacity':<12}per parameter")
for row in derived.capacity_table(degree=2, units=4):
    print(f"{row.unit:<38}{row.parameters!s:<20}{row.capacity!s:<12}{row.per_parameter}")

# %% [markdown]
# ## The sandwich and what lies in it
# $T(n-1)^2 \le |\mathrm{class}| \le$ pairs of gates counted once, or all $2^{2^n}$ functions, whichever is fewer (up to
# $n = 4$ the latter). The interval holds the three classes drawn here and many more, so only exact counts tell
# conventions apart. Below it lie, at $n = 3$ and 4, one synapse gated by values 0/1, all synapses so gated where the
# inputs are ±1, and all synapses gated without any bias (SG2 to SG4). Values at $n = 5$ come from the slice route, in
# seconds.

# %%
sizes = range(2, 6)
classes = {
    "XNOR": [
        measured.count_gated(n, "output", gate="xnor", method="slices" if n == 5 else "auto").count for n in sizes
    ],
    "AND": [measured.count_gated(n, "output", gate="and", method="slices" if n == 5 else "auto").count for n in sizes],
    "one synapse": [measured.count_gated(n, "synaptic", method="slices" if n == 5 else "auto").count for n in sizes],
}
below = [
    ("synaptic", {"gate_values": "01", "inputs": "01"}),
    ("synaptic", {"gate_values": "01", "inputs": "pm1"}),
    ("all_synapses", {"gate_values": "01", "inputs": "pm1", "bias": "ungated"}),
    ("all_synapses", {"bias": "none"}),
]
bounds = [derived.output_gating_bounds(n) for n in sizes]
figure, axis = plt.subplots(figsize=(7, 4.5))
axis.fill_between(
    list(sizes),
    [log2(b.lower) / (2 * n * n) for n, b in zip(sizes, bounds, strict=True)],
    [log2(b.upper) / (2 * n * n) for n, b in zip(sizes, bounds, strict=True)],
    alpha=0.15,
    label="sandwich for XNOR",
)
for name, counts in classes.items():
    axis.plot(list(sizes), [log2(c) / (2 * n * n) for n, c in zip(sizes, counts, strict=True)], "o-", label=name)
axis.set(xlabel="inputs n", ylabel="log2 of the class over 2 n²", xticks=list(sizes))
axis.legend()

# %% [markdown]
# ## A quotient that falls although its limit is 1
# $T(n)$ over the region bound $B$ tends to 1 (Irmatov), and falls as far as anyone has counted. Extrapolating small $n$
# would refute a theorem.

# %%
quotients = [float(measured.region_quotient(n, measured.characteristic_polynomial(n))) for n in range(1, 8)]
figure, axis = plt.subplots(figsize=(7, 3.5))
axis.semilogy(range(1, 8), quotients, "o-")
axis.axhline(1, color="grey", linewidth=0.8)
axis.set(xlabel="inputs n", ylabel="T / B")

# %% [markdown]
# ## Gating saves depth
# Fewest hidden units of a depth-two network, from the exact classes of up to four inputs, beside whether one gate that
# multiplies another computes the function at once. Parity of $n$ inputs needs $n$ units, or $n$ multiplied gates.
# Integer programmes are the second witness: for parity of 4 they find weights of four hidden units, checked exactly;
# that three do not do is the enumeration's word, with which the programmes agree.

# %%
functions = {
    "XOR of 2": [x.bit_count() % 2 for x in range(4)],
    "parity of 3": [x.bit_count() % 2 for x in range(8)],
    "parity of 4": [x.bit_count() % 2 for x in range(16)],
    "dot product of 2 and 2": [((x & 1) & (x >> 1 & 1)) ^ ((x >> 2 & 1) & (x >> 3 & 1)) for x in range(16)],
    "product of two majorities": [int(((x & 7).bit_count() > 1) == ((x >> 1).bit_count() > 1)) for x in range(16)],
}
hidden = {name: measured.minimum_hidden_units(table) for name, table in functions.items()}
gated = {name: measured.find_circuit(table, "xnor").answer for name, table in functions.items()}
witness = measured.find_circuit(functions["parity of 4"], "threshold", 4)
print(f"{'function':<28}{'hidden units':<14}one product of two gates")
for name in functions:
    print(f"{name:<28}{hidden[name]:<14}{'yes' if gated[name] else 'no'}")

# %%
assert (hidden["XOR of 2"], hidden["parity of 3"], hidden["parity of 4"]) == (2, 3, 4)
assert witness.certified and len(witness.weights) == 4
assert gated["XOR of 2"]
assert gated["product of two majorities"]
assert not gated["parity of 3"]
assert all(b.lower <= c <= b.upper for b, c in zip(bounds, classes["XNOR"], strict=True))
for mechanism, values in below:
    assert all(measured.count_gated(n, mechanism, **values).count < derived.threshold_count(n - 1) ** 2 for n in (3, 4))
assert classes["XNOR"][:3] == [16, 254, 54310]  # up to n = 3 nearly all functions; 54310 of 65536 at n = 4
assert all(a > b for a, b in pairwise(quotients[1:]))
assert {str(row.per_parameter) for row in derived.capacity_table()} == {"n"}
