"""Full dates of the Unicode CLDR in several locales, with gold links by field; real words, no network.

The pattern of a locale names its fields (weekday, day, month, year); the words that a field becomes are linked to the
words of the same field in English. Literal words of a pattern (Spanish *de*, Japanese 年) have no counterpart.
"""

import datetime
import re

import numpy as np
from babel import Locale
from babel.dates import DateTimeFormat, get_date_format, tokenize_pattern

from numerics.sparsity._validate import whole_number
from numerics.sparsity.sentences import Corpus, SentencePair, split_pairs

#: Spanish and Portuguese keep most of the order; Hungarian, Japanese, Lithuanian and Basque begin with the year.
LOCALES = ("es", "hu", "pt", "ja", "lt", "eu")
_FIELDS = {"E": "weekday", "c": "weekday", "d": "day", "M": "month", "L": "month", "y": "year"}


def date_words(day: datetime.date, locale: str) -> list[tuple[str, str | None]]:
    """(word, field or None) of the full date in *locale*: the field is None for literal words and punctuation.

    Raises ValueError on a pattern with a field other than weekday, day, month and year.
    """
    parsed = Locale.parse(locale)
    words: list[tuple[str, str | None]] = []
    formatted = DateTimeFormat(day, parsed)
    for kind, value in tokenize_pattern(get_date_format("full", parsed).pattern):
        if kind == "chars":
            words += [(w, None) for w in re.findall(r"\w+|[^\w\s]", str(value))]
            continue
        letter, width = value
        if letter == "G":  # an era in front of the year is a literal of the locale
            continue
        if letter not in _FIELDS:
            raise ValueError(f"locale must have weekday, day, month and year only; {locale!r} has the field {letter!r}")
        text = formatted[letter * int(width)]
        words += [(w, _FIELDS[letter]) for w in re.findall(r"\w+|[^\w\s]", text)]
    return words


def draw_date_corpus(
    *, pairs: int = 4000, test: int = 300, locales: tuple[str, ...] = LOCALES, rng: np.random.Generator | int = 0
) -> Corpus:
    """English full dates of 1950-2049, each with a tag naming the target locale, and their translations."""
    generator = np.random.default_rng(rng)
    first = datetime.date(1950, 1, 1)
    found = []
    for _ in range(whole_number("pairs", pairs, 2)):
        day = first + datetime.timedelta(days=int(generator.integers(36525)))
        locale = locales[int(generator.integers(len(locales)))]
        source = [(f"<{locale}>", "tag"), *date_words(day, "en")]
        target = date_words(day, locale)
        links = {
            (i, j)
            for i, (_, field) in enumerate(source)
            for j, (_, other) in enumerate(target)
            if field and field == other
        }
        found.append(SentencePair(tuple(w for w, _ in source), tuple(w for w, _ in target), frozenset(links)))
    return split_pairs("dates", found, test)
