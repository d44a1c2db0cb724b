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

ADDED = ", "
"""Stands before a part that is added to a question."""

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
    preposition = beginning(hears.prepositions).match(part)
    if preposition:
        slots = _after_same_preposition(preposition.group(), words, nouns)
    else:
        slots = _slots(question_words(part, stop_words), words, nouns, hears)
    replaced = dict.fromkeys(
        f"{asked[:first]}{part}{asked[last:]}{end}"
        for first, last in slots
        if asked[:first].strip() or asked[last:].strip()
    )
    before = " " if preposition else ADDED
    extended = "" if preposition and replaced else f"{asked}{before}{part}{end}"
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


def _after_same_preposition(
    preposition: str, words: list[QuestionWord], nouns: list[list[QuestionWord]]
) -> Iterator[tuple[int, int]]:
    """The stretches from the same preposition to its noun, the last one first."""
    said = plain_form(preposition.strip(_AROUND))
    for place, word in reversed(list(enumerate(words))):
        noun = next((n for n in nouns if n[0].start > word.start), None)
        if word.form == said and noun and words.index(noun[0]) - place <= 2:
            yield word.start, noun[-1].end


def _slots(
    part: list[QuestionWord],
    words: list[QuestionWord],
    nouns: list[list[QuestionWord]],
    hears: Hears,
) -> Iterator[tuple[int, int]]:
    """The stretches of a question in whose place a part may be put, likeliest first.

    A word that points back takes the place of a noun. A part with a number replaces
    one with a number, any other first what was added last and then what a determiner
    stands before.
    """
    pointing = [word for word in words if word.form in hears.points_back]
    if pointing:
        yield pointing[0].start, pointing[0].end
        return
    numbered = [noun for noun in nouns if any(word.is_number for word in noun)]
    if numbered and any(word.is_number for word in part):
        yield from (_like_number(part, noun, words, hears) for noun in numbered)
        return
    slots = [(_with_determiner(noun, words, hears), noun[-1].end) for noun in nouns]
    added = [word for word in words if word.phrase == words[-1].phrase]
    bare = {noun[0].start for noun in nouns}
    yield from sorted(
        slots,
        key=lambda slot: (slot != (added[0].start, added[-1].end), slot[0] in bare),
    )


def _like_number(
    part: list[QuestionWord],
    noun: list[QuestionWord],
    words: list[QuestionWord],
    hears: Hears,
) -> tuple[int, int]:
    """Where a part goes in a noun with a number: "16" replaces "15" in "model 15"."""
    if not part[0].is_number:
        return _with_determiner(noun, words, hears), noun[-1].end
    first = next(place for place, word in enumerate(noun) if word.is_number)
    return noun[first].start, noun[first:][: len(part)][-1].end


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
