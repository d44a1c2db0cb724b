"""A language's table: the bot's own words, and those of users that steer it.

For example:

    wording("german").says.goodbye      # "Auf Wiedersehen!"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from chatbot.language.languages import DEFAULT_LANGUAGE

_TABLES = Path(__file__).with_name("tables")

LANGUAGES = (
    DEFAULT_LANGUAGE,
    *sorted({path.stem for path in _TABLES.glob("*.toml")} - {DEFAULT_LANGUAGE}),
)
"""The languages that have a table, the one that stands in for others first."""

Cue = Literal[
    "greeting",
    "thanks",
    "goodbye",
    "who",
    "help",
    "overview",
    "more",
    "why",
    "where",
    "wrong",
    "start_over",
]
"""What a whole message that is no question about the documents wants."""


@dataclass(frozen=True, slots=True)
class Says:
    """The bot's own words; `str.format` fills in what stands in braces.

    `why_reasons` is empty in languages that have no words for reasons.
    """

    greeting: str
    thanks: str
    goodbye: str
    help: str
    who: str
    clarify: str
    not_found: str
    not_found_words: str
    overview_topics: str
    overview_titles: str
    overview_headings: str
    and_more: str
    no_more: str
    nothing_asked: str
    nothing_quoted: str
    taken_back: str
    started_over: str
    new_conversation: str
    not_remembered: str
    what_about: str
    why_sure: str
    why_threshold: str
    why_choices: str
    why_matched: str
    why_nearest: str
    why_reasons: str
    why_corrected: str
    why_expanded: str
    why_unknown: str
    why_taken_over: str


@dataclass(frozen=True, slots=True)
class Hears:
    """Users' words that say how a message belongs to its conversation.

    `cues`: whole messages by what they want; `fillers` may stand around and between
    them. The messages that begin with words of `takes_back` correct the last question,
    those with words of `substitutes` ask it of something else, those with words of
    `continues` go on with it. `points_back` are words for what was named before, unless
    they stand in one of `points_nowhere`; `stands_for_noun` are those of them that take
    the place of a noun ("a junior one"). `interrogatives`, `auxiliaries`, `determiners`
    and `prepositions` tell the parts of a question; `subjects` are pronouns between an
    auxiliary and the verb it announces.
    """

    cues: Mapping[Cue, tuple[str, ...]]
    fillers: tuple[str, ...]
    takes_back: tuple[str, ...]
    substitutes: tuple[str, ...]
    continues: tuple[str, ...]
    points_back: tuple[str, ...]
    points_nowhere: tuple[str, ...]
    stands_for_noun: tuple[str, ...]
    interrogatives: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    subjects: tuple[str, ...]
    determiners: tuple[str, ...]
    prepositions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chooses:
    """Users' words that choose one of several numbered headings.

    `numbers`: the names of 1, 2, …; `last`: those of the last one; `around`: words that
    may stand around them, `before_digits` only before digits.
    """

    numbers: tuple[tuple[str, ...], ...]
    last: tuple[str, ...]
    around: tuple[str, ...]
    before_digits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """All of a language's table."""

    language: str
    says: Says
    hears: Hears
    chooses: Chooses


@cache
def wording(language: str) -> Wording:
    """The table of a language, or the default one's where it has none."""
    if language not in LANGUAGES:
        return wording(DEFAULT_LANGUAGE)
    text = (_TABLES / f"{language}.toml").read_text("utf-8")
    table: dict[str, dict[str, Any]] = tomllib.loads(text)
    heard = {name: tuple(phrases) for name, phrases in table["hears"].items()}
    cues: dict[Cue, tuple[str, ...]] = {cue: heard.pop(cue) for cue in get_args(Cue)}
    chosen = table["chooses"]
    return Wording(
        language,
        Says(**table["says"]),
        Hears(cues=cues, **heard),
        Chooses(
            numbers=tuple(map(tuple, chosen["numbers"])),
            last=tuple(chosen["last"]),
            around=tuple(chosen["around"]),
            before_digits=tuple(chosen["before_digits"]),
        ),
    )
