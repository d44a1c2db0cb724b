"""The form of the stop-word and abbreviation lists, whoever edits them next."""

import unicodedata
from pathlib import Path

import pytest
import regex

import chatbot.language
from chatbot.language.resources import word_list
from chatbot.language.terms import Analyzer

DATA = Path(chatbot.language.__file__).parent / "data"
STOP_WORDS = sorted(DATA.glob("*/stop_words.txt"))
ABBREVIATIONS = sorted(DATA.glob("*/abbreviations.txt"))
COMMON_WORDS = sorted(DATA.glob("*/common_words.txt"))

every_list = pytest.mark.parametrize(
    "path",
    STOP_WORDS + ABBREVIATIONS,
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
every_stop_word_list = pytest.mark.parametrize(
    "path", STOP_WORDS, ids=lambda path: path.parent.name
)
every_abbreviation_list = pytest.mark.parametrize(
    "path", ABBREVIATIONS, ids=lambda path: path.parent.name
)


def entries(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    return text.removesuffix("\n").split("\n")


def languages(paths: list[Path]) -> set[str]:
    return {path.parent.name for path in paths}


SPACED = [path for path in STOP_WORDS if path.parent.name not in {"chinese", "thai"}]


def test_twenty_one_languages_have_stop_words() -> None:
    assert languages(STOP_WORDS) == {
        "arabic",
        "chinese",
        "danish",
        "dutch",
        "english",
        "finnish",
        "french",
        "german",
        "greek",
        "hindi",
        "hungarian",
        "italian",
        "norwegian",
        "portuguese",
        "romanian",
        "russian",
        "spanish",
        "swedish",
        "thai",
        "turkish",
        "vietnamese",
    }


def test_every_language_that_abbreviates_with_full_stops_has_abbreviations() -> None:
    without = {"arabic", "chinese", "thai"}

    assert languages(ABBREVIATIONS) == languages(STOP_WORDS) - without


@every_list
def test_entries_are_lower_case(path: Path) -> None:
    assert [entry for entry in entries(path) if entry != entry.lower()] == []


@every_list
def test_accented_letters_are_single_characters(path: Path) -> None:
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


@every_list
def test_entries_are_sorted_and_none_stands_twice(path: Path) -> None:
    assert entries(path) == sorted(set(entries(path)))


@every_stop_word_list
def test_a_stop_word_is_one_word_without_punctuation(path: Path) -> None:
    word = regex.compile(r"[\p{L}\p{M}]+")

    assert [entry for entry in entries(path) if not word.fullmatch(entry)] == []


@pytest.mark.parametrize("path", SPACED, ids=lambda path: path.parent.name)
def test_a_language_with_spaces_has_some_hundred_stop_words(path: Path) -> None:
    assert 100 <= len(entries(path)) <= 300


@every_abbreviation_list
def test_an_abbreviation_has_full_stops_inside_only(path: Path) -> None:
    abbreviation = regex.compile(r"[\p{L}\p{M}]+(?:\.[\p{L}\p{M}]+)*")

    assert [entry for entry in entries(path) if not abbreviation.fullmatch(entry)] == []


@pytest.mark.parametrize("path", COMMON_WORDS, ids=lambda path: path.parent.name)
def test_common_words_are_sorted_content_words_in_plain_form(path: Path) -> None:
    analyzer = Analyzer(path.parent.name)
    words = word_list(path.parent.name, "common_words")
    assert list(words) == sorted(set(words))
    assert all(analyzer.words(word) == [word] for word in words)
    assert analyzer.stop_words.isdisjoint(words)
