"""Which terms of a question stand in which sentences of the candidates, as arrays.

Computed once per question for all candidates; ranking and the choice of the sentence
read it. Shapes: C candidates, S sentences of theirs, W words of theirs, M terms that
are searched for, K concepts of the question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.question import Question
from chatbot.index.corpus_index import CorpusIndex


@dataclass(frozen=True, slots=True)
class Evidence:
    """The candidates of a question and what they hold of it.

    `passages`: intp (C,), their numbers. `first_sentences`: intp (C + 1,), where each
    candidate's sentences begin among all of them. `sentence_credit`: float64 (S, K),
    how far a sentence holds each concept, 0 to 1. `passage_credit` and `heading_credit`
    are the same for the whole passage and for the headings above it, (C, K).
    `word_terms`: int32 (W,), the terms of all words in order; `word_sentences`: intp
    (W,), the sentence each stands in.
    """

    passages: NDArray[np.intp]
    first_sentences: NDArray[np.intp]
    sentence_credit: NDArray[np.float64]
    passage_credit: NDArray[np.float64]
    heading_credit: NDArray[np.float64]
    word_terms: NDArray[np.int32]
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
    sentences, first_sentences = _ranges(
        store.sentence_offsets[passages], store.sentence_offsets[passages + 1]
    )
    word_places, first_words = _ranges(
        store.word_offsets[sentences], store.word_offsets[sentences + 1]
    )
    word_terms = index.word_terms[store.words[word_places]]
    word_sentences = np.repeat(np.arange(len(sentences)), np.diff(first_words))
    in_sentences = _presence(word_terms, word_sentences, len(sentences), searched)
    in_passages = np.logical_or.reduceat(in_sentences, first_sentences[:-1], axis=0)
    in_headings = _heading_presence(passages, searched, index)
    return Evidence(
        passages=passages,
        first_sentences=first_sentences,
        sentence_credit=_credit(in_sentences, searched, question),
        passage_credit=_credit(in_passages, searched, question),
        heading_credit=_credit(in_headings, searched, question),
        word_terms=word_terms,
        word_sentences=word_sentences,
    )


def _ranges(
    starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The numbers of all ranges start:end on end, and where each range begins."""
    lengths = ends - starts
    firsts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
    shifts = np.repeat(starts - firsts[:-1], lengths)
    return np.arange(firsts[-1]) + shifts, firsts


def _presence(
    terms: NDArray[np.int32],
    rows: NDArray[np.intp],
    size: int,
    searched: NDArray[np.int32],
) -> NDArray[np.bool_]:
    """Which of the M searched terms occur in which row, bool (size, M)."""
    present = np.zeros((size, len(searched)), dtype=bool)
    if len(searched):
        places = np.searchsorted(searched, terms).clip(max=len(searched) - 1)
        found = searched[places] == terms
        present[rows[found], places[found]] = True
    return present


def _heading_presence(
    passages: NDArray[np.intp], searched: NDArray[np.int32], index: CorpusIndex
) -> NDArray[np.bool_]:
    """Which searched terms the headings above each passage hold, bool (C, M)."""
    store = index.store
    present = np.zeros((len(passages), len(searched)), dtype=bool)
    innermost = store.passage_headings[passages]
    rows = np.flatnonzero(innermost >= 0)
    headings = innermost[rows]
    while len(rows):
        places, firsts = _ranges(
            store.heading_word_offsets[headings],
            store.heading_word_offsets[headings + 1],
        )
        terms = index.word_terms[store.heading_words[places]]
        word_rows = np.repeat(rows, np.diff(firsts))
        present |= _presence(terms, word_rows, len(passages), searched)
        headings = store.heading_parents[headings]
        rows, headings = rows[headings >= 0], headings[headings >= 0]
    return present


def _credit(
    present: NDArray[np.bool_], searched: NDArray[np.int32], question: Question
) -> NDArray[np.float64]:
    """How far each row holds each concept, (rows, K): its term or an alternative."""
    place = {term: i for i, term in enumerate(searched.tolist())}
    credit = np.zeros((len(present), len(question.concepts)))
    for column, concept in enumerate(question.concepts):
        if concept.term is not None:
            credit[:, column] = present[:, place[concept.term]] * concept.strength
        for alternative in concept.alternatives:
            holds_all = present[:, [place[t] for t in alternative.terms]].all(axis=1)
            np.maximum(
                credit[:, column],
                holds_all * alternative.credit,
                out=credit[:, column],
            )
    return credit
