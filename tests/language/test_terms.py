"""Words to terms, for every language."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.languages import LANGUAGES, STEMMED_LANGUAGES
from chatbot.language.resources import word_list
from chatbot.language.terms import Analyzer

ALPHABETS = {
    "arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "russian": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
}
LISTED_LANGUAGES = [name for name in LANGUAGES if word_list(name, "stop_words")]
SYLLABLES = [a + b + c for a in "bdfgkl" for b in "aeiou" for c in "lmnrt"]
LATIN = "abcdefghijklmnopqrstuvwxyzàâäáãåæçèêëéíîïñóôöõøúûüßőűășț"


@pytest.fixture(scope="module")
def english() -> Analyzer:
    return Analyzer("english")


@pytest.mark.parametrize(
    "forms",
    [["ship", "ships", "shipped", "shipping"], ["policy", "policies"], ["pay", "pays"]],
)
def test_the_forms_of_a_word_share_a_term(english: Analyzer, forms: list[str]) -> None:
    assert len({english.term(form) for form in forms}) == 1


@pytest.mark.parametrize("word", ["2024", "3.11.7", "covid19", "c++"])
def test_a_word_with_digits_or_signs_is_its_own_term(
    english: Analyzer, word: str
) -> None:
    assert english.term(word) == word


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("german", ["hauser", "haus", "hauses"]),
        ("greek", ["καφες", "καφεδων"]),
        ("turkish", ["kitap", "kitaplar"]),
        ("hindi", ["किताब", "किताबें"]),
        ("polish", ["kobieta", "kobiety"]),
    ],
)
def test_each_language_has_stems_of_its_own(language: str, forms: list[str]) -> None:
    assert len({Analyzer(language).term(form) for form in forms}) == 1


def test_threads_that_share_an_analyzer_get_the_same_terms(english: Analyzer) -> None:
    words = [f"{stem}{end}" for stem in SYLLABLES for end in ("s", "ed", "ing", "ly")]
    expected = [english.term(word) for word in words]

    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda _: [english.term(word) for word in words], range(8))

    assert all(terms == expected for terms in found)


@pytest.mark.parametrize("language", ["ukrainian", "thai", "klingon"])
def test_a_language_without_a_stemmer_keeps_its_words(language: str) -> None:
    assert [Analyzer(language).term(word) for word in ("ships", "ที่นี่")] == [
        "ships",
        "ที่นี่",
    ]


@pytest.mark.parametrize("language", LISTED_LANGUAGES)
def test_stop_words_are_in_the_form_in_which_a_text_is_read(language: str) -> None:
    stop_words = Analyzer(language).stop_words

    assert stop_words
    read = {word for entry in stop_words for word in Analyzer(language).words(entry)}
    assert read == stop_words


@given(st.data())
@pytest.mark.parametrize("language", STEMMED_LANGUAGES)
def test_a_term_does_not_depend_on_the_words_before(
    language: str, data: st.DataObject
) -> None:
    alphabet = ALPHABETS.get(language, LATIN)
    earlier, word = data.draw(st.tuples(*[st.text(alphabet, min_size=1)] * 2))
    analyzer = Analyzer(language)
    analyzer.term(earlier)

    assert analyzer.term(word) == Analyzer(language).term(word) != ""


def test_arabic_words_keep_their_terms_after_a_word_with_a_suffix() -> None:
    analyzer = Analyzer("arabic")
    analyzer.term("كتابها")

    assert [analyzer.term(word) for word in ("كتبوا", "كتبتم")] == ["كتب", "كتب"]


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_word_has_a_term(english: Analyzer, word: str) -> None:
    assert english.term(word)


def test_marks_that_tell_vietnamese_words_apart_stay() -> None:
    assert Analyzer("vietnamese").words("Má và Mạ") == ["má", "và", "mạ"]
    assert Analyzer("french").words("Mâ et Mà") == ["ma", "et", "ma"]
