"""The language of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.detection import detected_language
from chatbot.language.languages import (
    LANGUAGE_OF_CODE,
    LANGUAGES,
    STEMMED_LANGUAGES,
)

ENGLISH = "The ferry leaves the harbour at noon. In a storm it stays in port."
CHINESE = "渡轮每天中午离开港口，遇到暴风雨时留在港口。"
GERMAN = "Die Fähre verlässt den Hafen um zwölf Uhr. Bei Sturm bleibt sie dort."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "english"),
        (GERMAN, "german"),
        ("El transbordador sale del puerto al mediodía, todos los días.", "spanish"),
        ("Le bac quitte le port à midi et reste à quai pendant l'orage.", "french"),
        ("Feribot öğlen limandan ayrılır, fırtınada limanda kalır.", "turkish"),
        ("Паром отходит из гавани в полдень и остаётся там в шторм.", "russian"),
        ("Пором відходить із гавані опівдні й лишається там у шторм.", "ukrainian"),
        ("Το πλοίο φεύγει από το λιμάνι το μεσημέρι.", "greek"),
        ("تغادر العبارة الميناء عند الظهر كل يوم.", "arabic"),
        ("नौका दोपहर में बंदरगाह से निकलती है और तूफ़ान में वहीं रहती है।", "hindi"),
        ("Chuyến phà rời bến cảng vào buổi trưa mỗi ngày.", "vietnamese"),
        (CHINESE, "chinese"),
        ("フェリーは正午に港を出ます。", "japanese"),
        ("페리는 정오에 항구를 떠납니다.", "korean"),
        ("เรือข้ามฟากออกจากท่าเรือตอนเที่ยง", "thai"),
    ],
)
def test_a_text_of_a_sentence_is_enough(text: str, language: str) -> None:
    assert detected_language(text) == language


@pytest.mark.parametrize(
    "text", ["", "…", "2024-01-01", "API", "Some words.", "Preise"]
)
def test_what_is_too_short_to_tell_is_taken_for_english(text: str) -> None:
    assert detected_language(text) == "english"


@pytest.mark.parametrize(
    ("text", "language"), [("渡轮", "chinese"), ("นา", "thai"), ("서울", "korean")]
)
def test_letters_of_one_language_alone_need_no_length(text: str, language: str) -> None:
    assert detected_language(text) == language


def test_of_a_mixed_text_the_language_of_most_of_it_counts() -> None:
    assert detected_language(20 * f"{GERMAN}\n" + ENGLISH) == "german"
    assert detected_language(20 * f"{ENGLISH}\n" + GERMAN) == "english"


def test_a_foreign_beginning_does_not_decide_for_a_long_text() -> None:
    assert detected_language(5 * f"{ENGLISH}\n" + 200 * f"{GERMAN}\n") == "german"


def test_foreign_letters_without_spaces_weigh_by_their_number() -> None:
    assert detected_language(3 * f"{ENGLISH}\n" + 20 * f"{CHINESE}\n") == "chinese"


def test_plain_english_is_told_without_loading_a_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def load() -> None:
        raise AssertionError("the model is loaded")

    monkeypatch.setattr("chatbot.language.detection._identifier", load)
    assert detected_language(2 * f"{ENGLISH}\n") == "english"
    with pytest.raises(AssertionError):
        detected_language(2 * f"{GERMAN}\n")


def test_names_of_languages_are_lower_case_words_and_known_to_the_stemmers() -> None:
    assert all(name.isalpha() and name.islower() for name in LANGUAGES)
    assert {"english", "german", "hindi", "turkish"} <= set(STEMMED_LANGUAGES)
    assert not {"porter", "dutch_porter"} & set(LANGUAGES)
    assert {"chinese", "thai", *STEMMED_LANGUAGES} <= set(LANGUAGES)


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_has_a_known_language_and_always_the_same(text: str) -> None:
    language = detected_language(text)

    assert language in LANGUAGE_OF_CODE.values()
    assert detected_language(text) == language
