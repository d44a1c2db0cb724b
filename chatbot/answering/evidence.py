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
from chatbot.index.forward import Words


@dataclass(frozen=True, slots=True)
class Evidence:
    """The candidates of a question and what they hold of it.

    `passages`: int32 (C,), their numbers. `sections`: int32 (C,), the innermost heading
    above each, -1 for none. `sentences`: int64 (S,), their
    numbers; `first_sentences`: intp (C + 1,), where each candidate's
    sentences begin among all of them. `sentence_credit`: float64 (S, K), how far a
    sentence holds each concept, 0 to 1. `passage_credit` and `heading_credit` are the
    same for the whole passage and for the headings above it, (C, K), and `credit` for
    both together. `words` are those of the passages, W of them, and `heading_words`
    those of the headings above, H. `searched`: int32 (M,), the terms searched for,
    ascending; `first_words`: intp (C + 1,), where each candidate's words begin;
    `word_sentences`: intp (W,), the sentence each stands in.
    """

    passages: NDArray[np.int32]
    sections: NDArray[np.int32]
    sentences: NDArray[np.int64]
    first_sentences: NDArray[np.intp]
    sentence_credit: NDArray[np.float64]
    passage_credit: NDArray[np.float64]
    heading_credit: NDArray[np.float64]
    credit: NDArray[np.float64]
    words: Words
    heading_words: Words
    searched: NDArray[np.int32]
    first_words: NDArray[np.intp]
    word_sentences: NDArray[np.intp]

    def with_headings(self) -> NDArray[np.float64]:
        """How far a sentence with the headings above it holds each concept, (S, K)."""
        lengths = self.first_sentences[1:] - self.first_sentences[:-1]
        above = self.heading_credit.repeat(lengths, axis=0)
        return np.maximum(self.sentence_credit, above)


def gather(
    question: Question, passages: NDArray[np.int32], index: CorpusIndex
) -> Evidence:
    """Look up what the candidates hold of a question."""
    searched = np.array(sorted(question.weights), dtype=np.int32)
    gathered = index.kernels.gather(passages, searched)
    credit = _credit(gathered.present, searched, question)
    sentences, shape = len(gathered.sentences), (2, len(passages), credit.shape[1])
    in_passages, in_headings = credit[sentences:].reshape(shape)
    return Evidence(
        passages=passages,
        sections=index.store.passage_headings.take(passages),
        sentences=gathered.sentences,
        first_sentences=gathered.first_sentences,
        sentence_credit=credit[:sentences],
        passage_credit=in_passages,
        heading_credit=in_headings,
        credit=np.maximum(in_passages, in_headings),
        words=gathered.words,
        heading_words=gathered.heading_words,
        searched=searched,
        first_words=gathered.first_words,
        word_sentences=gathered.word_sentences,
    )


def divided_credit(
    question: Question, evidence: Evidence, sentence: int, words: int
) -> NDArray[np.float64]:
    """How far two parts of a sentence hold each concept, (2, K).

    The first part has that many words; `sentence` is its place among the S.
    """
    bounds = np.searchsorted(evidence.word_sentences, (sentence, sentence + 1))
    places = evidence.words.places[slice(*bounds.tolist())]
    present = np.zeros((len(evidence.searched), 2), dtype=np.bool_)
    for part, held in enumerate((places[:words], places[words:])):
        present[held[held < len(present)], part] = True
    return _credit(present, evidence.searched, question)


def _credit(
    present: NDArray[np.bool_], searched: NDArray[np.int32], question: Question
) -> NDArray[np.float64]:
    """How far each row holds each concept, (rows, K): its term or an alternative.

    `present` (M, rows) says which rows hold each searched term.
    """
    concepts = question.concepts
    if not present.size:
        return np.zeros((present.shape[1], len(concepts)))
    place = {term: i for i, term in enumerate(searched.tolist())}
    own = [0 if c.term is None else place[c.term] for c in concepts]
    strengths = np.array([0.0 if c.term is None else c.strength for c in concepts])
    credit = present.take(own, axis=0) * strengths[:, np.newaxis]
    for held, concept in zip(credit, concepts, strict=True):
        for alternative in concept.alternatives:
            rows = present[place[alternative.terms[0]]]
            for term in alternative.terms[1:]:
                rows = rows & present[place[term]]
            np.maximum(held, rows * alternative.credit, out=held)
    return np.ascontiguousarray(credit.T)
