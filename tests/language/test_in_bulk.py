"""Words, sentences and kinds of many stretches at once: as of each by itself."""

from __future__ import annotations

from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.language.kinds import kinds_of
from chatbot.language.kinds_in_bulk import kinds_in_bulk
from chatbot.language.sentences import sentence_splitter
from chatbot.language.sentences_in_bulk import plain_sentences
from chatbot.language.terms import Analyzer
from chatbot.language.words_in_bulk import new_numbers, words_in_bulk

PARTS = st.sampled_from(
    [
        *(" ", "  ", "\n", "\t", "_", "-", "'", "’", ",", "/", "(", "&", "+", "#", "$"),
        *(". ", "? ", "! ", ".", "...", "?!", '." ', ".) ", "; ", ": "),
        *(
            "a",
            "I",
            "Tea",
            "tea",
            "TEA",
            "was hot",
            "It goes",
            "no",
            "3",
            "12.5",
            "3rd",
        ),
        *("is the", "is  the", "the", "due to", "by walking", "because", "one", "May"),
        *("Dr", "e.g", "U.S", "km", "etc", "approx", "10:30", "$5", "1999", "half"),
        *("in London", "the office", "ten days", "known as", "Called", "C++", "don't"),
        *("Über", "É", "日本語", "İ", "ſo", "\u212a", "e\u0301", "\x1c", "\u00a0", "ß"),
    ]
)
TEXTS = st.lists(
    st.lists(PARTS, max_size=12).map("".join).map(str.strip).filter(bool), max_size=8
)


def put_together(texts: list[str], between: str) -> tuple[str, np.ndarray]:
    """The texts with something between them, and the span of each."""
    ends = list(accumulate(len(text) + len(between) for text in texts))
    spans = [
        (end - len(between) - len(text), end - len(between))
        for text, end in zip(texts, ends, strict=True)
    ]
    return between.join([*texts, ""]), np.array(spans, dtype=np.int64).reshape(-1, 2)


@given(TEXTS, st.sampled_from(["\n", "", "Title\n"]))
@settings(deadline=None)
@pytest.mark.parametrize("language", ["english", "vietnamese", "french"])
def test_words_and_kinds_are_those_of_each_stretch(
    language: str, texts: list[str], between: str
) -> None:
    text, spans = put_together(texts, between)
    analyzer, kinds, numbers = Analyzer(language), kinds_of(language), new_numbers()
    found = words_in_bulk(text, spans, analyzer.form, numbers)
    names = list(numbers)

    words = [names[number] for number in found.numbers.tolist()]
    each = [words[start:end] for start, end in pairwise(found.offsets.tolist())]
    assert each == list(map(analyzer.words, texts))
    held = kinds_in_bulk(text, spans, found, numbers, kinds)
    assert held.tolist() == list(map(kinds.held_in, texts))
    assert set(words) == set(names)


@given(TEXTS)
@settings(deadline=None)
@pytest.mark.parametrize("language", ["english", "german"])
def test_plain_sentences_are_those_of_each_stretch(
    language: str, texts: list[str]
) -> None:
    splitter = sentence_splitter(language)
    text, spans = put_together(texts, "\n")
    sentences, counts = plain_sentences(text, spans, splitter.abbreviations)

    bounds = pairwise([0, *accumulate(counts.tolist())])
    for (start, _), own, (first, last) in zip(
        spans.tolist(), texts, bounds, strict=True
    ):
        if first < last:
            expected = [[start + s, start + e] for s, e in splitter.spans(own)]
            assert sentences[first:last].tolist() == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One is here. Another is there.", 2),
        ("Is it? it is. So be it", 2),
        ("Only one", 1),
        ("See Dr. Brown there.", 0),
        ("The cost was 5. Then it rose.", 0),
        ("Größe. Weite.", 0),
    ],
)
def test_what_does_not_plainly_end_is_left_out(text: str, count: int) -> None:
    spans = np.array([[0, len(text)]], dtype=np.int64)
    abbreviations = sentence_splitter("english").abbreviations

    assert plain_sentences(text, spans, abbreviations)[1].tolist() == [count]
