"""No pattern and nothing that reads text takes time that grows faster than the text."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pytest
import regex

import chatbot
from chatbot.answering.clarifying import short_topic
from chatbot.answering.interpretation import repeated_phrase
from chatbot.channels.mrkdwn import plain_text
from chatbot.channels.shortening import shortened_to
from chatbot.channels.slack.blocks import button_value, words_of
from chatbot.channels.terminal.characters import visible
from chatbot.channels.terminal.questions import typed_text
from chatbot.channels.web.source_page.links import slug
from chatbot.channels.webhooks.markdown import MattermostMarkdown, RocketChatMarkdown
from chatbot.channels.webhooks.platform import without_trigger
from chatbot.conversation.question_parts import noun_phrases, question_words
from chatbot.conversation.suggestions import suggested_heading
from chatbot.documents.outline import Outline
from chatbot.documents.passages import cut_passages
from chatbot.documents.readers.markdown import read_markdown
from chatbot.documents.readers.plain_text import read_plain_text
from chatbot.documents.reading import decode
from chatbot.language.acronyms import find_acronyms, find_capitals
from chatbot.language.detection import detected_language
from chatbot.language.kinds import kinds_of
from chatbot.language.sentences import sentence_splitter
from chatbot.language.spelling import SpellingVocabulary
from chatbot.language.synonyms import parse_synonyms
from chatbot.language.terms import Analyzer
from chatbot.language.unspaced import joined_pairs, pairs, split_unspaced
from chatbot.language.words import find_words, plain_form, words_as_written
from chatbot.wording.choice import language_of
from chatbot.wording.phrases import said
from chatbot.wording.table import wording

SHORT, LONG = 375, 3_000
"""Characters: what takes time in proportion takes 8 times as long for the longer text,
what grows by the square 64 times."""

MOST = 24
LEAST_SECONDS = 0.0005
"""Less is not told from nothing."""

PARTS = (
    *" a\nA1.-'\"(<[`{|_*#&:@\\!\0\u0301\u200d首ก",
    "a ",
    "A ",
    " A",
    "Ab ",
    "a.",
    "a. ",
    "a-",
    "a'",
    "a, ",
    "1.",
    "1,",
    "1 ",
    "1:",
    "$1",
    "?! ",
    "? ",
    "。」",
    "ก ",
    "in a ",
    "in the Ab-",
    "day 1",
    "AB",
    "(AB",
    "(AB) ",
    "AB (a",
    "AB (ab) ",
    "AB&",
    "<a",
    "<a ",
    "<at>",
    "<at></at",
    "<@a|",
    "<!",
    "<!--",
    "<script ",
    "<script></script ",
    "![](",
    "![](()",
    "![a]",
    "[a](b",
    "](",
    "][",
    "`a``b",
    ":a",
    ":a:",
    "- ",
    "- a\n",
    "> ",
    "> a\n",
    "# a\n",
    "1. a\n",
    "\n \n",
    "a\n\n",
    "a   b\n",
    "---\n",
    "a: b\n",
    "```\n",
    "|a|b\n",
    "|-|-\n",
    "[a]: b\n",
    "<div>\n",
    "\t- a\n",
    "\\,",
    "a,b\\",
    "a=>",
    "what about ",
    "tell me about the ",
    "please, ",
)

BACKTICKS = "backticks"
"""A part that stands for runs of backticks, each longer than the one before."""


def repeated(part: str, size: int) -> str:
    """Parts of a text, as many as have that size."""
    if part == BACKTICKS:
        runs = " ".join("`" * length for length in range(1, size))
        return f"{runs[:size]} a"
    return (part * (size // len(part) + 1))[:size]


def seconds(run: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    run(text)
    return time.process_time() - start


def grows_too_fast(run: Callable[[str], object], part: str) -> bool:
    """Whether the longer text takes too many times as long, each time it is tried.

    Behind the parts stands what none of them is, so that a pattern that needs an end
    finds none, or one.
    """
    for end in ("", "\x01 day)"):
        short, long = repeated(part, SHORT) + end, repeated(part, LONG) + end
        if not _is_in_proportion(run, short, long):
            return True
    return False


def _is_in_proportion(run: Callable[[str], object], short: str, long: str) -> bool:
    """One measure in ten will do: what else the machine does only adds to it."""
    least_short = least_long = float("inf")
    for _ in range(10):
        least_long = min(least_long, seconds(run, long))
        if least_long < LEAST_SECONDS * MOST:
            return True
        least_short = min(least_short, seconds(run, short))
        if least_long < MOST * max(least_short, LEAST_SECONDS):
            return True
    return False


def _searches(
    pattern: re.Pattern[str] | regex.Pattern[str], methods: Iterable[str]
) -> Callable[[str], object]:
    """Runs a pattern as it is used: from the start of a text alone, or all over it."""
    used = set(methods)
    if not used or used - {"match", "fullmatch"}:
        return pattern.findall
    return lambda text: [getattr(pattern, method)(text) for method in used]


def _patterns() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Every pattern of the package by name, those of some languages' kinds included."""
    for found in pkgutil.walk_packages(chatbot.__path__, "chatbot."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern | regex.Pattern):
                used = re.findall(rf"\b{name}\.(\w+)", inspect.getsource(module))
                yield f"{found.name}.{name}", _searches(value, used)
    for language in ("english", "german", "chinese"):
        for test in kinds_of(language).tests:
            yield f"{language} {test.kind.name}", _searches(test.pattern, ["search"])


