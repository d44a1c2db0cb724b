"""Which terms of a question stand in which sentences of the candidates, as arrays.

Computed once per question for all candidates; ranking and the choice of the sentence
read it. Shapes: C candidates, S sentences of theirs, W words of theirs, H words of the
headings above them, M terms that are searched for, K concepts of the question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.question import Question
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.ranges import spread


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the candidates, in the order of the text.

    `numbers`: int32 (W,), their numbers in the index; `terms`: int32 (W,), those of
    their terms; `places`: int32 (W,), the place of each term among those that are
    searched for, M for none of them; `candidates`: intp (W,), the candidate that each
    word belongs to, ascending.
    """

    numbers: NDArray[np.int32]
    terms: NDArray[np.int32]
    places: NDArray[np.int32]
    candidates: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The candidates of a question and what they hold of it.

    `passages`: intp (C,), their numbers. `sections`: int32 (C,), the innermost heading
    above each, -1 for none. `sentences`: int64 (S,), their
    numbers; `first_sentences`: intp (C + 1,), where each candidate's
    sentences begin among all of them. `sentence_credit`: float64 (S, K), how far a
    sentence holds each concept, 0 to 1. `passage_credit` and `heading_credit` are the
    same for the whole passage and for the headings above it, (C, K). `words` are those
    of the passages, W of them, and `heading_words` those of the headings above, H.
    `searched`: int32 (M,), the terms searched for, ascending; `word_sentences`: intp
    (W,), the sentence each word stands in.
    """

    passages: NDArray[np.intp]
    sections: NDArray[np.int32]
    sentences: NDArray[np.int64]
    first_sentences: NDArray[np.intp]
    sentence_credit: NDArray[np.float64]
    passage_credit: NDArray[np.float64]
    heading_credit: NDArray[np.float64]
    words: Words
    heading_words: Words
    searched: NDArray[np.int32]
    word_sentences: NDArray[np.intp]

    def with_headings(self) -> NDArray[np.float64]:
        """How far a sentence with the headings above it holds each concept, (S, K)."""
        lengths = self.first_sentences[1:] - self.first_sentences[:-1]
        above = np.repeat(self.heading_credit, lengths, axis=0)
        return np.maximum(self.sentence_credit, above)

    @property
    def credit(self) -> NDArray[np.float64]:
        """How far a passage with its headings holds each concept, (C, K)."""
        return np.maximum(self.passage_credit, self.heading_credit)


def gather(
    question: Question, passages: NDArray[np.intp], index: CorpusIndex
) -> Evidence:
    """Look up what the candidates hold of a question."""
    store = index.store
    searched = np.array(sorted(question.weights), dtype=np.int32)
    place_of = np.full(len(index.terms), len(searched), dtype=np.int32)
    place_of[searched] = np.arange(len(searched))
    sentences, first_sentences = spread(
        store.sentence_offsets[passages], store.sentence_offsets[passages + 1]
    )
    positions, first_words = spread(
        store.word_offsets[sentences], store.word_offsets[sentences + 1]
    )
    numbers = store.words.take(positions)
    lengths = first_words[1:] - first_words[:-1]
    word_sentences = np.repeat(np.arange(len(sentences)), lengths)
    terms = index.word_terms.take(numbers)
    places = place_of.take(terms)
    in_sentences = _presence(places, word_sentences, len(searched), len(sentences))
    in_passages = np.logical_or.reduceat(in_sentences, first_sentences[:-1], axis=1)
    bounds = first_words[first_sentences]
    candidates = np.repeat(np.arange(len(passages)), bounds[1:] - bounds[:-1])
    above = _heading_words(passages, place_of, index)
    size = len(passages)
    in_headings = _presence(above.places, above.candidates, len(searched), size)
    present = np.concatenate([in_sentences, in_passages, in_headings], axis=1)
    credit = _credit(present, searched, question)
    return Evidence(
        passages=passages,
        sections=store.passage_headings[passages],
        sentences=sentences,
        first_sentences=first_sentences,
        sentence_credit=credit[: len(sentences)],
        passage_credit=credit[len(sentences) : len(sentences) + size],
        heading_credit=credit[len(sentences) + size :],
        words=Words(numbers, terms, places, candidates),
        heading_words=above,
        searched=searched,
        word_sentences=word_sentences,
    )


def _presence(
    places: NDArray[np.int32], rows: NDArray[np.intp], searched: int, size: int
) -> NDArray[np.bool_]:
    """Which of the M searched terms occur in which of `size` rows, bool (M, size).

    `places` are those of the words' terms, M for others, and `rows` where they stand.
    """
    present = np.zeros(searched * size, dtype=bool)
    found = np.flatnonzero(places < searched)
    present[places.take(found) * size + rows.take(found)] = True
    return present.reshape(searched, size)


def _heading_words(
    passages: NDArray[np.intp], place_of: NDArray[np.int32], index: CorpusIndex
) -> Words:
    """The words of all headings above each passage.

    `place_of` (terms of the index,) is the place of each among those searched for.
    """
    store = index.store
    numbers: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
    candidates: list[NDArray[np.intp]] = [np.zeros(0, dtype=np.intp)]
    headings = store.passage_headings[passages]
    rows = np.flatnonzero(headings >= 0)
    headings = headings[rows]
    while len(rows):
        positions, firsts = spread(
            store.heading_word_offsets[headings],
            store.heading_word_offsets[headings + 1],
        )
        numbers.append(store.heading_words[positions])
        candidates.append(np.repeat(rows, firsts[1:] - firsts[:-1]))
        headings = store.heading_parents[headings]
        rows, headings = rows[headings >= 0], headings[headings >= 0]
    found, owners = np.concatenate(numbers), np.concatenate(candidates)
    if len(numbers) > 2:
        order = np.argsort(owners, kind="stable")
        found, owners = found[order], owners[order]
    terms = index.word_terms.take(found)
    return Words(found, terms, place_of.take(terms), owners)


def _credit(
    present: NDArray[np.bool_], searched: NDArray[np.int32], question: Question
) -> NDArray[np.float64]:
    """How far each row holds each concept, (rows, K): its term or an alternative.

    `present` (M, rows) says which rows hold each searched term.
    """
    place = {term: i for i, term in enumerate(searched.tolist())}
    credit = np.zeros((len(question.concepts), present.shape[1]))
    for held, concept in zip(credit, question.concepts, strict=True):
        if concept.term is not None:
            np.multiply(present[place[concept.term]], concept.strength, out=held)
        for alternative in concept.alternatives:
            rows = present[place[alternative.terms[0]]]
            for term in alternative.terms[1:]:
                rows = rows & present[place[term]]
            np.maximum(held, rows * alternative.credit, out=held)
    return np.ascontiguousarray(credit.T)
