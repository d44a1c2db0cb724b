"""The last question asked of something else: "what about a junior one?".

For example:

    reworded("the director", "What does a senior manager earn?", hears, stop_words)
    # Rewordings(("What does the director earn?",), "What … earn the director?")
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import regex

from chatbot.conversation.question_parts import (
    QuestionWord,
    noun_phrases,
    question_words,
)
from chatbot.language.words import plain_form
from chatbot.wording.phrases import anywhere, beginning
from chatbot.wording.table import Hears

MOST_SUBSTITUTE_WORDS = 3
"""Content words of what is put in; a longer message says what it wants to know."""

MOST_REPLACED = 3
"""Different parts of a question in whose place it is put."""

LONGEST_QUESTION = 300
"""Characters of a question that is asked of something else."""

_AROUND = " \t\r\n,;:.!?…¿¡？！。，、؟،"


@dataclass(frozen=True, slots=True)
class Rewordings:
    """What a message may mean: `replaced`, with a part of the last question replaced;
    `extended`, with nothing replaced, or empty."""

    replaced: tuple[str, ...]
    extended: str


def substitute(message: str, hears: Hears, stop_words: Collection[str]) -> str:
    """What a message asks the last question of instead, or an empty string."""
    begins = beginning(hears.substitutes).match(message)
    if not begins:
        return ""
    rest = message[begins.end() :].strip(_AROUND)
    return rest if is_part(rest, hears, stop_words) else ""


def correction(message: str, hears: Hears) -> str:
    """What a message puts right ("no, I meant the director"), or an empty string."""
    begins = beginning(hears.takes_back).match(message)
    return message[begins.end() :].strip(_AROUND) if begins else ""


def is_part(text: str, hears: Hears, stop_words: Collection[str]) -> bool:
    """Whether a text can only be part of a question: a few words that do not ask."""
    asking = (*hears.interrogatives, *hears.auxiliaries)
    words = question_words(text, stop_words)
    contents = sum(word.is_content for word in words)
    return 0 < contents <= MOST_SUBSTITUTE_WORDS and not (
        anywhere(asking).search(text) or len(words) > 2 * MOST_SUBSTITUTE_WORDS
    )


def reworded(
    part: str, question: str, hears: Hears, stop_words: Collection[str]
) -> Rewordings:
    """The last question with `part` in the place of something, or added to it.

    One of which nothing but the part would be left is not among them.
    """
    asked = _without_lead(question[:LONGEST_QUESTION], hears)
    words = question_words(asked, stop_words)
    end = "?" if question.rstrip().endswith(("?", "？", "؟")) else ""
    nouns = list(noun_phrases(words, hears))
    placeholder = _placeholder(part, hears)
    if placeholder:
        return _with_noun(part, placeholder, asked, words, nouns, hears, end)
    replaced = dict.fromkeys(
        f"{asked[:first]}{part}{asked[last:]}{end}"
        for first, last in _slots(part, words, nouns, hears)
        if asked[:first].strip() or asked[last:].strip()
    )
    has_its_place = replaced and beginning(hears.prepositions).match(part)
    extended = "" if has_its_place else f"{asked} {part}{end}"
    return Rewordings(tuple(replaced)[:MOST_REPLACED], extended)


def _without_lead(question: str, hears: Hears) -> str:
    """A question without a greeting or an “and” before it."""
    for lead in (hears.cues["greeting"], hears.cues["thanks"], hears.continues):
        found = beginning(lead).match(question)
        question = question[found.end() :] if found else question
    return question.strip(_AROUND)


def _with_noun(
    part: str,
    placeholder: regex.Match[str],
    asked: str,
    words: list[QuestionWord],
    nouns: list[list[QuestionWord]],
    hears: Hears,
    end: str,
) -> Rewordings:
    """A part such as "a junior one", its last word replaced by a noun of the question.

    The noun may lose the words in front of its last one: "junior" takes the place of
    "senior" in "a senior manager", but not that of "product" in "a product manager".
    A part that says itself what it asks for ("the salary of a junior one") is all that
    is asked.
    """
    before = part[: placeholder.start()]
    asks_itself = anywhere(hears.prepositions).search(before)
    texts = []
    for noun in nouns:
        for first in range(len(noun)):
            kept = asked[noun[first].start : noun[-1].end]
            named = f"{before}{kept}{part[placeholder.end() :]}"
            if not asks_itself:
                start = _with_determiner(noun, words, hears)
                named = f"{asked[:start]}{named}{asked[noun[-1].end :]}"
            texts.append(f"{named}{end}")
    return Rewordings(tuple(dict.fromkeys(texts))[:MOST_REPLACED], "")


def _placeholder(part: str, hears: Hears) -> regex.Match[str] | None:
    """The last word that takes the place of a noun, if there is one."""
    found = list(anywhere(hears.stands_for_noun).finditer(part))
    return found[-1] if found else None


def _slots(
    part: str, words: list[QuestionWord], nouns: list[list[QuestionWord]], hears: Hears
) -> Iterator[tuple[int, int]]:
    """The stretches of a question in whose place a part may be put, likeliest first.

    What follows a preposition takes the place of what follows the same one. A word that
    points back takes the place of a noun.
    """
    preposition = beginning(hears.prepositions).match(part)
    if preposition:
        said = plain_form(preposition.group().strip(_AROUND))
        for place, word in reversed(list(enumerate(words))):
            noun = next((n for n in nouns if n[0].start > word.start), None)
            if word.form == said and noun and words.index(noun[0]) - place <= 2:
                yield word.start, noun[-1].end
        return
    pointing = [word for word in words if word.form in hears.points_back]
    if pointing:
        yield pointing[0].start, pointing[0].end
        return
    determined = [n for n in nouns if _with_determiner(n, words, hears) < n[0].start]
    for noun in determined or nouns:
        yield _with_determiner(noun, words, hears), noun[-1].end


def _with_determiner(
    noun: list[QuestionWord], words: list[QuestionWord], hears: Hears
) -> int:
    """Where a noun phrase starts, its determiner included.

    A word may stand between them, as in "the same manager".
    """
    place = words.index(noun[0])
    before = [w for w in words[max(place - 2, 0) : place] if not w.is_content]
    found = [word for word in before if word.form in hears.determiners]
    return found[0].start if found else noun[0].start
