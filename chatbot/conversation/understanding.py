"""A message in its conversation to the reading of it that is answered.

For example:

    reading = understand("what do they earn?", ["What is a CPO?"], index, threshold=0.4)
    reading.answer.quotes[0].text
    reading.about           # "chief product officer"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chatbot.conversation.conversation import Turn
from chatbot.conversation.follow_ups import (
    Dependence,
    carry,
    content_words,
    dependence,
    says_little,
    terms_of,
)
from chatbot.conversation.reading import WHOLE, Reading, in_words, read
from chatbot.conversation.substitution import reworded, substitute
from chatbot.index.corpus_index import CorpusIndex
from chatbot.wording.choice import language_of
from chatbot.wording.table import Hears, wording

LEAST_CARRIED = 0.2
"""The best passage must hold this share of what was carried over, weighed by rarity."""


def language_of_message(message: str, index: CorpusIndex) -> str:
    """The language to answer a message in.

    A word that the documents or everybody has in their language tells no other one.
    """
    analyzer = index.in_language_of(message).analyzer
    return language_of(
        message,
        analyzer.language,
        lambda word: index.is_everyday(word) or word in analyzer.common_words,
    )


def understand(
    message: str, earlier: Sequence[str], index: CorpusIndex, threshold: float
) -> Reading:
    """Read a message with what earlier questions said, only as far as it needs them.

    `earlier` stands oldest first. `threshold` is the confidence from which on an answer
    is sure.
    """
    bare = read(message, index)
    if not earlier:
        return bare
    hears = wording(language_of_message(message, index)).hears
    stop_words = index.in_language_of(message).analyzer.stop_words
    part = substitute(message, hears, stop_words)
    found = ask_of(part, earlier, index, hears) if part else None
    if found and found.is_sure(threshold):
        return found
    if found and not bare.is_heading:
        topic = part if bare.is_sure(threshold) else ""
        return replace(found, ranking=bare.ranking, is_lost=True, topic=topic)
    return _follow_up(bare, earlier, index, hears, threshold)


def understood_before(
    turn: Turn, earlier: Sequence[str], index: CorpusIndex, threshold: float
) -> Reading:
    """An earlier question read as it was when it was asked."""
    if turn.is_reworded:
        return _reworded(turn.question, index)
    return understand(turn.question, earlier, index, threshold)


def ask_of(
    part: str, earlier: Sequence[str], index: CorpusIndex, hears: Hears
) -> Reading | None:
    """The last question asked of something else, or None where it has no place for it.

    With nothing replaced when a single sentence holds all of that, otherwise with that
    part replaced which gives the soundest answer. That is lost whose quote does not
    speak of `part`, or of nothing else.
    """
    asked_in = index.in_language_of(part)
    rewordings = reworded(part, earlier[-1], hears, asked_in.analyzer.stop_words)
    readings = [_reworded(text, index) for text in rewordings.replaced]
    if rewordings.extended:
        extended = _reworded(rewordings.extended, index, earlier[:-1])
        if extended.is_held_whole or not readings:
            readings = [extended]
    if not readings:
        return None
    best = max(readings, key=lambda reading: reading.soundness)
    own = set(content_words(part, asked_in.analyzer))
    kept = set(content_words(best.question, asked_in.analyzer)) - own
    quoted = best.quoted_words()
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
    it points at must be found, and is told; otherwise what was carried over is told
    where the reply is another for it.
    """
    analyzer = index.in_language_of(bare.question).analyzer
    needs = dependence(bare.question, analyzer, hears)
    if needs is Dependence.NONE and bare.is_sure(threshold):
        return bare
    carried = carry(bare.question, earlier, analyzer)
    followed = read(bare.question, index, carried.words)
    terms = [
        term for text in carried.questions for term in terms_of(text, analyzer, hears)
    ]
    held = list(followed.held_terms(terms))
    is_kept = _keeps_message(followed, bare)
    points_only = needs is Dependence.CERTAIN and says_little(bare.question, analyzer)
    if is_kept and (held or not points_only):
        tells = points_only or _differ(followed, bare, threshold)
        return replace(followed, about=in_words(held, index) if tells else "")
    if points_only and not bare.is_heading:
        return replace(bare, about=in_words(terms, index), is_lost=True)
    return bare


def _differ(followed: Reading, bare: Reading, threshold: float) -> bool:
    """Whether the words carried over make another reply than the message by itself."""
    if not bare.is_sure(threshold):
        return followed.is_sure(threshold)
    return followed.answer.quotes[:1] != bare.answer.quotes[:1]


def _reworded(text: str, index: CorpusIndex, earlier: Sequence[str] = ()) -> Reading:
    carried = carry(text, earlier, index.in_language_of(text).analyzer)
    return replace(read(text, index, carried.words), about=text)


def _keeps_message(followed: Reading, bare: Reading) -> bool:
    """Whether the best passage holds enough of what was carried, and loses nothing.

    A message of stop words alone, such as "how much?", may lose all but the amount that
    it asks for.
    """
    if not len(followed.ranking):
        return False
    own, carried = followed.shares
    if carried < LEAST_CARRIED:
        return False
    if not bare.names_topic:
        return not followed.lacks_amount
    return own >= WHOLE * bare.shares[0]
