"""Real text without a network: sentences from the docstrings of installed packages, one class per package.

Technical prose with near-deterministic jargon; real text, but not sentiment. It changes with the packages' versions, so
that it carries a hash of itself.
"""

import hashlib
import importlib
import inspect
import re
import types
import warnings
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

import numpy as np

from numerics.dynamics._validate import check_count
from numerics.dynamics.sentences import Sentences, make_sentences


def default_modules() -> dict[str, tuple[str, ...]]:
    """Modules whose public names are walked, for each of four packages that are dependencies anyway."""
    return {
        "numpy": ("numpy", "numpy.linalg", "numpy.random", "numpy.fft", "numpy.ma", "numpy.polynomial",
                  "numpy.testing"),
        "scipy": ("scipy.linalg", "scipy.stats", "scipy.signal", "scipy.optimize", "scipy.special", "scipy.sparse",
                  "scipy.interpolate", "scipy.ndimage", "scipy.spatial", "scipy.integrate"),
        "sympy": ("sympy", "sympy.core", "sympy.functions", "sympy.geometry", "sympy.combinatorics", "sympy.matrices",
                  "sympy.ntheory", "sympy.polys", "sympy.sets", "sympy.stats", "sympy.series", "sympy.solvers"),
        "torch": ("torch", "torch.nn", "torch.nn.functional", "torch.optim", "torch.distributions", "torch.utils.data",
                  "torch.autograd", "torch.linalg", "torch.fft", "torch.optim.lr_scheduler"),
    }  # fmt: skip


@dataclass(frozen=True)
class Corpus:
    """``texts``: sentences per class, sorted, without repeats; ``digest``: SHA-256 over classes and sentences."""

    classes: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    digest: str

    def sentences(self, per_class: int, *, rng: np.random.Generator | int) -> Sentences:
        """*per_class* sentences of each class, drawn without replacement, as bags over the words that occur."""
        generator = np.random.default_rng(rng)
        check_count("per_class", per_class, 1)
        drawn: list[list[str]] = []
        labels: list[int] = []
        for label, (name, texts) in enumerate(zip(self.classes, self.texts, strict=True)):
            if len(texts) < per_class:
                raise ValueError(f"class {name} has {len(texts)} sentences, {per_class} were asked for.")
            for row in np.sort(generator.choice(len(texts), size=per_class, replace=False)):
                drawn.append(texts[row].split())
                labels.append(label)
        vocabulary = sorted({word for words in drawn for word in words})
        number = {word: k for k, word in enumerate(vocabulary)}
        bags = [[number[word] for word in words] for words in drawn]
        return make_sentences(bags, labels, words=len(vocabulary), classes=len(self.classes), vocabulary=vocabulary)


def build_docstring_corpus(
    modules: Mapping[str, Sequence[str]] | None = None,
    *,
    lengths: tuple[int, int] = (5, 40),
    cache: MutableMapping[str, Corpus] | None = None,
) -> Corpus:
    """Sentences of the docstrings of the public names of *modules*: class name -> module names (four packages).

    A docstring is cut at its first section header and loses paragraphs with ``>>>``; sentences are lower-case
    alphabetic words, without the class names (they would give the label away), ``lengths[0]`` to ``lengths[1]`` of
    them, each sentence once. Objects that another package defines are left out. ``cache``: a mapping in which the
    result is looked up and kept. ValueError for fewer than two classes, a class without sentences or lengths out of
    order.
    """
    if not isinstance(lengths, tuple | list) or len(lengths) != 2:
        raise TypeError(f"lengths must be (least, most), got {lengths!r}.")
    shortest, longest = (check_count("lengths", length, 1) for length in lengths)
    if shortest > longest:
        raise ValueError(f"lengths must be (least, most), got {lengths!r}.")
    given = default_modules() if modules is None else modules
    if text := [parts for parts in given.values() if isinstance(parts, str)]:
        raise TypeError(f"modules must map a class to a sequence of module names, got the string {text[0]!r}.")
    walked = {name: tuple(parts) for name, parts in given.items()}
    if len(walked) < 2:
        raise ValueError(f"modules must name at least 2 classes, got {sorted(walked)}.")
    key = repr((sorted(walked.items()), lengths))
    if cache is not None and key in cache:
        return cache[key]
    texts: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for name in sorted(walked):
        found = {s for doc in _docstrings(name, walked[name]) for s in split_docstring(doc, lengths, frozenset(walked))}
        kept = tuple(sorted(found - seen))
        if not kept:
            raise ValueError(f"class {name} has no sentences in {', '.join(walked[name])}.")
        seen |= found
        texts.append(kept)
    classes = tuple(sorted(walked))
    digest = hashlib.sha256("\n".join((*classes, *(s for kept in texts for s in kept))).encode()).hexdigest()
    corpus = Corpus(classes, tuple(texts), digest)
    if cache is not None:
        cache[key] = corpus
    return corpus


def split_docstring(text: str, lengths: tuple[int, int], forbidden: frozenset[str]) -> Iterator[str]:
    """Sentences of one docstring as words joined by single spaces.

    >>> list(split_docstring("Return the sum, of all. No.", (2, 9), frozenset()))
    ['return the sum of all']
    """
    prose = re.split(r"\n[^\n]+\n\s*[-=~]{3,}\s*\n", inspect.cleandoc(text), maxsplit=1)[0]
    prose = re.split(
        r"\n\s*(?:Args|Arguments|Parameters|Returns|Raises|Examples?|Keyword args)\s*:", prose, maxsplit=1
    )[0]
    paragraphs = [part for part in re.split(r"\n\s*\n", prose) if ">>>" not in part]
    for paragraph in paragraphs:
        for sentence in re.split(r"(?<=[.!?:])\s+", paragraph.replace("\n", " ")):
            words = [w for w in re.findall(r"[a-z]+", sentence.lower()) if w not in forbidden]
            if lengths[0] <= len(words) <= lengths[1]:
                yield " ".join(words)


def _docstrings(package: str, modules: Sequence[str]) -> Iterator[str]:
    """Docstrings of modules, functions, classes and methods, in the order of their names."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # walking touches deprecated names
        for module_name in modules:
            module = importlib.import_module(module_name)
            for name in sorted(n for n in dir(module) if not n.startswith("_")):
                value = getattr(module, name, None)
                if isinstance(value, types.ModuleType) or not _belongs(value, package):
                    continue
                holders = [value]
                if inspect.isclass(value):
                    holders += [v for k, v in sorted(vars(value).items()) if not k.startswith("_") and callable(v)]
                for holder in holders:
                    text = getattr(holder, "__doc__", None)
                    if isinstance(text, str):
                        yield text


def _belongs(value: object, package: str) -> bool:
    home = getattr(value, "__module__", None)
    return callable(value) and (not isinstance(home, str) or home.split(".")[0].lstrip("_") == package)


def warm_up() -> None:
    """Import the modules that are walked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for modules in default_modules().values():
            for name in modules:
                importlib.import_module(name)
