"""The words of segments, with those of an index that documents are taken over from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from chatbot.index.collected_words import CollectedWords
from chatbot.index.opening import open_index
from chatbot.index.segments import Segment
from chatbot.index.vocabulary import Vocabulary
from chatbot.language.terms import Analyzer
from chatbot.settings import Settings

FILES = {
    "a.txt": "Boats sail. A boat sails, or two boats.",
    "b.txt": "Der Kahn fährt auf dem Fluss und die Fähre auf dem See.",
    "c.txt": "Oars are long; a boat has oars.",
}

Arrays = Mapping[str, np.ndarray]


@pytest.fixture(scope="module")
def known(new_corpus) -> Arrays:
    """The arrays of an index of the files."""
    return open_index(Settings(corpus=str(new_corpus(FILES))))[0].arrays


@pytest.fixture
def taken_over(known: Arrays, segment_of) -> Callable[..., Vocabulary]:
    """The vocabulary of some documents of the index and of files that are read."""

    def run(*documents: range, read: Mapping[str, str] | None = None) -> Vocabulary:
        kept = [Segment(known, numbers) for numbers in documents]
        new = [segment_of(read)] if read else []
        return CollectedWords([*kept, *new], known=known).vocabulary()

    return run


def counts(vocabulary: Vocabulary) -> dict[str, int]:
    """How often documents hold each word that they hold."""
    pairs = zip(vocabulary.words, vocabulary.counts.tolist(), strict=True)
    return {word: count for word, count in pairs if count}


def test_words_are_counted_in_what_is_taken_over_and_in_what_is_read(
    taken_over,
) -> None:
    found = taken_over(range(2, 3), read={"d.txt": "Boats drift; a boat."})

    assert counts(found) == {
        **{"oars": 2, "are": 1, "long": 1, "a": 2, "boat": 2, "has": 1},
        **{"boats": 1, "drift": 1},
    }


def test_words_of_documents_that_went_are_forgotten(taken_over) -> None:
    words = set(taken_over(range(2, 3)).words)

    assert "oars" in words
    assert "sails" not in words


def test_everyday_words_are_known_whether_or_not_a_document_has_them(
    taken_over,
) -> None:
    assert "salary" in set(taken_over(range(2, 3)).words)


def test_a_language_goes_with_its_last_document(taken_over) -> None:
    assert taken_over(range(3)).languages == ["english", "german"]
    assert taken_over(range(1), range(2, 3)).languages == ["english"]


def test_words_that_are_known_already_are_not_stemmed_again(
    taken_over, monkeypatch: pytest.MonkeyPatch
) -> None:
    stemmed: list[str] = []
    terms = Analyzer.terms

    def watched(self: Analyzer, words: list[str]) -> list[str]:
        stemmed.extend(words)
        return terms(self, words)

    monkeypatch.setattr(Analyzer, "terms", watched)
    found = taken_over(range(3), read={"d.txt": "Boats are drifting."})

    assert stemmed == ["drifting"]
    names = list(found.words)
    of_word = dict(zip(names, found.word_terms.tolist(), strict=True))
    assert list(found.terms)[of_word["drifting"]] == "drift"
    assert of_word["boat"] == of_word["boats"]


def test_each_segment_learns_the_numbers_of_its_words(
    known: Arrays, segment_of
) -> None:
    read = segment_of({"d.txt": "Drifting boats."})
    found = CollectedWords([Segment(known, range(1)), read], known=known).vocabulary()
    names = list(found.words)

    for segment, numbers in zip([known, read.arrays], found.numbers, strict=True):
        bounds = segment["words_offsets"].tolist()
        content = segment["words_content"].tobytes().decode("utf-8")
        for word, number in enumerate(numbers.tolist()):
            if number >= 0:
                assert names[number] == content[bounds[word] : bounds[word + 1]]
    assert (found.numbers[1] >= 0).all()
