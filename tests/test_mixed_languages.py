"""Documents in several languages, asked in each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.bot import Chatbot
from chatbot.settings import Settings

FILES = {
    "de.txt": (
        "Die Fähre verlässt den Hafen um zwölf Uhr mittags. Bei Sturm bleibt sie dort."
        "\n\nDie Häuser am Ufer sind aus Holz. Anna Schulze hat sie gebaut.\n"
    ),
    "en.txt": (
        "The ferry leaves the harbour at noon. In a storm it stays in port.\n\n"
        "The houses on the shore are made of wood. Anna Schulze built them.\n"
    ),
    "th.txt": ("เรือข้ามฟากออกจากท่าเรือตอนเที่ยงทุกวัน\n\nตั๋วเรือราคาห้ายูโรสำหรับผู้ใหญ่\n"),
    "zh.txt": (
        "渡轮每天中午离开港口。遇到暴风雨时，渡轮留在港口。票价是五欧元。\n\n"
        "首席产品官负责产品战略。她领导两百名员工！总部在哪里？总部在Hamburg。\n"
    ),
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus = tmp_path_factory.mktemp("corpus")
    for name, text in FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    return Chatbot.open(corpus, settings=Settings())


@pytest.mark.parametrize(
    ("question", "source", "answer"),
    [
        ("Wann verlässt die Fähre den Hafen?", "de.txt", "um zwölf Uhr mittags"),
        ("Woraus ist das Haus am Ufer?", "de.txt", "aus Holz"),
        ("When does the ferry leave the harbour?", "en.txt", "at noon"),
        ("What is the house on the shore made of?", "en.txt", "made of wood"),
        ("渡轮什么时候离开港口？", "zh.txt", "渡轮每天中午离开港口。"),
        ("谁负责产品战略？", "zh.txt", "首席产品官负责产品战略。"),
        ("ตั๋วเรือราคาเท่าไหร่", "th.txt", "ราคาห้ายูโร"),
    ],
)
def test_a_question_is_answered_by_the_document_in_its_language(
    bot: Chatbot, question: str, source: str, answer: str
) -> None:
    reply = bot.reply(question)

    assert reply.kind == "answer"
    assert reply.quotes[0].source == source
    assert answer in reply.text


@pytest.mark.parametrize("question", ["Who is Anna Schulze?", "Wer ist Anna Schulze?"])
def test_a_name_is_found_in_every_language(bot: Chatbot, question: str) -> None:
    found = {hit.passage.source for hit in bot.search(question, limit=2)}

    assert found == {"de.txt", "en.txt"}


def test_a_latin_word_is_found_between_chinese_ones(bot: Chatbot) -> None:
    assert [hit.passage.source for hit in bot.search("Hamburg")] == ["zh.txt"]


@pytest.mark.parametrize(
    "question", ["渡轮 港口 票价", "产品 员工 总部", "เรือ ตั๋ว", "Fähre", "ferry"]
)
def test_quotes_are_slices_of_their_documents(bot: Chatbot, question: str) -> None:
    reply = bot.reply(question)

    for quote in reply.quotes:
        document = bot.document(quote.source)
        assert document is not None
        assert document.text[quote.start : quote.end] == quote.text
        assert quote.passage.text in document.text


def test_chinese_sentences_end_at_their_own_full_stops(bot: Chatbot) -> None:
    document = bot.document("zh.txt")
    assert document is not None
    spans = document.passages[1].sentences

    assert [document.text[start:end] for start, end in spans] == [
        "首席产品官负责产品战略。",
        "她领导两百名员工！",
        "总部在哪里？",
        "总部在Hamburg。",
    ]


def test_words_are_shown_as_they_were_typed_and_not_as_pairs(bot: Chatbot) -> None:
    read = bot.reply("量子计算机负责产品战略？").interpretation

    assert read is not None
    assert read.matched == ("负责产品战略",)
    assert read.unknown == ("量子计算机",)
    assert read.expanded == ()


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    """Mostly German, with a few English headings."""
    corpus = tmp_path_factory.mktemp("handbook")
    german = "\n\n".join(f"Die Fähre Nummer {n} fährt um acht Uhr." for n in range(9))
    (corpus / "de.md").write_text(german, encoding="utf-8")
    (corpus / "en.md").write_text(
        "# Pets\n\nDogs may come to the office on a lead.\n\n"
        "# Visitors\n\nVisitors with dogs wait outside of the office.\n",
        encoding="utf-8",
    )
    return Chatbot.open(corpus, settings=Settings())


def test_stop_words_are_those_of_the_message_when_it_is_asked_back(
    handbook: Chatbot,
) -> None:
    assert handbook.reply("dogs and office").suggestions == ("Pets", "Visitors")


def test_stop_words_are_those_of_the_message_when_it_corrects(
    handbook: Chatbot,
) -> None:
    conversation = handbook.reply("Where do the dogs wait?").conversation
    reply = handbook.reply("no, I meant the visitors with the dogs", conversation)

    assert reply.interpretation is not None
    assert "Where do the dogs wait" in reply.interpretation.follow_up_of
    assert "the visitors with the dogs" in reply.interpretation.follow_up_of


def test_one_language_can_be_set_for_all_documents(
    bot: Chatbot, tmp_path: Path
) -> None:
    settings = bot.settings.with_values(language="german", index=str(tmp_path))
    german = Chatbot.open(settings=settings)

    assert {german.document(s).language for s, _ in german.documents()} == {"german"}
    assert bot.document("en.txt").language == "english"
