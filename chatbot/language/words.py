"""Text to words: where they stand and the plain form in which they are compared.

For example:

    list(find_words("The CPO’s start-up"))
    # ["the", "cpo", "start", "up", "startup"]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

import regex

from chatbot.language.unspaced import covered_stretches, pairs, split_unspaced

_WORD = regex.compile(
    r"""
      \p{N}+(?:[.,]\p{N}+)+                      # 215,647 and 3.11.7
    | \p{L}(?:\.\p{L})+(?![\p{L}\p{N}])          # U.S
    | \p{L}{1,2}&\p{L}{1,2}(?![\p{L}\p{N}&])      # R&D
    | \p{L}[+\#]{1,2}(?![\p{L}\p{N}+\#])         # C++ and C#
    | [\p{L}\p{N}][\p{L}\p{M}\p{N}\u00AD\u200C\u200D\u2060]*
      (?:['’](?:s|t|re|ve|ll|d|m)(?![\p{L}\p{M}\p{N}]))?
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_HYPHENS = frozenset("-\u2010\u2011")
_HYPHENATED = re.compile(r"\S[-\u2010\u2011]\S")
_OTHER_THAN_PLAIN = re.compile(r"[&+#]|[^\W_][.,'-][^\W_]")
"""What keeps an ASCII text from being words of letters and digits alone."""

_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_CONTRACTION = regex.compile(r"'(?:s|re|ve|ll|d|m)$")
_THOUSANDS = regex.compile(r",(?=\p{N}{3}(?!\p{N}))")
_INVISIBLE = regex.compile(r"[\u00AD\u200C\u200D\u2060']")
_DOTTED = regex.compile(r"^\p{L}(?:\.\p{L})+$")
_ACCENTS = regex.compile(
    r"(?<=[\p{Latin}\p{Greek}])\p{Mn}+|(?<=\p{Cyrillic})[\u0300\u0301\u0308]+"
)


def find_words(text: str, form: Callable[[str], str] | None = None) -> Iterator[str]:
    """The words of a text in plain form, or in another `form`, in order.

    Two words with a hyphen between them are followed by both written as one, so that
    "start-up" finds "startup" and the other way round. A run of characters of a script
    without spaces between words gives its overlapping pairs.
    """
    if text.isascii() and not _OTHER_THAN_PLAIN.search(text):
        return iter(_PLAIN_WORD.findall(text.lower()))
    return _any_words(text, form or plain_form)


def words_as_written(text: str) -> dict[str, str]:
    """From the plain form of each word of a text to how it is first written there.

    Words of scripts without spaces are not among them: they are written as compared.
    """
    written: dict[str, str] = {}
    for part, is_unspaced in split_unspaced(text):
        for match in () if is_unspaced else _WORD.finditer(part):
            written.setdefault(plain_form(match.group()), match.group())
    return written


def pairs_as_written(
    text: str, words: Collection[str], covers: Callable[[Iterable[bool]], bool]
) -> dict[str, str]:
    """From each pair of characters among `words` to the stretch of a text to show.

    `covers` is as in `covered_stretches`. Words with spaces around are not among them.
    """
    stretches: dict[str, str] = {}
    for part, is_unspaced in split_unspaced(unicodedata.normalize("NFC", text)):
        if is_unspaced:
            found = covered_stretches(plain_form(part), words, covers)
            stretches = found | {word: s for word, s in stretches.items() if s}
    return stretches


def _any_words(text: str, form: Callable[[str], str]) -> Iterator[str]:
    for part, is_unspaced in split_unspaced(unicodedata.normalize("NFC", text)):
        if is_unspaced:
            yield from pairs(form(part))
        elif _HYPHENATED.search(part):
            yield from _hyphenated_words(part, form)
        else:
            yield from filter(None, map(form, _WORD.findall(part)))


def _hyphenated_words(text: str, form: Callable[[str], str]) -> Iterator[str]:
    chain: list[str] = []
    end = -1
    for match in _WORD.finditer(text):
        hyphenated = match.start() == end + 1 and text[end] in _HYPHENS
        if not hyphenated:
            if len(chain) == 2:
                yield "".join(chain)
            chain = []
        word = form(match.group())
        end = match.end()
        if word:
            chain.append(word)
            yield word
    if len(chain) == 2:
        yield "".join(chain)


@lru_cache(maxsize=1 << 16)
def plain_form(word: str) -> str:
    """A word as it is compared: no case, accent, ligature, contraction or soft hyphen.

    Accents are dropped from Latin and Greek letters and stress marks from Cyrillic
    ones; the vowel signs of other scripts are letters and stay.
    """
    word = accented_form(word)
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))


@lru_cache(maxsize=1 << 16)
def accented_form(word: str) -> str:
    """A word in plain form but for its accents, for languages that tell words by them.

    Vietnamese does: "ma", "má" and "mà" have nothing in common.
    """
    word = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    word = _CONTRACTION.sub("", word)
    word = _INVISIBLE.sub("", word)
    if _DOTTED.match(word):
        word = word.replace(".", "")
    return unicodedata.normalize("NFC", _THOUSANDS.sub("", word))
