"""Source text of the helper functions that generated code carries along, for NumPy and for torch.

``xp`` stands for either library; what differs between them is under their own names. Helpers name the others they use,
so that a program carries no more than it needs.
"""

from collections.abc import Iterable

_SHARED = {
    "_log_wright_omega": '''
def _log_wright_omega(z):
    """log(w) where w + log(w) = z; z - w has the digits for z < 0, log(w) beyond."""
    w = _wright_omega(z)
    return xp.where(z < 0, z - w, xp.log(xp.where(z < 0, xp.ones_like(w), w)))
''',
    "_stirling_error": '''
def _stirling_error(m):
    """log(m!) - log(sqrt(2 pi m) (m/e)**m) for m >= 1."""
    small, r = xp.clip(m, 1, 16), 1 / xp.clip(m, 16, None)
    series = r * (1 / 12 - r**2 * (1 / 360 - r**2 * (1 / 1260 - r**2 * (1 / 1680 - r**2 / 1188))))
    direct = _lgamma(small + 1) - (small + 0.5) * xp.log(small) + small - 0.9189385332046727
    return xp.where(m < 16, direct, series)
''',
    "_log_binomial": '''
def _log_binomial(log_n, k):
    """log C(n, k) for whole n and k from log(n), by Loader's form: no term cancels another, n may exceed any float."""
    log_n, k = _array(log_n), _array(k)
    log_n, k = log_n + xp.zeros_like(k), k + xp.zeros_like(log_n)
    n = xp.exp(xp.clip(log_n, None, 700.0))
    n = xp.where(n < 2.0**43, xp.round(n), n)
    none = (k < 0) | (k > n * (1 + 1e-12))  # beyond 2**43 the rounding of n must not empty the last term
    edge = (k <= 0) | (k >= n)
    k = xp.where(edge, xp.ones_like(k), k)
    n = xp.where(edge, 2 * xp.ones_like(n), n)
    log_n = xp.where(edge, xp.log(n), xp.where(n < 2.0**43, xp.log(n), log_n))
    q = k * xp.exp(-log_n)
    rest = xp.where(q < 1e-17, 1 - q, -(1 - q) * xp.log1p(-q) / xp.where(q < 1e-17, xp.ones_like(q), q))
    value = k * (log_n - xp.log(k) + rest) - 0.5 * (xp.log(k) + xp.log1p(-q)) - 0.9189385332046727
    value = value + _stirling_error(n) - _stirling_error(k) - _stirling_error(n - k)
    return xp.where(none, xp.full_like(value, -math.inf), xp.where(edge, xp.zeros_like(value), value))
''',
    "_log_sum": '''
def _log_sum(log_term, low, high):
    """log of sum(exp(log_term(k))) for low <= k <= high, where the terms rise and then fall."""
    first, last = low, high
    while first < last:
        middle = (first + last) // 2
        pair = log_term(_array([middle, middle + 1]))
        first, last = (middle + 1, last) if bool(pair[1] > pair[0]) else (first, middle)
    top = log_term(_array([first]))[0]
    total = xp.exp(top - top)
    for step, end in ((1, high), (-1, low)):
        start, left = first + step, (end - first) * step
        while left > 0:
            size = min(left, 4096)
            terms = xp.exp(log_term(_array(range(start, start + step * size, step))) - top)
            total, start, left = total + terms.sum(), start + step * size, left - size
            if bool(terms[-1] * left <= 1e-18 * total):
                break
    return top + xp.log(total)
''',
    "_sum": '''
def _sum(term, low, high, like):
    """sum(term(k)) for low <= k <= high; 0 where there is none."""
    total = like
    for start in range(low, high + 1, 65536):
        k = _integers(start, min(start + 65536, high + 1), like)
        total = total + (term(k.reshape((-1,) + (1,) * like.ndim)) + like).sum(0)
    return total
''',
    "_log_integral": '''
def _log_integral(log_f, low, high, like):
    """log of the integral of exp(log_f) over (low, high) where log_f rises and then falls; ends may be infinite.

    The peak and the points where log_f has dropped by 60 are found in x = sinh(u); each side of the peak is then
    summed by the tanh-sinh rule, which resolves an edge at the peak whatever its width.
    """
    with _no_gradient():
        least = xp.arcsinh(_array(max(low, -1e30))) + like
        most = xp.arcsinh(_array(min(high, 1e30))) + like
        a, b = least, most
        for _ in range(150):
            third = (b - a) / 3
            rising = log_f(xp.sinh(a + third)) < log_f(xp.sinh(b - third))
            a, b = xp.where(rising, a + third, a), xp.where(rising, b, b - third)
        peak = (a + b) / 2
        height = log_f(xp.sinh(peak))
        ends = []
        for end in (least, most):
            inner, outer = peak, end
            for _ in range(100):
                middle = (inner + outer) / 2
                inside = log_f(xp.sinh(middle)) > height - 60
                inner, outer = xp.where(inside, middle, inner), xp.where(inside, outer, middle)
            ends.append(xp.sinh(outer))
        centre = xp.sinh(peak)
        t = (_integers(-160, 161, like) / 40).reshape((-1,) + (1,) * like.ndim)
        share = 1 / (1 + xp.exp(-3.141592653589793 * xp.sinh(t)))
        weight = 3.141592653589793 / 40 * xp.cosh(t) * share * (1 - share)
    total = 0
    for end in ends:
        total = total + abs(end - centre) * (weight * xp.exp(log_f(centre + (end - centre) * share) - height)).sum(0)
    return height + xp.log(total)
''',
    "_log_quadrature": '''
def _log_quadrature(log_f, low, high, like):
    """log of the integral of exp(log_f) over (low, high) by the tanh-sinh rule, for a smooth log_f."""
    t = (_integers(-160, 161, like) / 40).reshape((-1,) + (1,) * like.ndim)
    share = 1 / (1 + xp.exp(-3.141592653589793 * xp.sinh(t)))
    weight = 3.141592653589793 / 40 * xp.cosh(t) * share * (1 - share)
    value = log_f(low + (high - low) * share) + like
    top = xp.amax(_constant(value), 0)
    return top + xp.log((weight * xp.exp(value - top)).sum(0)) + xp.log(high - low + like)
''',
    "_root": '''
def _root(f, low, high, like):
    """Where the increasing f passes 0 between low and high: bisection to the last digit."""
    with _no_gradient():
        a, b = low + like, high + like
        for _ in range(120):
            middle = (a + b) / 2
            below = f(middle) < 0
            a, b = xp.where(below, middle, a), xp.where(below, b, middle)
    return _with_slope(f, (a + b) / 2)
''',
    "_lower_omega": '''
def _newton_lower_omega(y):
    """v >= 1 with v - log(v) = y >= 1: Newton from above, which never overshoots."""
    u = xp.clip(y - 1, 0, None)
    v = 1 + xp.sqrt(2 * u) + u
    for _ in range(8):
        v = xp.where(v > 1, v - (v - xp.log(v) - y) * v / xp.where(v > 1, v - 1, xp.ones_like(v)), v)
    return xp.where(y < 1 - 1e-12, xp.full_like(v, float("nan")), v)
''',
    "_round_count": '''
def _round_count(x):
    """A whole number computed by logarithms: exact again while rounding can restore it."""
    return xp.where(abs(x) < 2.0**40, xp.round(x), x)
''',
}

