"""Screens: nothing that is shown steers the terminal or is read as markup."""

import json
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.channels.terminal.characters import json_text, visible
from chatbot.channels.terminal.rendering import (
    quote_above_passage,
    quote_inside_passage,
)
from chatbot.channels.terminal.screen import ColourScreen, PlainScreen, screen_on

any_text = st.text(st.characters(exclude_categories=()))
ANSI_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def test_escape_sequences_are_shown_as_pictures():
    assert visible("\x1b[2J\x07\x7f\x9bm\tword\n") == "␛[2J␇␡\ufffdm\tword\n"


@given(any_text)
def test_visible_text_holds_no_control_character_and_keeps_all_others(text):
    shown = visible(text)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        if before in "\t\n" or (before.isprintable() and before == after):
            continue
        assert not re.fullmatch(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", after)


@given(any_text)
def test_visible_text_stays_as_it_is(text):
    assert visible(visible(text)) == visible(text)


@given(st.text(), st.sampled_from(["UTF-8", "ascii", "latin-1"]))
def test_json_is_safe_to_show_and_reads_back_as_the_same_data(text, encoding):
    written = json_text({"text": text}, encoding)
    assert json.loads(written.encode(encoding)) == {"text": text}
    assert visible(written) == written


def test_a_plain_screen_writes_the_text_and_neither_wraps_nor_colours_it():
    stream, text = StringIO(), "[red]word[/red] :smile: " * 40
    PlainScreen(stream).show([(text, "quote"), ("\nguide.txt", "source")])
    assert stream.getvalue() == f"{text}\nguide.txt\n"


def test_a_colour_screen_sets_the_quote_off_and_reads_no_markup():
    stream = Terminal()
    ColourScreen(stream).show([("[red]a[/red] :x: ", "text"), ("b", "quote")])
    assert stream.getvalue().endswith("\x1b[1mb\x1b[0m\n")
    assert ANSI_COLOUR.sub("", stream.getvalue()) == "[red]a[/red] :x: b\n"


def test_a_colour_screen_lets_no_escape_sequence_of_a_text_through():
    stream = Terminal()
    ColourScreen(stream).show([("\x1b]0;title\x07\x9b31mred", "quote")])
    assert ANSI_COLOUR.sub("", stream.getvalue()) == "␛]0;title␇\ufffd31mred\n"


def test_a_terminal_gets_colour_and_the_layout_for_it():
    screen = screen_on(Terminal(), {"TERM": "xterm"})
    assert screen.quote_layout is quote_inside_passage


@pytest.mark.parametrize(
    ("stream", "environment"),
    [
        (StringIO(), {"TERM": "xterm"}),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}),
        (Terminal(), {"TERM": "dumb"}),
    ],
)
def test_a_pipe_a_dumb_terminal_and_no_color_get_plain_text(stream, environment):
    assert screen_on(stream, environment).quote_layout is quote_above_passage


def test_no_color_turns_off_the_colour_alone():
    stream = Terminal()
    words = "word " * 60
    screen_on(stream, {"TERM": "xterm", "NO_COLOR": "1"}).show([(words, "quote")])
    shown = stream.getvalue()
    assert "\x1b" not in shown
    assert shown.split() == words.split()
    assert max(map(len, shown.split("\n"))) <= 80