PATTERNS = dict(_patterns())
ENGLISH = Analyzer("english")
KINDS = kinds_of("english")
HEARS = wording("english").hears
SPLITTER = sentence_splitter("english")
VOCABULARY = SpellingVocabulary(["office"], np.ones(1, dtype=np.int64))


def _passages(outline: Outline) -> object:
    return cut_passages(outline, "a.txt", SPLITTER.spans)


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "acronyms": find_acronyms,
    "asked for": KINDS.asked_for,
    "capitals": find_capitals,
    "decoding": lambda text: decode(text.replace("\0", "\r").encode()),
    "escaped for a terminal": visible,
    "escaped for Mattermost": MattermostMarkdown().escaped,
    "escaped for Rocket.Chat": RocketChatMarkdown().escaped,
    "in a button of Slack": lambda text: words_of(button_value(text)),
    "held in": KINDS.held_in,
    "in plain text": lambda text: _passages(read_plain_text(text, "")),
    "in Markdown": lambda text: _passages(read_markdown(text, "")),
    "language": detected_language,
    "language of a message": lambda text: language_of(text, "english"),
    "noun phrases": lambda text: list(
        noun_phrases(question_words(text, ENGLISH.stop_words), HEARS)
    ),
    "plain form": plain_form.__wrapped__,
    "points back": KINDS.points_back,
    "repeated phrase": lambda text: repeated_phrase(text, text, ENGLISH.stop_words),
    "said": said,
    "sentences": SPLITTER.spans,
    "short topic": lambda text: short_topic(text, ENGLISH),
    "shortened": lambda text: shortened_to(text, 3000),
    "slug": slug,
    "spelling": VOCABULARY.near,
    "suggested heading": suggested_heading,
    "synonyms": parse_synonyms,
    "terms": lambda text: ENGLISH.terms(ENGLISH.words(text)),
    "typed": typed_text,
    "unspaced": lambda text: joined_pairs(
        pair for run, _ in split_unspaced(text) for pair in pairs(run)
    ),
    "words": lambda text: list(find_words(text)),
    "words as written": words_as_written,
    "without a call": lambda text: without_trigger(text, "bot"),
    "without Slack's markup": plain_text,
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_time_in_proportion_to_the_text(name: str) -> None:
    assert [part for part in PARTS if grows_too_fast(PATTERNS[name], part)] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_reads_a_text_takes_time_in_proportion_to_it(name: str) -> None:
    run = FUNCTIONS[name]
    run("Once before, as it may load something.")

    slow = [part for part in (*PARTS, BACKTICKS) if grows_too_fast(run, part)]
    assert slow == []
