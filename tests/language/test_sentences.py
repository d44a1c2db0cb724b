"""Text to sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktSentenceTokenizer

from chatbot.language.punkt import Punkt
from chatbot.language.sentences import _INNER_END, SentenceSplitter

NEAR_SENTENCES = st.text(
    st.sampled_from("ab AB12.!?…,;:\n\t\"'()”。？।\u00a0")
    | st.characters(codec="utf-8")
)


@pytest.fixture(scope="module")
def english() -> SentenceSplitter:
    return SentenceSplitter("english")


def sentences(splitter: SentenceSplitter, text: str) -> list[str]:
    return [text[start:end] for start, end in splitter.spans(text)]


def test_sentences_end_at_full_stops_question_and_exclamation_marks(
    english: SentenceSplitter,
) -> None:
    text = "It is open. Is it? It is!  Come in."

    assert sentences(english, text) == ["It is open.", "Is it?", "It is!", "Come in."]


@pytest.mark.parametrize(
    "text",
    [
        "Ask Dr. Smith about it.",
        "Bring a form of identity, e.g. a passport.",
        "It costs 3.50 with tax.",
        "J. R. Hartley wrote it.",
        "The U.S. Senate voted.",
    ],
)
def test_a_full_stop_within_a_sentence_does_not_end_it(
    english: SentenceSplitter, text: str
) -> None:
    assert sentences(english, text) == [text]


def test_each_language_has_abbreviations_of_its_own() -> None:
    german = SentenceSplitter("german")
    text = "Das gilt z.B. sonntags bzw. Montag bis Freitag."

    assert sentences(german, text) == [text]


def test_a_number_with_a_full_stop_may_be_an_ordinal() -> None:
    german = SentenceSplitter("german")
    text = "Im 3. Stock wohnt seit dem 18. Mai jemand. Es waren 12. Mehr sind es nicht."

    assert sentences(german, text) == [
        "Im 3. Stock wohnt seit dem 18. Mai jemand.",
        "Es waren 12.",
        "Mehr sind es nicht.",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("They open at 8 a.m. We are closed on Sundays.", "They open at 8 a.m."),
        ("It was made by Acme Inc. The rest is lost.", "It was made by Acme Inc."),
    ],
)
def test_a_function_word_begins_a_sentence_behind_an_abbreviation(
    english: SentenceSplitter, text: str, first: str
) -> None:
    assert sentences(english, text)[0] == first


def test_a_closing_quote_belongs_to_its_sentence(english: SentenceSplitter) -> None:
    text = 'He said "Stop." Then he left.'

    assert sentences(english, text) == ['He said "Stop."', "Then he left."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天下雨。「明天呢？」不知道。", ["今天下雨。", "「明天呢？」", "不知道。"]),
        ("यह घर है। वह नदी है।", ["यह घर है।", "वह नदी है।"]),
        ("هل هذا بيت؟ نعم.", ["هل هذا بيت؟", "نعم."]),
    ],
)
def test_scripts_with_other_marks_are_split_at_theirs(
    english: SentenceSplitter, text: str, expected: list[str]
) -> None:
    assert sentences(english, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They ask “Is it open?” and go in.",
        "Whether it is open! or not is what they ask.",
        "It is open. …",
        "Is it open? !",
    ],
)
def test_a_sentence_goes_on_in_lower_case_or_without_a_word(
    english: SentenceSplitter, text: str
) -> None:
    assert sentences(english, text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The **Max.** and **Min.** marks show the level of oil.",
        "Hold **Fn.** to dim the lamp.",
        "Press the keys *Temp.* and *Spin* at once.",
        "![Door](door.png) Turn the handle.",
        "It is open.--They said so.",
    ],
)
def test_a_sentence_does_not_end_where_no_white_space_follows(
    english: SentenceSplitter, text: str
) -> None:
    assert sentences(english, text) == [text]


@pytest.mark.parametrize(
    "first",
    [
        "**Stop.**",
        "“Is it?”",
        "»Is it?«",
        "„Halt.“",
        "(It is.)",
        "It is so.[1]",
    ],
)
def test_what_closes_behind_a_mark_belongs_to_its_sentence(
    english: SentenceSplitter, first: str
) -> None:
    assert sentences(english, f"{first} They left.") == [first, "They left."]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("english", "Hamsters, fish, etc. are allowed in all flats."),
        ("english", "The min. load is in Art. 7 of the rules."),
        ("german", "Hunde, Katzen usw. sind erlaubt."),
        ("german", "Das kostet inkl. MwSt. 45 Euro."),
        ("german", "Fragen Sie bei der Muster GmbH & Co. KG nach Dr. med. Lind."),
        ("german", "Das gilt seit dem 12. 3. 2024 überall."),
        ("german", "Geöffnet Mo. bis Fr. von neun bis fünf."),
        ("french", "Ouvert du lun. au ven. toute la journée."),
        ("spanish", "Los EE. UU. son grandes."),
        ("greek", "Σκύλοι, γάτες κτλ. επιτρέπονται."),
    ],
)
def test_an_abbreviation_goes_on_in_lower_case_or_with_a_number(
    language: str, text: str
) -> None:
    assert sentences(SentenceSplitter(language), text) == [text]


def test_a_word_before_numbers_ends_a_sentence_before_other_words(
    english: SentenceSplitter,
) -> None:
    text = "They show modern art. Visitors pay nothing."

    assert len(sentences(english, text)) == 2


@pytest.mark.parametrize(
    "text", ["it is open. it is new. go in.", "I went home. it was shut. they left."]
)
def test_a_text_in_lower_case_has_sentences_that_begin_so(
    english: SentenceSplitter, text: str
) -> None:
    assert len(sentences(english, text)) == 3


def test_a_number_at_the_end_of_a_sentence_ends_it() -> None:
    text = "There are 12. The next are 12. The last are 12. The end is near."
    splitter = SentenceSplitter("english")

    assert len(sentences(splitter, text)) == 4


def test_a_text_without_words_has_no_sentences(english: SentenceSplitter) -> None:
    assert english.spans("") == english.spans(" \n\t ") == []


@given(NEAR_SENTENCES)
def test_sentences_stand_in_order_and_leave_out_nothing_but_white_space(
    english: SentenceSplitter, text: str
) -> None:
    end = 0
    for start, next_end in english.spans(text):
        assert text[end:start].strip() == ""
        assert text[start:next_end] == text[start:next_end].strip() != ""
        end = next_end
    assert text[end:].strip() == ""


@given(NEAR_SENTENCES | st.text(st.sampled_from('aB1.?! ,\n"')))
def test_ends_that_are_plain_are_those_that_punkt_finds(text: str) -> None:
    asked = Punkt({"ab"}, {"a"}, ())
    plain = list(asked.span_tokenize(text))
    contexts = PunktSentenceTokenizer(asked._params)

    assert plain == list(contexts.span_tokenize(text))


@given(st.text(st.sampled_from("aB1.?! ,\n\"'”)")))
def test_only_a_mark_inside_makes_two_sentences_for_punkt(text: str) -> None:
    spans = list(PunktSentenceTokenizer().span_tokenize(text))

    assert len(spans) < 2 or _INNER_END.search(text)


@pytest.mark.parametrize("part", [".", "a.", "A! ", "'('", "..."])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    text = part * 5_000
    splitter = SentenceSplitter("english")

    assert sum(end - start for start, end in splitter.spans(text)) <= len(text)


@pytest.mark.parametrize("end", ["。", "！", "？", "।", "។", "။", "።", "؟"])
def test_full_stops_of_other_scripts_need_no_space_behind(
    english: SentenceSplitter, end: str
) -> None:
    assert sentences(english, f"渡轮{end}港口{end}") == [f"渡轮{end}", f"港口{end}"]


def test_thai_is_cut_at_spaces_into_parts_as_long_as_sentences() -> None:
    phrase = "เรือข้ามฟากออกจากท่าเรือตอนเที่ยงทุกวันและกลับมาตอนเย็น"
    text = " ".join([phrase] * 9)
    splitter = SentenceSplitter("thai")
    found = sentences(splitter, text)

    assert found == [" ".join([phrase] * 3)] * 3
    assert sentences(splitter, f"{phrase} {phrase}") == [f"{phrase} {phrase}"]


def test_a_long_text_has_the_sentences_of_its_parts(
    english: SentenceSplitter, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Ask Dr. Smith, e.g. at noon. He knows. " * 40
    expected = sentences(english, text)
    monkeypatch.setattr("chatbot.language.sentences.STRETCH_CHARACTERS", 100)

    assert len(expected) == 80
    assert sentences(english, text) == expected


@given(NEAR_SENTENCES)
def test_a_long_text_keeps_all_its_words(text: str) -> None:
    splitter = SentenceSplitter("english")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chatbot.language.sentences.STRETCH_CHARACTERS", 8)
        found = sentences(splitter, text)

    assert "".join("".join(found).split()) == "".join(text.split())
