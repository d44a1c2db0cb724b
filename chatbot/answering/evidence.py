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
    their terms; `candidates`: intp (W,), the candidate that each belongs to, ascending.
    """

    numbers: NDArray[np.int32]
    terms: NDArray[np.int32]
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
    `searched`: int32 (M,), the terms searched for, ascending; `word_places`: int32
    (W,), the place of each word's term among them, M for none; `word_sentences`: intp
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
    word_places: NDArray[np.int32]
    word_sentences: NDArray[np.intp]

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
    numbers = store.words[positions]
    word_sentences = np.repeat(np.arange(len(sentences)), np.diff(first_words))
    terms = index.word_terms[numbers]
    word_places = place_of[terms]
    in_sentences = _presence(
        word_places, word_sentences, (len(sentences), len(searched))
    )
    in_passages = np.logical_or.reduceat(in_sentences, first_sentences[:-1], axis=0)
    candidates = np.repeat(
        np.arange(len(passages)), np.diff(first_words[first_sentences])
    )
    heading_words = _heading_words(passages, index)
    in_headings = _presence(
        place_of[heading_words.terms],
        heading_words.candidates,
        in_passages.shape,
    )
    return Evidence(
        passages=passages,
        sections=store.passage_headings[passages],
        sentences=sentences,
        first_sentences=first_sentences,
        sentence_credit=_credit(in_sentences, searched, question),
        passage_credit=_credit(in_passages, searched, question),
        heading_credit=_credit(in_headings, searched, question),
        words=Words(numbers, terms, candidates),
        heading_words=heading_words,
        searched=searched,
        word_places=word_places,
        word_sentences=word_sentences,
    )


def _presence(
    places: NDArray[np.int32], rows: NDArray[np.intp], shape: tuple[int, int]
) -> NDArray[np.bool_]:
    """Which of the M searched terms occur in which row, bool of that shape (rows, M).

    `places` are those of the words' terms, M for others, and `rows` where they stand.
    """
    present = np.zeros(shape, dtype=bool)
    found = np.flatnonzero(places < shape[1])
    present[rows[found], places[found]] = True
    return present


def _heading_words(passages: NDArray[np.intp], index: CorpusIndex) -> Words:
    """The words of all headings above each passage."""
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
        candidates.append(np.repeat(rows, np.diff(firsts)))
        headings = store.heading_parents[headings]
        rows, headings = rows[headings >= 0], headings[headings >= 0]
    found = np.concatenate(candidates)
    order = np.argsort(found, kind="stable")
    in_order = np.concatenate(numbers)[order]
    return Words(in_order, index.word_terms[in_order], found[order])


def _credit(
    present: NDArray[np.bool_], searched: NDArray[np.int32], question: Question
) -> NDArray[np.float64]:
    """How far each row holds each concept, (rows, K): its term or an alternative."""
    place = {term: i for i, term in enumerate(searched.tolist())}
    credit = np.zeros((len(present), len(question.concepts)))
    with_term = [i for i, c in enumerate(question.concepts) if c.term is not None]
    concepts = [question.concepts[column] for column in with_term]
    places = [place[c.term] for c in concepts if c.term is not None]
    strengths = np.array([concept.strength for concept in concepts])
    credit[:, with_term] = present[:, places] * strengths
    for column, concept in enumerate(question.concepts):
        for alternative in concept.alternatives:
            found = present[:, place[alternative.terms[0]]]
            for term in alternative.terms[1:]:
                found = found & present[:, place[term]]
            np.maximum(
                credit[:, column], found * alternative.credit, out=credit[:, column]
            )
    return credit
