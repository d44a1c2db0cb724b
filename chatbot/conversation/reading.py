"""A way to read a message, what it finds, and how much of the message that holds.

For example:

    reading = read("What does a director earn?", index)
    reading.answer.confidence
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import regex

from chatbot.answering.answer import Answer, answer_from
from chatbot.answering.headings import quote_under_heading
from chatbot.answering.question import read_question
from chatbot.answering.ranking import Ranking, rank
from chatbot.conversation.follow_ups import Term
from chatbot.deadline import check_deadline
from chatbot.documents.document import Passage
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.kinds import Kind
from chatbot.language.unspaced import joined_pairs
from chatbot.language.words import plain_form

WHOLE = 0.999
"""A share from which on it is all, whatever the rounding."""

LEAST_OF_TERM = 0.4
"""A passage must hold this share of a term to speak of it, weighed by rarity."""

MOST_SHOWN_TERMS = 3

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


@dataclass(frozen=True)
class Reading:
    """A message as it is read, with the passages that are found for it.

    `question` is the message as it stands on its own: itself, or the question that it
    was reworded to. `about` is what was taken over and counts, in words to show.
    `is_lost`: what the message points at was not found, and no passage answers it;
    `topic` is what it names itself then, if the corpus speaks of that.
    """

    question: str
    ranking: Ranking
    index: CorpusIndex
    about: str = ""
    is_lost: bool = False
    topic: str = ""

    @cached_property
    def answer(self) -> Answer:
        """What the corpus has to say to it; raises `DeadlineError` when it is late."""
        check_deadline()
        answer = answer_from(self.ranking, self.index)
        read = answer.interpretation
        if read.follow_up_of == self.about and not self.is_lost:
            return answer
        read = replace(read, follow_up_of=self.about)
        confidence = 0.0 if self.is_lost else answer.confidence
        return replace(answer, confidence=confidence, interpretation=read)

    @property
    def is_reworded(self) -> bool:
        """Whether it is an earlier question, reworded."""
        return bool(self.about) and self.about == self.question

    @property
    def takes_over(self) -> bool:
        """Whether it holds words of earlier questions, told or not."""
        question = self.ranking.question
        return bool(self.about) or len(question.concepts) > question.asked

    @property
    def spelt_right(self) -> str:
        """The question with misspelt words as those that were searched for instead."""
        right = dict(self.answer.interpretation.corrected)
        if not right:
            return self.question
        return _WORD.sub(
            lambda match: right.get(plain_form(match.group()), match.group()),
            self.question,
        )

    @property
    def soundness(self) -> tuple[bool, float, float]:
        """Whether a sentence holds all, how sure the answer is, to a tenth, and how
        much of the wording recurs."""
        sure, signals = round(self.answer.confidence, 1), self.answer.signals
        return self.is_held_whole, sure, signals.pairs if signals else 0.0

    @property
    def is_heading(self) -> bool:
        """Whether the message says what a heading says."""
        found = len(self.ranking) and quote_under_heading(self.ranking, self.index)
        return bool(found)

    @property
    def is_held_whole(self) -> bool:
        """Whether a sentence of the quoted passage and the headings above hold all."""
        if not self.answer.quotes:
            return False
        evidence, own = self.ranking.evidence, self.ranking.question.own
        place = self._place_of(self.answer.quotes[0].passage)
        asked = slice(len(own.concepts))
        rows = slice(*evidence.first_sentences[place : place + 2].tolist())
        credit = np.maximum(
            evidence.sentence_credit[rows, asked], evidence.heading_credit[place, asked]
        )
        return bool((credit @ own.importance).max(initial=0.0) >= WHOLE)

    @property
    def shares(self) -> tuple[float, float]:
        """How much of the message and of what was carried the best passage holds."""
        ranking = self.ranking
        if not len(ranking):
            return 0.0, 0.0
        importance, asked = ranking.question.importance, ranking.question.asked
        held = ranking.evidence.credit[ranking.order[0]] * importance
        own, carried = importance[:asked].sum(), importance[asked:].sum()
        return (
            float(held[:asked].sum() / own) if own else 0.0,
            float(held[asked:].sum() / carried) if carried else 0.0,
        )

    def is_sure(self, threshold: float) -> bool:
        """Whether the answer is at least as sure as that."""
        return self.answer.confidence >= threshold

    @property
    def names_topic(self) -> bool:
        """Whether any word of the message itself is more than a stop word."""
        question = self.ranking.question
        return any(c.carries_topic for c in question.concepts[: question.asked])

    @property
    def lacks_amount(self) -> bool:
        """Whether an amount is asked for of which the best quote holds none.

        The figures of a date are no amount.
        """
        if not self.ranking.question.wanted & (Kind.MONEY | Kind.COUNT):
            return False
        if not self.answer.quotes:
            return True
        sentences = self.ranking.evidence.sentences[self._quoted_rows()]
        kinds = map(Kind, self.index.store.sentence_kinds.take(sentences).tolist())
        return not any(
            Kind.MONEY in held or (Kind.COUNT in held and Kind.TIME not in held)
            for held in kinds
        )

    def quoted_words(self) -> set[str]:
        """The words of the question that the best quote or the headings above hold."""
        evidence, quotes = self.ranking.evidence, self.answer.quotes
        if not quotes:
            return set()
        place = self._place_of(quotes[0].passage)
        quoted = self._quoted_rows()
        credit = evidence.sentence_credit[quoted].max(axis=0, initial=0.0)
        held = np.maximum(credit, evidence.heading_credit[place]) > 0
        concepts = self.ranking.question.concepts
        pairs = zip(concepts, held.tolist(), strict=True)
        return {concept.word for concept, is_held in pairs if is_held}

    def held_terms(self, terms: Iterable[Term]) -> Iterator[Term]:
        """Of the terms that the best passage speaks of, the words that it holds.

        It need not hold all: a verb may be among the words of a term.
        """
        if not len(self.ranking):
            return
        credit = self.ranking.evidence.credit[self.ranking.order[0]]
        concepts = self.ranking.question.concepts
        weights = np.array([concept.importance for concept in concepts])
        place_of = {concept.word: place for place, concept in enumerate(concepts)}
        for term in terms:
            words = [word for word in term if word in place_of]
            places = [place_of[word] for word in words]
            total = weights[places].sum()
            if total and credit[places] @ weights[places] >= LEAST_OF_TERM * total:
                yield tuple(word for word in words if credit[place_of[word]])

    def _quoted_rows(self) -> list[int]:
        """Where the evidence has the sentences of the best quote, which must exist."""
        quote = self.answer.quotes[0]
        place = self._place_of(quote.passage)
        first = int(self.ranking.evidence.first_sentences[place])
        return [
            first + number
            for number, (start, end) in enumerate(quote.passage.sentences)
            if start < quote.end and end > quote.start
        ]

    def _place_of(self, passage: Passage) -> int:
        """The place of a passage among the candidates, of which it is one."""
        places: list[int] = self.ranking.order.tolist()
        numbers: list[int] = self.ranking.evidence.passages.tolist()
        store = self.index.store
        return next(place for place in places if store.is_at(numbers[place], passage))


def read(
    text: str, index: CorpusIndex, carried: Sequence[tuple[str, float]] = ()
) -> Reading:
    """Read a text with words carried over from earlier questions.

    Those that are no words are left out: what was misspelt is not looked for again.
    Raises `DeadlineError` when it is late.
    """
    check_deadline()
    known = [(word, weight) for word, weight in carried if index.is_everyday(word)]
    return Reading(text, rank(read_question(text, index, known), index), index)


def in_words(terms: Iterable[Term], index: CorpusIndex) -> str:
    """The first few of the terms, acronyms by what they stand for."""
    shown = dict.fromkeys(_in_full(term, index) for term in terms)
    return ", ".join(list(shown)[:MOST_SHOWN_TERMS])


def _in_full(term: Term, index: CorpusIndex) -> str:
    """A term as words to show; an acronym by itself as its long form."""
    number = index.term_number(term[0]) if len(term) == 1 else None
    long_forms = index.long_forms.get(number, []) if number is not None else []
    return index.written(long_forms[0]) if long_forms else " ".join(joined_pairs(term))
