"""A message in its conversation to the reading of it that is answered.

For example:

    reading = understand("what do they earn?", ["What is a CPO?"], index, threshold=0.4)
    reading.answer.quotes[0].text
    reading.about           # "chief product officer"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from chatbot.answering.answer import Answer, answer_from
from chatbot.answering.headings import quote_under_heading
from chatbot.answering.question import read_question
from chatbot.answering.ranking import Ranking, rank
from chatbot.conversation.conversation import Turn
from chatbot.conversation.follow_ups import (
    Dependence,
    Term,
    carried_words,
    content_words,
    dependence,
    says_little,
    terms_of,
)
from chatbot.conversation.substitution import reworded, substitute
from chatbot.documents.document import Passage
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.unspaced import joined_pairs
from chatbot.wording.choice import language_of
from chatbot.wording.table import Hears, wording

LEAST_CARRIED = 0.2
"""The best passage must hold this share of what was carried over, weighed by rarity."""

LEAST_OF_TERM = 0.4
"""The passage must hold this share of a term carried over, weighed by rarity."""

MOST_SHOWN_TERMS = 3
WHOLE = 0.999
"""A share from which on it is all, whatever the rounding."""


@dataclass(frozen=True)
class Reading:
    """A way to read a message, with the passages that it finds.

    `question` is the message as it stands on its own: itself, or the question that it
    was reworded to. `about` is what was taken over, in words to show. `is_lost`: what
    the message points at was not found, and no passage answers it; `topic` is what it
    names itself then, if the corpus speaks of that.
    """

    question: str
    ranking: Ranking
    index: CorpusIndex
    about: str = ""
    is_lost: bool = False
    topic: str = ""

    @cached_property
    def answer(self) -> Answer:
        """What the corpus has to say to it."""
        answer = answer_from(self.ranking, self.index)
        read = replace(answer.interpretation, follow_up_of=self.about)
        confidence = 0.0 if self.is_lost else answer.confidence
        return replace(answer, confidence=confidence, interpretation=read)


def understand(
    message: str, earlier: Sequence[str], index: CorpusIndex, threshold: float
) -> Reading:
    """Read a message with what earlier questions said, only as far as it needs them.

    `earlier` stands oldest first. `threshold` is the confidence from which on an answer
    is sure.
    """
    bare = _read(message, index)
    if not earlier:
        return bare
    asked_in = index.in_language_of(message)
    language = language_of(message, asked_in.analyzer.language)
    hears = wording(language).hears
    part = substitute(message, hears, asked_in.analyzer.stop_words)
    found = ask_of(part, earlier, index, hears) if part else None
    if found and _is_sure(found, threshold):
        return found
    if found and not _is_heading(bare):
        topic = part if _is_sure(bare, threshold) else ""
        return replace(found, ranking=bare.ranking, is_lost=True, topic=topic)
    return _follow_up(bare, earlier, index, hears, threshold)


def understood_before(
    turn: Turn, earlier: Sequence[str], index: CorpusIndex, threshold: float
) -> Reading:
    """An earlier question read as it was when it was asked."""
    if turn.about and turn.about == turn.question:
        return _reworded(turn.question, index)
    return understand(turn.question, earlier, index, threshold)


def ask_of(
    part: str, earlier: Sequence[str], index: CorpusIndex, hears: Hears
) -> Reading | None:
    """The last question asked of something else, or None where it has no place for it.

    With nothing replaced when two neighbouring sentences hold all of that, otherwise
    with that part replaced which gives the surest answer. That is lost whose quote does
    not speak of `part`, or of nothing else.
    """
    asked_in = index.in_language_of(part)
    rewordings = reworded(part, earlier[-1], hears, asked_in.analyzer.stop_words)
    readings = [_reworded(text, index) for text in rewordings.replaced]
    if rewordings.extended:
        extended = _reworded(rewordings.extended, index, earlier[:-1])
        if _holds_all(extended) or not readings:
            readings = [extended]
    if not readings:
        return None
    best = max(readings, key=_soundness)
    own = set(content_words(part, asked_in.analyzer))
    kept = set(content_words(best.question, asked_in.analyzer)) - own
    quoted = _quoted_words(best)
    is_found = own <= quoted and (not kept or not quoted.isdisjoint(kept))
    return best if is_found else replace(best, is_lost=True)


def _follow_up(
    bare: Reading,
    earlier: Sequence[str],
    index: CorpusIndex,
    hears: Hears,
    threshold: float,
) -> Reading:
    """The message with what earlier questions said, where that finds more.

    A message that may stand on its own does so when its answer is sure. Otherwise the
    words carried over only count when the best passage still holds as much of the
    message itself. One that points back in a word or two says nothing by itself: what
    it points at must be found.
    """
    analyzer = index.in_language_of(bare.question).analyzer
    needs = dependence(bare.question, analyzer, hears)
    if needs is Dependence.NONE and _is_sure(bare, threshold):
        return bare
    carried = _known(carried_words(bare.question, earlier, analyzer), index)
    followed = _read(bare.question, index, carried)
    terms = [
        term for text in reversed(earlier) for term in terms_of(text, analyzer, hears)
    ]
    held = list(_held_terms(followed, terms))
    followed = replace(followed, about=_shown(held, index))
    is_kept = _keeps_message(followed, bare)
    points_only = needs is Dependence.CERTAIN and says_little(bare.question, analyzer)
    if is_kept and (held or not points_only):
        return followed
    if points_only and not _is_heading(bare):
        return replace(bare, about=_shown(terms, index), is_lost=True)
    return bare


def _read(
    text: str, index: CorpusIndex, carried: Sequence[tuple[str, float]] = ()
) -> Reading:
    return Reading(text, rank(read_question(text, index, carried), index), index)


def _reworded(text: str, index: CorpusIndex, earlier: Sequence[str] = ()) -> Reading:
    carried = carried_words(text, earlier, index.in_language_of(text).analyzer)
    return replace(_read(text, index, carried), about=text)


def _known(
    words: Iterable[tuple[str, float]], index: CorpusIndex
) -> list[tuple[str, float]]:
    """The words that are spelt right: misspelt ones are not looked for again."""
    return [(word, weight) for word, weight in words if index.is_everyday(word)]


def _soundness(reading: Reading) -> tuple[float, float]:
    """How sure an answer is, to a tenth, and how much of the wording it repeats."""
    signals = reading.answer.signals
    return round(reading.answer.confidence, 1), signals.pairs if signals else 0.0


def _is_sure(reading: Reading, threshold: float) -> bool:
    return reading.answer.confidence >= threshold


def _is_heading(reading: Reading) -> bool:
    """Whether the message says what a heading says."""
    return bool(len(reading.ranking)) and (
        quote_under_heading(reading.ranking, reading.index) is not None
    )


def _holds_all(reading: Reading) -> bool:
    """Whether two neighbouring sentences and their headings hold all of a question."""
    signals = reading.answer.signals
    return signals is not None and signals.coverage >= WHOLE


def _quoted_words(reading: Reading) -> set[str]:
    """The words of a question that the best quote or the headings above it hold."""
    evidence, quotes = reading.ranking.evidence, reading.answer.quotes
    if not quotes:
        return set()
    quote = quotes[0]
    place = _place_of(quote.passage, reading.ranking, reading.index)
    first = int(evidence.first_sentences[place])
    quoted = [
        first + number
        for number, (start, end) in enumerate(quote.passage.sentences)
        if start < quote.end and end > quote.start
    ]
    credit = evidence.sentence_credit[quoted].max(axis=0, initial=0.0)
    held = np.maximum(credit, evidence.heading_credit[place]) > 0
    concepts = reading.ranking.question.concepts
    return {
        concept.word
        for concept, is_held in zip(concepts, held.tolist(), strict=True)
        if is_held
    }


def _place_of(passage: Passage, ranking: Ranking, index: CorpusIndex) -> int:
    """The place of a passage among the candidates, of which it is one."""
    places: list[int] = ranking.order.tolist()
    numbers: list[int] = ranking.evidence.passages.tolist()
    return next(p for p in places if index.store.is_at(numbers[p], passage))


def _keeps_message(followed: Reading, bare: Reading) -> bool:
    """Whether the best passage holds enough of what was carried, and loses nothing."""
    if not len(followed.ranking):
        return False
    own, carried = _shares(followed)
    return carried >= LEAST_CARRIED and own >= WHOLE * _shares(bare)[0]


def _shares(reading: Reading) -> tuple[float, float]:
    """How much of a message and of what was carried its best passage holds."""
    ranking = reading.ranking
    if not len(ranking):
        return 0.0, 0.0
    importance, asked = ranking.question.importance, ranking.question.asked
    held = ranking.evidence.credit[ranking.order[0]] * importance
    own, carried = importance[:asked].sum(), importance[asked:].sum()
    return (
        float(held[:asked].sum() / own) if own else 0.0,
        float(held[asked:].sum() / carried) if carried else 0.0,
    )


def _held_terms(reading: Reading, terms: Iterable[Term]) -> Iterator[Term]:
    """What the best passage holds of terms that it has not too little of.

    A verb may be among the words of a term that the passage does not need to have.
    """
    ranking = reading.ranking
    if not len(ranking):
        return
    credit = ranking.evidence.credit[ranking.order[0]]
    concepts = ranking.question.concepts
    weights = np.array([concept.importance for concept in concepts])
    place_of = {concept.word: place for place, concept in enumerate(concepts)}
    for term in terms:
        places = [place_of[word] for word in term if word in place_of]
        total = weights[places].sum()
        if total and (credit[places] @ weights[places]) >= LEAST_OF_TERM * total:
            yield tuple(
                word for word in term if word in place_of and credit[place_of[word]]
            )


def _shown(terms: Iterable[Term], index: CorpusIndex) -> str:
    """The first few of the terms, acronyms by what they stand for."""
    shown = dict.fromkeys(_in_full(term, index) for term in terms)
    return ", ".join(list(shown)[:MOST_SHOWN_TERMS])


def _in_full(term: Term, index: CorpusIndex) -> str:
    """A term as words to show; an acronym by itself as its long form."""
    number = index.term_number(term[0]) if len(term) == 1 else None
    long_forms = index.long_forms.get(number, []) if number is not None else []
    return index.written(long_forms[0]) if long_forms else " ".join(joined_pairs(term))
