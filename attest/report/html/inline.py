"""Formulas inside a sentence: what is written ``T(n-1)^2 <= |C|`` becomes MathML, the words around it stay words."""

import re
from collections.abc import Iterator
from html import escape

GREEK = (
    {"alpha": "α", "beta": "β", "gamma": "γ", "Gamma": "Γ", "delta": "δ", "epsilon": "ε", "eps": "ε", "eta": "η"}
    | {"kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "phi": "φ", "Phi": "Φ", "pi": "π", "rho": "ρ", "sigma": "σ"}
    | {"tau": "τ", "theta": "θ", "Omega": "Ω", "omega": "ω"}
)
SIGNS = {"<=": "≤", ">=": "≥", "->": "→", "!=": "≠", "-": "−", "*": "·", "sum": "∑", "int": "∫"}
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+(?:\d+(?=\())?|<=|>=|->|!=|\S")
#: What makes a stretch without blanks a formula: scripts, relations, a function or product of single letters.
_FORMULA = re.compile(r"[\^_=<>|²·∑∫]|\b[^\W\d_]{1,3}\(|\)!|\d!|->|[^\W\d_]/[^\W\d_]|\)/|/\(")
JOINS = ("+", "-", "/", "<", ">", "=", "<=", ">=", "->", "!=", "*")
_OPEN, _CLOSE = "([{", ")]}"


def with_formulas(text: str) -> str:
    """*text* as HTML with its formulas as MathML; a formula whose brackets do not match stays as it is written."""
    return " ".join(
        (_mathml(formula) if formula else "") + escape(words, quote=False)
        for formula, words in _stretches(text.split(" "))
    )


def _stretches(words: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a formula and the words or the punctuation after it, one of them possibly empty."""
    at = 0
    while at < len(words):
        end = _end(words, at) if _begins(words, at) else at + 1
        stretch = " ".join(words[at:end])
        formula = stretch.rstrip(",:;.")
        known = formula in GREEK or ((end > at + 1 or _looks(stretch)) and _begins(words, at))
        if known and not _open_ends(formula) and not formula.endswith(JOINS):
            yield formula, stretch[len(formula) :]
        else:
            yield "", stretch
        at = end


def _begins(words: list[str], at: int) -> bool:
    """Whether a formula begins here: by its looks, or as what stands before an operator or a formula."""
    if _looks(words[at]):
        return True
    after = words[at + 1] if at + 1 < len(words) else ""
    if after in JOINS:
        return at + 2 < len(words) and re.fullmatch(rf"[(\[]?([^\W_]|\d+|{'|'.join(GREEK)})", words[at]) is not None
    return _looks(after) and re.fullmatch(r"\d+|log2?|ln|sgn", words[at]) is not None


def _end(words: list[str], at: int) -> int:
    """Where the formula that begins at *at* ends: brackets are closed, and operators have both sides."""
    end = at + 1
    while end < len(words):
        operand = words[end - 1] in JOINS or (end == at + 1 and not _looks(words[at]))  # of which one more belongs
        goes_on = operand or words[end] in JOINS or _open_ends(" ".join(words[at:end]))
        if not goes_on and (words[end - 1][-1] in ",:;." or not _looks(words[end])):
            break
        end += 1
    return end


def _looks(word: str) -> bool:
    return bool(_FORMULA.search(word))


def _open_ends(text: str) -> bool:
    return bool(sum(text.count(c) for c in _OPEN) - sum(text.count(c) for c in _CLOSE) or text.count("|") % 2)


def _mathml(formula: str) -> str:
    tokens = _TOKEN.findall(formula)
    parts: list[str] = []
    while tokens:
        parts.append(_scripted(tokens))
    return f'<math aria-label="{escape(formula)}">{"".join(parts)}</math>'


def _scripted(tokens: list[str]) -> str:
    """The next atom with its scripts, taken off *tokens*."""
    atom = _atom(tokens)
    below = above = ""
    while tokens and tokens[0] in ("_", "^") and len(tokens) > 1:
        mark = tokens.pop(0)
        signed = _atom(tokens) if tokens[0] in "+-" and len(tokens) > 1 else ""
        script = f"<mrow>{signed}{_atom(tokens, script=True)}</mrow>"
        below, above = (script, above) if mark == "_" else (below, script)
    if below and above:
        return f"<msubsup>{atom}{below}{above}</msubsup>"
    if below or above:
        return f"<msub>{atom}{below}</msub>" if below else f"<msup>{atom}{above}</msup>"
    return atom


def _atom(tokens: list[str], script: bool = False) -> str:
    token = tokens.pop(0)
    if token in _OPEN:
        inside: list[str] = []
        while tokens and tokens[0] not in _CLOSE:
            inside.append(_scripted(tokens))
        closing = tokens.pop(0) if tokens else ""
        if token == "{" and closing == "}" and (script or not inside):
            return f"<mrow>{''.join(inside)}</mrow>"
        return f"<mrow><mo>{token}</mo>{''.join(inside)}<mo>{closing}</mo></mrow>"
    if token == "sqrt" and tokens:
        return f"<msqrt>{_atom(tokens, script=True)}</msqrt>"
    if token[0].isdigit():
        product = '<mspace width="0.2em"></mspace>' if tokens and tokens[0][0].isdigit() else ""  # 2 4^n is not 24^n
        return f"<mn>{token}</mn>{product}"
    if token in GREEK:
        return f"<mi>{GREEK[token]}</mi>"
    if token in "/|":  # as close as they are written
        return f'<mo lspace="0" rspace="0">{token}</mo>'
    if token in SIGNS or not token[0].isalpha():
        return f"<mo>{escape(SIGNS.get(token, token), quote=False)}</mo>"
    return f"<mi>{token}</mi>" if len(token) == 1 else f"<mtext>{token}</mtext>"
