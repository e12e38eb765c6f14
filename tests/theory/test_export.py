"""Generated code runs by itself, loses neither digits nor warnings in silence, and says where it comes from."""

import json
import math
import re
import subprocess
import sys
from fractions import Fraction
from xml.etree import ElementTree

import numpy as np
import pytest
import scipy.special
import sympy as sp
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from theory import capacity, dynamics, gradients, sparsity
from theory.capacity import statements as capacity_statements
from theory.derivation import Identity
from theory.dynamics import statements as dynamics_statements
from theory.export import Argument, Recurrence, Statement, enclosure, export, latex, mathml, numpy_source, torch_source
from theory.export.printer import ExportError
from theory.gradients import statements as gradients_statements
from theory.sparsity import statements as sparsity_statements

MODULES = (capacity_statements, gradients_statements, dynamics_statements, sparsity_statements)
STATEMENTS = {name: builder for module in MODULES for name, builder in module.BUILDERS.items()}
EPS = 2.0**-52
x, y = sp.symbols("x y", real=True)
p = sp.Symbol("p", positive=True)
m = sp.Symbol("m", positive=True, integer=True)


def statement(result, *symbols, name="f", **more):
    """A formula in the given symbols as a statement; integer symbols become integer arguments."""
    arguments = tuple(
        Argument(str(s), s, "argument", "integer" if s.is_integer else "real", low=0 if s.is_nonnegative else -sp.oo)
        for s in symbols
    )
    return Statement(name, "A formula.", arguments, result, more.pop("kind", "exact"), "A paper", "Theorem 0", **more)


def compiled(made, library):
    space = {}
    exec(numpy_source(made) if library == "numpy" else torch_source(made), space)
    return space[made.name]


both = pytest.mark.parametrize("library", ["numpy", "torch"])


# --- the traps -------------------------------------------------------------------------------------------------------


@both
def test_log_binomial_is_finite_where_the_binomial_is_not(library):
    f = compiled(statement(sp.log(sp.binomial(m, 10)) / sp.log(2), m), library)
    for size in (10, 171, 10**4, 10**15):
        exact = sp.N(sp.log(sp.binomial(size, 10), 2), 30)
        assert float(f(size)) == pytest.approx(float(exact), rel=8 * EPS, abs=0)  # a few roundings, nothing cancels


@both
def test_constants_are_frozen_decimal_literals(library):
    made = statement(sp.sqrt(2) * x + sp.log(2) + sp.pi / 3, x)
    assert float(compiled(made, library)(1.0)) == pytest.approx(math.sqrt(2) + math.log(2) + math.pi / 3, rel=4 * EPS)
    code = export(made, library)
    assert "1.4142135623730951" in code and "sqrt(2" not in code and "log(2" not in code


@both
def test_maximum_with_a_number_works_on_scalars_and_arrays(library):
    f = compiled(statement(sp.Max(1, x), x), library)
    assert f(np.array([0.5, 2.0]) if library == "numpy" else torch.tensor([0.5, 2.0])).tolist() == [1.0, 2.0]
    assert float(f(0.5)) == 1.0


@both
def test_the_larger_of_two_products_that_sympy_cannot_compare_is_found_in_floats(library):
    k = sp.Symbol("k", positive=True, integer=True)
    products = (sp.log(sp.Product(k + 1, (k, 1, m))), sp.log(sp.Product(9 * k, (k, 1, m - 1))))
    f = compiled(statement(sp.Max(*products, evaluate=False), m), library)
    exact = [math.log(max(math.factorial(n + 1), 9 ** (n - 1) * math.factorial(n - 1))) for n in (1, 2, 6)]
    assert [float(f(n)) for n in (1, 2, 6)] == pytest.approx(exact, rel=8 * EPS)


@both
def test_a_rounded_logarithm_may_end_a_product(library):
    k = sp.Symbol("k", positive=True, integer=True)
    last = sp.floor(sp.log(m + sp.Rational(1, 2)) / sp.log(2))
    f = compiled(statement(sp.log(sp.Product(k + 1, (k, 1, last))), m), library)
    exact = [math.log(math.factorial(n.bit_length())) for n in (1, 7, 8, 1000)]
    assert [float(f(n)) for n in (1, 7, 8, 1000)] == pytest.approx(exact, rel=8 * EPS)


@both
def test_lambert_w_of_a_huge_exponential_is_finite(library):
    f = compiled(statement(sp.LambertW(p * sp.exp(x)), x, p), library)
    exact = scipy.special.wrightomega(5000 + math.log(3))
    assert float(f(5000.0, 3.0)) == pytest.approx(exact, rel=4 * EPS)