_NUMPY = {
    "_integers": """
def _integers(low, high, like):
    return np.arange(low, high, dtype=float)
""",
    "_array": """
def _array(x):
    return np.asarray(x, dtype=float)
""",
    "_finite": '''
def _finite(name, value):
    """*value*, unless it holds an infinity or a NaN: nothing leaves in silence."""
    if not np.all(np.isfinite(value)):
        raise OverflowError(f"{name}: the value is not a finite float for these arguments")
    return value
''',
    "_no_gradient": """
_no_gradient = contextlib.nullcontext
""",
    "_constant": """
def _constant(x):
    return x
""",
    "_with_slope": """
def _with_slope(f, root):
    return root
""",
    "_wright_omega": '''
def _wright_omega(z):
    """w > 0 with w + log(w) = z."""
    return scipy.special.wrightomega(z)
''',
    "_lower_omega": """
_lower_omega = _newton_lower_omega
""",
    "_lgamma": """
def _lgamma(x):
    return scipy.special.gammaln(x)
""",
    "_sigmoid": """
def _sigmoid(x):
    return scipy.special.expit(x)
""",
    "_log_normal_cdf": """
def _log_normal_cdf(x):
    return scipy.special.log_ndtr(x)
""",
}

_TORCH = {
    "_integers": """
def _integers(low, high, like):
    return torch.arange(low, high, dtype=torch.float64, device=like.device)
""",
    "_array": """
def _array(x):
    return torch.as_tensor(x, dtype=torch.float64)
""",
    "_finite": '''
def _finite(name, value):
    """*value*, unless it holds an infinity or a NaN: nothing leaves in silence."""
    if not bool(torch.isfinite(value).all()):
        raise OverflowError(f"{name}: the value is not a finite float for these arguments")
    return value
''',
    "_no_gradient": """
_no_gradient = torch.no_grad
""",
    "_constant": """
def _constant(x):
    return x.detach()
""",
    "_with_slope": '''
def _with_slope(f, root):
    """*root* with its derivative, by the implicit function theorem: one Newton step that moves nothing."""
    with torch.enable_grad():
        point = root.detach().requires_grad_()
        value = f(point)
        (slope,) = torch.autograd.grad(value.sum(), point, retain_graph=True)
    value = f(root.detach())
    return root.detach() - (value - value.detach()) / slope
''',
    "_wright_omega": '''
class _WrightOmega(torch.autograd.Function):
    """w > 0 with w + log(w) = z; its derivative is w/(1 + w), to any order."""

    @staticmethod
    def forward(ctx, z):
        u = torch.where(z > 1, torch.log(torch.clamp(z, min=1)), z)
        for _ in range(8):  # Newton for u + exp(u) = z from above, which never overshoots
            u = u - (u + torch.exp(u) - z) / (1 + torch.exp(u))
        w = torch.exp(u)
        ctx.save_for_backward(w)
        return w

    @staticmethod
    def backward(ctx, gradient):
        (w,) = ctx.saved_tensors
        return gradient * w / (1 + w)


_wright_omega = _WrightOmega.apply
''',
    "_lower_omega": '''
class _LowerOmega(torch.autograd.Function):
    """The same, with its derivative v/(v - 1)."""

    @staticmethod
    def forward(ctx, y):
        v = _newton_lower_omega(y)
        ctx.save_for_backward(v)
        return v

    @staticmethod
    def backward(ctx, gradient):
        (v,) = ctx.saved_tensors
        return gradient * v / (v - 1)


_lower_omega = _LowerOmega.apply
''',
    "_lgamma": """
def _lgamma(x):
    return torch.lgamma(x)
""",
    "_sigmoid": """
def _sigmoid(x):
    return torch.sigmoid(x)
""",
    "_log_normal_cdf": """
def _log_normal_cdf(x):
    return torch.special.log_ndtr(x)
""",
}


def helper_source(names: Iterable[str], library: str) -> str:
    """Text of the helpers *names* and of those they use, for "numpy" or "torch", in an order that runs."""
    short, own = ("np", _NUMPY) if library == "numpy" else ("torch", _TORCH)
    order: list[str] = []

    def add(name: str) -> None:
        text = _SHARED.get(name, "") + own.get(name, "")
        for other in (*_SHARED, *own):
            if other != name and other not in order and f"{other}(" in text:
                add(other)
        if name not in order:
            order.append(name)

    for name in names:
        add(name)
    parts = [part.strip() for name in order for part in (_SHARED.get(name, ""), own.get(name, "")) if part]
    return "\n\n\n".join(parts).replace("xp.", f"{short}.")
