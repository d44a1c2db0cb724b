"""The tables of the languages: complete, and alike in what they fill in."""

from __future__ import annotations

import string
from dataclasses import fields

import pytest

from chatbot.wording.phrases import said
from chatbot.wording.table import LANGUAGES, Says, wording

TEXTS = [field.name for field in fields(Says)]
ENGLISH = wording("english").says


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_is_a_table_for_each_of_seven_languages():
    assert LANGUAGES[0] == "english"
    assert set(LANGUAGES) == {
        *("arabic", "chinese", "english", "french", "german", "russian", "spanish")
    }


def test_other_languages_have_the_english_words():
    assert wording("turkish") is wording("english")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_and_fills_in_what_the_english_one_does(language):
    says = wording(language).says
    for name in TEXTS:
        text = getattr(says, name)
        if name == "why_reasons" and not text:
            continue
        assert text.strip()
        assert blanks(text) == blanks(getattr(ENGLISH, name)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_wants_two_things(language):
    cues = wording(language).hears.cues
    phrases = [said(phrase) for listed in cues.values() for phrase in set(listed)]
    assert all(phrases)
    wants = {said(p): cue for cue, listed in cues.items() for p in listed}
    for cue, listed in cues.items():
        assert {wants[said(phrase)] for phrase in listed} == {cue}


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_numbers_have_names(language):
    assert len(wording(language).chooses.numbers) == 4