@both
def test_lower_branch_survives_an_underflowing_argument(library):
    f = compiled(statement(-sp.LambertW(-sp.exp(-p), -1), p), library)
    for value in (1.0, 1.25, 2.0, 700.0, 1e6):
        v = float(f(value))
        assert v >= 1 and v - math.log(v) == pytest.approx(value, rel=8 * EPS)


@both
def test_an_overflow_is_an_error_never_an_infinity(library):
    with pytest.raises(OverflowError, match="f: the value is not a finite float"):
        compiled(statement(sp.exp(x), x), library)(1000.0)
    with pytest.raises(OverflowError):
        compiled(statement(sp.log(x), x), library)(-1.0)


def test_torch_code_does_not_pass_python_floats_through_single_precision():
    assert float(compiled(statement(3 * x, x), "torch")(0.1)) == 3 * 0.1


@both
def test_a_difference_of_exponentials_keeps_its_digits(library):
    f = compiled(statement(sp.exp(x) - sp.exp(y), x, y), library)
    assert float(f(1e-20, 0.0)) == pytest.approx(1e-20, rel=4 * EPS, abs=0)


@both
def test_a_share_of_two_exponentials_neither_overflows_nor_divides_infinities(library):
    f = compiled(statement(sp.exp(x) / (sp.exp(x) + p), x, p), library)
    assert float(f(2000.0, 3.0)) == 1.0
    assert float(f(0.0, 3.0)) == 0.25


@both
def test_gamma_ratios_of_large_arguments_are_finite(library):
    f = compiled(statement(sp.gamma(p + sp.Rational(1, 2)) / sp.gamma(p), p), library)
    assert float(f(1e4)) == pytest.approx(100 * (1 - 1 / 8e4), rel=1e-9)  # first terms of the asymptotic series


def test_what_has_no_code_is_refused_by_name():
    with pytest.raises(ExportError, match="no zeta, met in zeta"):
        numpy_source(statement(sp.zeta(x), x))
    with pytest.raises(ExportError, match="is no finite real float"):
        numpy_source(statement(x * sp.I, x))


def test_a_program_is_refused_for_a_symbol_that_is_no_argument():
    with pytest.raises(ValueError, match="which are not among its arguments"):
        statement(x + y, x)


# --- torch -----------------------------------------------------------------------------------------------------------


def test_wright_omega_has_its_derivative_to_second_order():
    f = compiled(statement(sp.LambertW(sp.exp(x)), x), "torch")
    z = torch.tensor([-800.0, -5.0, 0.0, 1.0, 3.0, 1e5], dtype=torch.float64, requires_grad=True)
    w = f(z)
    (first,) = torch.autograd.grad(w.sum(), z, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), z)
    expected = scipy.special.wrightomega(z.detach().numpy())
    assert w.tolist() == pytest.approx(expected.tolist(), rel=16 * EPS)
    assert first.tolist() == pytest.approx((expected / (1 + expected)).tolist(), rel=16 * EPS)
    assert second.tolist() == pytest.approx((expected / (1 + expected) ** 3).tolist(), rel=16 * EPS)


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("sen_norm", (2.0, 20.0, 1.5, 0.1, 0.2, 2.0)),
        ("sen_score", (2.5, 20.0, 1.5, 0.1, 0.2, 2.0)),
        ("attention_weight", (1.0, 20.0, 2.0)),
    ],
)
def test_torch_gradients_agree_with_finite_differences(name, point):
    f = compiled(STATEMENTS[name](), "torch")
    tensors = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in point]
    assert torch.autograd.gradcheck(f, tensors)


def test_an_integral_is_differentiable_in_its_parameter():
    f = compiled(STATEMENTS["null_probability"](), "torch")
    ratio = torch.tensor([0.3, 1.0, 4.0], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda r: f(5, r), (ratio,))
    assert torch.autograd.gradcheck(lambda r: f(5, r, 7), (ratio,))


# --- every statement -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_prints_in_every_format(name):
    made = STATEMENTS[name]()
    text = latex(made)
    assert text.count("{") == text.count("}") and text.count(r"\left") == text.count(r"\right")
    assert name.replace("_", r"\_") in text
    root = ElementTree.fromstring(mathml(made))
    assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
    data = json.loads(export(made, "json"))
    assert data["name"] == name and data["paper"] and data["where"] and data["kind"] == made.kind
    for library in ("numpy", "torch"):
        code = export(made, library)
        assert code.startswith(f"# {name}: {made.paper}, {made.where}\n")
        assert "import attest" not in code and "import theory" not in code and "sympy" not in code


def test_expressions_survive_json():
    made = STATEMENTS["sen_norm"]()
    data = json.loads(export(made, "json"))
    assert sp.sympify(data["expression"]["sympy"]) == made.result


