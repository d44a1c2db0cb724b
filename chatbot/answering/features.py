"""What speaks for a candidate, each a number from 0 to 1 worked out for all at once.

Shapes: C candidates, S sentences of theirs, K concepts of the question.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.concepts import STOP_WORD_IMPORTANCE, STOP_WORD_WEIGHT
from chatbot.answering.evidence import Evidence
from chatbot.answering.question import Question, adjacent_terms
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.ranges import run_bounds

Shares = NDArray[np.float64]
"""A share from 0 to 1 for each candidate, (C,)."""

FEEDBACK_PASSAGES = 4
FEEDBACK_TERMS = 10
FEEDBACK_SATURATION = 1.2


def relative(values: NDArray[np.float64]) -> Shares:
    """Values of at least 0 relative to the largest of them, (C,)."""
    return values / max(float(values.max(initial=0.0)), 1e-9)


def coverage(question: Question, evidence: Evidence) -> Shares:
    """The share of the question that a passage and its headings hold."""
    return evidence.credit @ question.importance


def window_coverage(
    question: Question, evidence: Evidence, covered: NDArray[np.float64]
) -> Shares:
    """The largest share of the question in two neighbouring sentences.

    `covered` (S, K) is how far each with the headings above it holds each concept.
    """
    joint = covered.copy()
    np.maximum(covered[:-1], covered[1:], out=joint[:-1])
    last = evidence.first_sentences[1:] - 1
    joint[last] = covered[last]
    return np.maximum.reduceat(
        joint @ question.importance, evidence.first_sentences[:-1]
    )


def shared_pairs(question: Question, evidence: Evidence, index: CorpusIndex) -> Shares:
    """The share of the question's adjacent terms that are adjacent in a passage.

    A pair counts with the sum of its terms' idf.
    """
    counts = np.zeros(len(evidence.passages))
    pairs = dict.fromkeys(adjacent_terms(question))
    if not pairs:
        return counts
    values = np.array(
        [_idf(first, index) + _idf(second, index) for first, second in pairs]
    )
    place = {term: i for i, term in enumerate(evidence.searched.tolist())}
    wanted = [[place.get(first, -1), place.get(second, -1)] for first, second in pairs]
    held = index.kernels.find_pairs(
        evidence.words,
        evidence.word_sentences,
        len(counts),
        np.array(wanted, dtype=np.int32),
    )
    return np.asarray(held @ (values / values.sum()), dtype=np.float64)


def _idf(term: int | None, index: CorpusIndex) -> float:
    """The idf of a term, or of one that no passage holds."""
    return index.highest_idf if term is None else index.idf.item(term)


def kind_coverage(
    question: Question,
    evidence: Evidence,
    covered: NDArray[np.float64],
    index: CorpusIndex,
) -> Shares:
    """The largest share of the question in a sentence with the kind of thing asked for.

    `covered` (S, K) is as for `window_coverage`.
    """
    kinds = index.store.sentence_kinds.take(evidence.sentences)
    held = (kinds & question.wanted.value) > 0
    shares = (covered @ question.importance) * held
    return np.maximum.reduceat(shares, evidence.first_sentences[:-1])


def mutual_share(question: Question, evidence: Evidence, index: CorpusIndex) -> Shares:
    """How far the question and the headings above a candidate say the same.

    The smaller of two shares: of the question in the headings, and of the headings'
    words in the question, each weighed by rarity.
    """
    words = evidence.heading_words
    size = len(evidence.passages)
    rarity = index.rarities.take(words.terms)
    factor = STOP_WORD_WEIGHT * STOP_WORD_IMPORTANCE
    is_stop_word = index.written_is_stop.take(words.numbers)
    np.multiply(rarity, factor, out=rarity, where=is_stop_word)
    searched = words.places < len(evidence.searched)
    whole = np.bincount(words.passages, rarity, minlength=size)
    shared = np.bincount(words.passages, rarity * searched, minlength=size)
    of_headings = shared / np.maximum(whole, 1e-9)
    of_question = evidence.heading_credit @ question.importance
    return np.minimum(of_question, of_headings)


def section_support(searched: Shares, evidence: Evidence) -> Shares:
    """The best share of the search score among the candidates of the same section.

    `searched` (C,) is that of each candidate. Answers to one question stand together:
    what is next to a good hit is a better one than its own words say. A candidate
    without a heading is a section by itself.
    """
    order = evidence.sections.argsort(kind="stable")
    sections = evidence.sections.take(order)
    bounds = run_bounds(sections)
    best = np.maximum.reduceat(searched.take(order), bounds[:-1])
    support = np.empty_like(searched)
    support[order] = best.repeat(bounds[1:] - bounds[:-1])
    return np.where(evidence.sections >= 0, support, searched)


def feedback(preliminary: Shares, evidence: Evidence, index: CorpusIndex) -> Shares:
    """Likeness to the candidates that are best so far, by words not asked for.

    The terms that weigh most in the best few, by idf · tf / (tf + k1) and their
    passage's score, are searched for in all; relative to the candidate that holds most.
    """
    words, size = evidence.words, len(evidence.passages)
    best = (-preliminary).argsort(kind="stable")[:FEEDBACK_PASSAGES]
    chosen, weights = _feedback_terms(best, preliminary.take(best), evidence, index)
    frequency = index.kernels.count_terms(words.terms, words.passages, size, chosen)
    return relative((frequency / (frequency + FEEDBACK_SATURATION)) @ weights)


def _feedback_terms(
    best: NDArray[np.intp],
    scores: NDArray[np.float64],
    evidence: Evidence,
    index: CorpusIndex,
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The new terms that weigh most in the `best` candidates, ascending; weights."""
    terms, counts = index.kernels.count_other_terms(
        evidence.words, evidence.first_words, best, len(evidence.searched)
    )
    saturated = counts / (counts + FEEDBACK_SATURATION)
    weights = (scores @ saturated) * index.idf.take(terms)
    heaviest = (-weights).argsort(kind="stable")[:FEEDBACK_TERMS]
    heaviest.sort()
    return terms.take(heaviest), weights.take(heaviest)
