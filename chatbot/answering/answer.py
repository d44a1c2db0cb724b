"""A question to an answer: search, rank, quote, and say how sure.

For example:

    answer = answer_question(read_question("What does it cost?", index), index)
    answer.quotes[0].text
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from chatbot.answering.concepts import Concept
from chatbot.answering.confidence import Signals, confidence, signals
from chatbot.answering.headings import quote_under_heading
from chatbot.answering.interpretation import (
    MOST_REASONS,
    Interpretation,
    reasons,
    repeated_phrase,
)
from chatbot.answering.question import Question
from chatbot.answering.quoting import (
    MOST_QUOTES,
    Quote,
    ScoredQuote,
    choose_quotes,
    quote_of,
)
from chatbot.answering.ranking import FEATURES, Ranking, rank
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.unspaced import joined_pairs
from chatbot.language.words import pairs_as_written, words_as_written

MOST_HEADINGS = 10
_LONGEST_SHOWN = 40
"""Characters of an unknown word that are shown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the corpus has to say to a question.

    `quotes` stand best first, and are empty when nothing of the question was found.
    `confidence` (0 to 1) is how likely the first answers. `headings` are those above
    the best passages, nearest first. `signals` are what the confidence rests on.
    """

    quotes: tuple[Quote, ...]
    confidence: float
    interpretation: Interpretation
    headings: tuple[str, ...]
    signals: Signals | None = None


def answer_question(question: Question, index: CorpusIndex) -> Answer:
    """Answer a question from the corpus, with the best quotes even when unsure.

    One of stop words alone is answered by a heading that says it, or else with a
    confidence of 0.
    """
    return answer_from(rank(question, index), index)


def answer_from(ranking: Ranking, index: CorpusIndex) -> Answer:
    """Answer the question of a ranking from its candidates, as `answer_question` does.

    Those that are not in its `order` are not quoted.
    """
    question = ranking.question
    if not len(ranking):
        return Answer((), 0.0, interpret(question), ())
    scored = choose_quotes(ranking, index)
    under_heading = quote_under_heading(ranking, index)
    if under_heading:
        others = [s for s in scored if s.quote.passage != under_heading.quote.passage]
        scored = [under_heading, *others]
    is_about_something = under_heading is not None or question.names_topic
    return _answer(ranking, scored, index, is_about_something)


def answer_under_heading(
    question: Question, heading: str, index: CorpusIndex
) -> Answer | None:
    """Answer a question from what stands right under a heading of that text.

    Where only the heading holds the question's topic, the first passage under it is the
    answer. None when no candidate stands there.
    """
    ranking = rank(question, index)
    numbers = ranking.evidence.sections.tolist()
    texts = {n: index.store.heading(n).text for n in set(numbers) if n >= 0}
    under = [place for place in ranking.order if texts.get(numbers[place]) == heading]
    if not under:
        return None
    topics = [concept.carries_topic for concept in question.concepts]
    within = replace(ranking, order=np.array(under, dtype=np.intp))
    if ranking.evidence.passage_credit[under][:, topics].any():
        scored = choose_quotes(within, index)
    else:
        places = index.store.order.places(ranking.evidence.passages[under])
        place = under[int(places.argmin())]
        passage = index.store.passage(int(ranking.evidence.passages[place]))
        quote = quote_of(passage, passage.start, passage.end)
        scored = [ScoredQuote(quote, float(ranking.scores[place]), int(place))]
    return _answer(within, scored, index, is_about_something=True)


def _answer(
    ranking: Ranking,
    scored: Sequence[ScoredQuote],
    index: CorpusIndex,
    is_about_something: bool,
) -> Answer:
    """The answer that these quotes, best first, give."""
    best = scored[0]
    found = signals(ranking, best, index)
    return Answer(
        quotes=tuple(entry.quote for entry in scored[:MOST_QUOTES]),
        confidence=confidence(found) if is_about_something else 0.0,
        interpretation=interpret(ranking.question, ranking, best),
        headings=_headings(ranking, index),
        signals=found,
    )


def interpret(
    question: Question,
    ranking: Ranking | None = None,
    best: ScoredQuote | None = None,
) -> Interpretation:
    """How a question was read, and which of its words the best passage holds."""
    asked = question.concepts[: question.asked]
    carried = question.concepts[question.asked :]
    matched: list[str] = []
    why: tuple[str, ...] = ()
    if ranking and best:
        why = _reasons(ranking, best)
        credit = ranking.evidence.credit[best.place, : question.asked].tolist()
        matched = [
            concept.searched_word
            for concept, held in zip(asked, credit, strict=True)
            if held and concept.carries_topic
        ]
    together = pairs_as_written(question.text, matched, any)
    unknown = [concept.word for concept in asked if concept.is_unknown]
    if unknown:
        written = words_as_written(question.text)
        written |= pairs_as_written(question.text, unknown, all)
        unknown = [written.get(word, word) for word in unknown]
    return Interpretation(
        matched=_distinct(together.get(word, word) for word in matched),
        corrected=tuple(
            dict.fromkeys(
                (c.word, c.corrected) for c in asked if c.corrected and c.carries_topic
            )
        ),
        expanded=_expanded(asked),
        unknown=_distinct(_shortened(word) for word in unknown if word),
        follow_up_of=" ".join(
            joined_pairs(_distinct(c.searched_word for c in carried))
        ),
        reasons=why,
    )


def _reasons(ranking: Ranking, best: ScoredQuote) -> tuple[str, ...]:
    """Why the best quote's passage was chosen: what can be seen in it goes first."""
    question = ranking.question
    why = []
    topics = [concept.carries_topic for concept in question.concepts]
    heading_credit = ranking.evidence.heading_credit[best.place, topics]
    if len(heading_credit) and heading_credit.all():
        why.append("the heading above it says it")
    asked = question.concepts[: question.asked]
    stop_words = [concept.word for concept in asked if concept.is_stop_word]
    phrase = repeated_phrase(question.text, best.quote.passage.text, stop_words)
    if phrase:
        why.append(f"“{phrase}” stands there word for word")
    why += reasons(FEATURES, ranking.contributions[best.place])
    return tuple(why[:MOST_REASONS])


def _expanded(concepts: Sequence[Concept]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Words with what else was searched for; a long form's words stand together."""
    stands_for: dict[str, list[Concept]] = {}
    for concept in concepts:
        for alternative in concept.alternatives:
            if alternative.words != concept.searched_word:
                stands_for.setdefault(alternative.words, []).append(concept)
    expanded: dict[str, list[str]] = {}
    for found, expressed in stands_for.items():
        if any(concept.carries_topic for concept in expressed):
            words = _distinct(concept.searched_word for concept in expressed)
            expanded.setdefault(" ".join(words), []).append(found)
    return tuple((words, tuple(found)) for words, found in expanded.items())


def _headings(ranking: Ranking, index: CorpusIndex) -> tuple[str, ...]:
    """The innermost headings above passages that hold a topic word, nearest first."""
    evidence, order = ranking.evidence, ranking.order
    topics = np.array([c.carries_topic for c in ranking.question.concepts], dtype=float)
    holds_topic = evidence.credit.take(order, axis=0) @ topics > 0
    numbers = dict.fromkeys(evidence.sections.take(order)[holds_topic].tolist())
    above = (number for number in numbers if number >= 0)
    return _distinct(map(index.store.heading_text, islice(above, MOST_HEADINGS)))


def _shortened(word: str) -> str:
    return word if len(word) <= _LONGEST_SHOWN else f"{word[:_LONGEST_SHOWN]}…"


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