def test_generated_code_runs_in_a_bare_interpreter():
    code = numpy_source(STATEMENTS["sen_norm"]()) + "\nimport sys\n"
    code += "print(sen_norm(0.0, 20.0), any(m.split('.')[0] in ('theory', 'attest', 'sympy') for m in sys.modules))"
    found = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["0.0", "False"]


def test_derivations_print_and_have_no_program():
    steps = (Identity("square", (x + 1) ** 2, x**2 + 2 * x + 1, x**2),)
    assert re.search(r"\\left\(x \+ 1\\right\)\^\{2\} = x\^\{2\}", latex(steps))
    ElementTree.fromstring(mathml(steps))
    assert json.loads(export(steps, "json"))["derivation"][0]["name"] == "square"
    with pytest.raises(ValueError, match="a derivation has no numpy form"):
        export(steps, "numpy")
    with pytest.raises(ValueError, match="to must be one of latex, mathml, json, numpy, torch, got 'pdf'"):
        export(steps, "pdf")


# --- statements written in symbols against the functions they restate -------------------------------------------------


@settings(max_examples=25)
@given(
    t=st.integers(1, 6),
    lag=st.integers(0, 8),
    eigenvalue=st.fractions(min_value=-2, max_value=2, max_denominator=9),
)
def test_the_gain_loop_restates_the_theorem(t, lag, eigenvalue):
    made = STATEMENTS["uniform_attention_gain"]()
    T_, t_, lam = (a.symbol for a in made.arguments)
    assert made.result.value({T_: t + lag, t_: t, lam: eigenvalue}) == sp.Rational(
        *gradients.uniform_attention_gain(t + lag, t, eigenvalue).as_integer_ratio()
    )


def value_of(name, *values):
    """The rigorous value of a statement at arguments in order, as a float."""
    made = STATEMENTS[name]()
    return float(enclosure(made, dict(zip((a.name for a in made.arguments), values, strict=True))))


fractions = st.fractions(min_value=Fraction(1, 50), max_value=Fraction(49, 50), max_denominator=50)


@settings(max_examples=25)
@given(t=st.integers(1, 6), lag=st.integers(0, 12), eigenvalue=fractions)
def test_the_gradient_bounds_restate_the_theorems(t, lag, eigenvalue):
    T = t + lag
    sandwich = gradients.sandwich(T, t, eigenvalue)
    expected = {
        "gain_lower_bound": sandwich.lower,
        "gain_upper_bound": sandwich.upper,
        "memorable_lower_bound": gradients.memorable_lower_bound(T, t, eigenvalue),
        "baseline_gain": gradients.baseline_gain(T, t, eigenvalue),
    }
    for name, exact in expected.items():
        assert value_of(name, T, t, eigenvalue) == float(exact)
    growth = gradients.frozen_growth_bound(eigenvalue, T, t).value
    assert value_of("frozen_growth_bound", eigenvalue, T, t) == float(growth)
    lag_of_crossover = gradients.crossover_lag(eigenvalue, t + 1)
    assert value_of("crossover_lag", eigenvalue, t + 1) == float(sp.N(lag_of_crossover, 30))
    sparse = gradients.sparse_attention_lower_bound(t, lag + 1, eigenvalue)
    assert value_of("sparse_attention_lower_bound", t, lag + 1, eigenvalue) == float(sparse)


def test_other_gradient_statements_restate_their_functions():
    for size in (1, 2, 7, 20):
        assert value_of("laguerre_gain", size) == float(gradients.laguerre_gain(size))
        assert value_of("initial_relevance", size) == float(gradients.initial_relevance(size))
        low, high = gradients.score_weight_range(Fraction(1, 3), size)
        assert value_of("softmax_weight_lower_bound", Fraction(1, 3), size) == float(sp.N(low, 30))
        assert value_of("softmax_weight_upper_bound", Fraction(1, 3), size) == float(sp.N(high, 30))
        bound = gradients.negative_identity_upper_bound(size, Fraction(1, 3))
        assert value_of("negative_identity_upper_bound", size, Fraction(1, 3)) == float(sp.N(bound, 30))


def test_capacity_statements_restate_their_functions():
    for n in range(1, 7):
        assert value_of("log2_extension_lower_bound", n) == math.log2(capacity.extension_lower_bound(n, start=0))
        assert value_of("parameter_count", n, 2) == capacity.parameter_count(n, 2)
        bits = (value_of("log2_output_gating_lower_bound", n), value_of("log2_output_gating_upper_bound", n))
        # the function knows T(n) for n <= 6, the statement only its bounds: so it is the looser of the two
        derived = capacity.output_gating_bounds(n)
        assert bits[0] <= math.log2(derived.lower) + 1e-9 and math.log2(derived.upper) <= bits[1] + 1e-9
        assert value_of("leading_exponent", n, 3) == float(capacity.leading_exponent(3, sp.Integer(n)))
    assert value_of("zuev_exponent", 30000) == float(sp.N(capacity.zuev_exponent(30000), 30))


