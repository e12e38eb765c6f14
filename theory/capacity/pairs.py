"""Why pairs of gates number what they do: which of them compute one function, and how many are left."""

import sympy as sp

from theory.derivation import Identity, Induction, Nonnegative, Step

T = sp.Symbol("T", positive=True)  # number of gates
h = sp.Symbol("h", positive=True)  # of gates no two of which are each other's negation, T = 2h


def gate_pair_derivation() -> tuple[Step, ...]:
    """Pairs of T gates up to coincidences of their products: T**2/4 - T/2 + 2 (-1/+1), T(T+1)/2 (0/1), T**2 (OG1).

    A gate's values are (-1)**k. Gates come with their negations; let one more gate and its negation join 2h. The pairs
    in which they take part, the four among themselves left out, fall into fours: (f, g), (g, f), (-f, -g), (-g, -f);
    the four are 1 or -1, as others before. 0/1 gates join one by one: only (f, g) and (g, f) coincide. Never are there
    more than T**2, so that the exponents of f's and g's class add up to no less.
    """
    j, k = sp.symbols("j k", integer=True)
    first, second = (-1) ** j, (-1) ** k
    signed, plain = h**2 - h + 2, T * (T + 1) / 2
    at_least_two = {T: 2 + sp.Symbol("u", nonnegative=True)}
    in_gates = signed.subs(h, T / 2)
    return (
        Identity("(-f)(-g) = f g", (-1) ** (j + 1) * (-1) ** (k + 1), first * second, twin=-first * second),
        Identity("f f = 1", first**2, sp.Integer(1), twin=first),
        Identity("f (-f) = -1", first * (-1) ** (j + 1), sp.Integer(-1), twin=sp.Integer(1)),
        Identity("pairs with a new gate, by fours", ((2 * h + 2) ** 2 - (2 * h) ** 2 - 4) / 4, 2 * h, twin=2 * h + 1),
        Induction(
            "h**2 - h + 2 products of h gates and their negations",
            base=Identity("one gate: 1 and -1", signed.subs(h, 1), sp.Integer(2), twin=sp.Integer(4)),
            step=Identity("2h with a new gate", signed.subs(h, h + 1), signed + 2 * h, twin=signed + 4 * h),
        ),
        Identity("these are T**2/4 - T/2 + 2", in_gates, T**2 / 4 - T / 2 + 2, twin=T**2 / 4 - T / 2),
        Induction(
            "T(T+1)/2 pairs whose order does not matter",
            base=Identity("one gate: itself twice", plain.subs(T, 1), sp.Integer(1), twin=sp.Integer(0)),
            step=Identity("T + 1 with a new gate", plain.subs(T, T + 1), plain + T + 1, twin=plain + T),
        ),
        Nonnegative("-1/+1: no more than T**2", T**2 - in_gates, T**2 / 4 - in_gates, substitution=at_least_two),
        Nonnegative("0/1: no more than T**2", T**2 - plain, T**2 / 2 - plain, substitution=at_least_two),
    )


def attended_pair_derivation() -> tuple[Step, ...]:
    """Pairs of a gate F of (x, y) and a gate g of x that make one multiplexed unit: T(n) T(n+1)/2 (MX3).

    The unit sgn(S + a g(x)), S = w.x + b, is the gate sgn(S + a y) at y = g(x), so that every unit has a pair. (F, g)
    and (F with -y for y, -g) make one unit and are different pairs, as g is not -g. So each gate and its negation that
    join the gates g bring T(n+1) more, one for each F, here T'.
    """
    activation, a, y, g = sp.symbols("S a y g", real=True)
    larger = sp.Symbol("T'", positive=True)
    gate, pairs = activation + a * y, h * larger
    exchanged = gate.subs(y, -y)
    return (
        Identity("the unit is a gate of (x, g)", gate.subs(y, g), activation + a * g, twin=activation - a * g),
        Identity("y and g negated", exchanged.subs(y, -g), gate.subs(y, g), twin=gate.subs(y, -g)),
        Induction(
            "h T' pairs of h gates g and their negations",
            base=Identity("two gates g, pairs two by two", 2 * larger / 2, pairs.subs(h, 1), twin=pairs.subs(h, 2)),
            step=Identity("two gates more", pairs + 2 * larger / 2, pairs.subs(h, h + 1), twin=pairs.subs(h, h + 2)),
        ),
        Identity("these are T T'/2", pairs.subs(h, T / 2), T * larger / 2, twin=T * larger),
    )


def hidden_layer_derivation() -> tuple[Step, ...]:
    """Hidden maps, T**m of them, times labellings of the N <= 2**n points that one shows: 2 sum_{k<=m} C(N-1, k) (FF2).

    The labellings by a gate with m weights and a bias, D = m + 1, are at most r(N, D) with r(N+1, D) = r(N, D) +
    r(N, D-1): a further point's hyperplane is cut by the others into r(N, D-1) parts at most, and each part cuts a
    region in two. The sum obeys this, for each of its terms does so.
    """
    points, k, m = sp.symbols("N k m", positive=True, integer=True)
    term = sp.binomial(points, k)
    cut = sp.binomial(points - 1, k) + sp.binomial(points - 1, k - 1)
    return (
        Induction(
            "T**m hidden maps",
            base=Identity("one unit", (T**m).subs(m, 1), T, twin=T**2),
            step=Identity("one unit more", T**m * T, (T**m).subs(m, m + 1), twin=(T**m).subs(m, m + 2)),
        ),
        Induction(
            "r(N, D) = 2 sum_{k<D} C(N-1, k)",
            base=Identity("one point: 2 labellings", 2 * sp.binomial(0, 0), sp.Integer(2), twin=sp.Integer(1)),
            step=Identity("one point more, term by term", term, cut, twin=sp.binomial(points - 1, k)),
        ),
        Identity("D = m + 1: the bias", sp.Sum(1, (k, 0, m)).doit(), m + 1, twin=m),
    )