def test_sparsity_statements_restate_their_functions():
    third = Fraction(1, 3)
    for n in (1, 2, 5, 12):
        assert value_of("causal_null_rate", n) == float(sparsity.causal_null_rate(n))
        moments = sp.N(sparsity.output_mean_square(n, third, 2, -third), 30)
        assert value_of("output_mean_square", n, third, 2, -third) == float(moments)
        for dim in (1, 3, 7):
            assert value_of("support_pattern_count", n, dim) == sparsity.support_pattern_count(n, dim)
            assert value_of("null_query_probability", n, dim) == float(sparsity.null_query_probability(n, dim))
        gain = sp.N(sparsity.rectified_edge_gain(n, Fraction(1, 4)), 30)
        assert value_of("rectified_edge_gain", n, Fraction(1, 4)) == float(gain)
    assert value_of("score_gradient_mean_square", 10, 8, third) == float(
        sparsity.score_gradient_mean_square(10, 8, third)
    )
    assert value_of("score_gradient_limit", 8, third) == float(sp.N(sparsity.score_gradient_limit(8, third), 30))


def test_an_unknown_statement_is_answered_with_close_matches():
    with pytest.raises(ValueError, match=r"no statement is called 'sen_nrom'; did you mean sen_norm"):
        dynamics_statements.statement("sen_nrom")


@pytest.mark.parametrize("n", range(6))
def test_the_region_sum_restates_the_bound(n):
    for degree in range(max(n, 1) + 1):
        ball = enclosure(STATEMENTS["region_bound"](), {"n": n, "degree": degree})
        assert ball.unique_fmpz() == capacity.region_bound(n, degree)


def test_the_dichotomy_sum_restates_covers_count():
    for size in range(1, 9):
        for d in range(1, 10):
            ball = enclosure(STATEMENTS["dichotomy_count"](), {"m": size, "d": d})
            assert ball.unique_fmpz() == capacity.dichotomy_count(size, d)


@pytest.mark.parametrize("n", [1, 3, 6])
@pytest.mark.parametrize("ratio", [Fraction(0), Fraction(1, 2), Fraction(1), Fraction(3)])
@pytest.mark.parametrize("dim", [1, 2, 3, 5, sp.oo])
def test_the_null_integral_restates_the_support_law(n, ratio, dim):
    exact = sparsity.null_probability(n, ratio, dim)
    value = exact if isinstance(exact, Fraction) else sp.N(exact, 25)
    ball = enclosure(STATEMENTS["null_probability"](), {"n_keys": n, "shared_mean_ratio": ratio, "dim": dim})
    assert abs(float(ball.mid()) - float(value)) < 4 * EPS  # both are correct to float rounding


def test_the_sen_statements_are_the_theory_functions_at_symbols():
    made = STATEMENTS["sen_score"]()
    assert made.result == dynamics.sen_score(*(a.symbol for a in made.arguments))


# --- the enclosure ---------------------------------------------------------------------------------------------------


def test_an_enclosure_is_narrower_than_asked_and_holds_the_value():
    ball = enclosure(statement(sp.exp(x) - sp.exp(y), x, y), {"x": Fraction(1, 10**20), "y": 0}, digits=30)
    assert ball.rel_accuracy_bits() > 99
    assert float(ball) == 1e-20


def test_an_enclosure_refuses_what_it_cannot_bound():
    with pytest.raises(ValueError, match="no ball arithmetic for zeta"):
        enclosure(statement(sp.zeta(x), x), {"x": 2})
    g = sp.Symbol("g", real=True)
    with pytest.raises(ValueError, match="must carry a normal density"):
        enclosure(statement(sp.Integral(sp.exp(-(g**4) * p), (g, -sp.oo, sp.oo)), p), {"p": 1})


# --- construction ----------------------------------------------------------------------------------------------------


def test_declarations_are_checked():
    with pytest.raises(ValueError, match="kind must be one of exact, lower, upper, asymptotic, got 'sharp'"):
        statement(x, x, kind="sharp")
    with pytest.raises(ValueError, match="name must be a Python identifier, got 'lambda'"):
        Argument("lambda", x, "eigenvalue")
    k, s = sp.symbols("k s")
    with pytest.raises(ValueError, match="updates must concern the state"):
        Recurrence(k, sp.Integer(0), m, ((s, sp.Integer(0)),), ((x, s),), s)
