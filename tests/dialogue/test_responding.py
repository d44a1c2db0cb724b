"""Conversations as people have them: each message gets what it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot import Chatbot
from chatbot.reply import Reply

SHIPYARD = """\
# Apprentices

A junior welder earns 21,000 crowns a year. A senior welder earns 48,000 crowns a year.

# The chief harbour officer (CHO)

A chief harbour officer (CHO) keeps the keys of the gates. In a good year the CHO earns
95,000 crowns. The CHO lives above the customs house.

# Divers

A diver inspects hulls below the water line, a riveter those above it. Divers bring
their own masks.

# Who pays for the lunch?

Lunch is paid by the yard on Fridays. On other days everybody pays at the counter.

# Dry dock

The dry dock holds ships of up to ninety metres. It is pumped empty within four hours.

Before a ship enters, the keel blocks are set by hand.
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus = tmp_path_factory.mktemp("shipyard")
    (corpus / "yard.md").write_text(SHIPYARD)
    return Chatbot.open(corpus)


def talk(bot: Chatbot, *messages: str) -> list[Reply]:
    """The replies to messages of one conversation."""
    return list(_replies(bot, messages))


def _replies(bot: Chatbot, messages: tuple[str, ...]) -> Iterator[Reply]:
    conversation = None
    for message in messages:
        reply = bot.reply(message, conversation)
        conversation = reply.conversation
        text = bot.document("yard.md").text
        for quote in reply.quotes:
            assert text[quote.start : quote.end] == quote.text
            assert text.count("\n", 0, quote.start) + 1 == quote.line
        yield reply


def last(bot: Chatbot, *messages: str) -> Reply:
    return talk(bot, *messages)[-1]


@pytest.mark.parametrize("subject", ["CHO", "chief harbour officer"])
def test_a_pronoun_stands_for_the_subject_in_short_or_in_full(bot, subject):
    reply = last(bot, f"Where does the {subject} live?", "and what do they earn?")
    assert "95,000 crowns" in reply.text
    assert reply.interpretation.follow_up_of == "chief harbour officer"


def test_a_subject_that_was_misspelt_is_carried_over_too(bot):
    reply = last(bot, "What does a divver inspect?", "and what do they bring?")
    assert "their own masks" in " ".join(reply.text.split())


def test_what_was_asked_is_asked_of_something_else(bot):
    replies = talk(
        bot,
        "What does a senior welder earn?",
        "what about a junior one?",
        "and the CHO?",
    )
    assert "48,000 crowns" in replies[0].text
    assert "21,000 crowns" in replies[1].text
    assert "junior welder earn" in replies[1].interpretation.follow_up_of
    assert "95,000 crowns" in replies[2].text


def test_what_the_documents_do_not_say_of_something_else_is_not_found(bot):
    reply = last(bot, "What does a senior welder earn?", "what about a riveter?")
    assert reply.kind == "not_found"
    assert "a riveter earn" in reply.interpretation.follow_up_of
    assert reply.suggestions[0] == "What about “a riveter”?"


def test_what_a_heading_says_is_a_topic_of_its_own(bot):
    reply = last(bot, "What does a senior welder earn?", "what about divers?")
    assert reply.quotes[0].heading == "Divers"
    assert reply.interpretation.follow_up_of == ""


def test_a_suggestion_is_asked_as_it_stands(bot):
    reply = last(
        bot,
        "What does a senior welder earn?",
        "what about a riveter?",
        "What about “a riveter”?",
    )
    assert reply.kind == "answer"
    assert "a riveter those above" in reply.text
    assert reply.interpretation.follow_up_of == ""


def test_a_new_topic_is_not_dragged_back(bot):
    reply = last(bot, "What does the CHO earn?", "How long is the dry dock pumped?")
    assert "four hours" in reply.text
    assert reply.interpretation.follow_up_of == ""


def test_a_pronoun_that_points_at_nothing_known_is_not_answered(bot):
    reply = last(bot, "What is a zeppelin?", "what do they earn?")
    assert reply.kind == "not_found"


@pytest.mark.parametrize(
    "correction", ["no, I meant the CHO", "sorry, I meant: what does the CHO earn?"]
)
def test_the_last_question_is_put_right(bot, correction):
    reply = last(bot, "What does a junior welder earn?", correction)
    assert "95,000 crowns" in reply.text


def test_a_question_put_right_is_forgotten(bot):
    reply = last(
        bot,
        "Where does the CHO live?",
        "How large is the dry dock?",
        "no, I meant the lunch",
        "and what do they earn?",
    )
    assert "dry dock" not in reply.interpretation.follow_up_of


def test_a_question_taken_back_is_forgotten(bot):
    wrong, then = talk(
        bot, "Where does the CHO live?", "that's not what I meant", "what do they earn?"
    )[1:]
    assert wrong.kind == "small_talk"
    assert then.interpretation.follow_up_of == ""


def test_more_shows_each_passage_once_until_there_is_no_more(bot):
    replies = talk(bot, "dry dock", *["more"] * 4)
    shown = [reply.quotes[0].start for reply in replies if reply.kind == "answer"]
    assert len(shown) == len(set(shown)) > 1
    assert replies[-1].kind == "small_talk"
    assert "all that the documents say" in replies[-1].text


def test_as_many_passages_are_shown_as_the_first_reply_had(bot):
    first, *others = talk(bot, "What does the CHO earn?", *["more"] * 9)
    promised = len(first.quotes)
    assert promised > 1
    kinds = [reply.kind for reply in others]
    assert kinds[: promised - 1] == ["answer"] * (promised - 1)
    assert kinds[-1] == "small_talk"
    assert [len(reply.quotes) for reply in others[: promised - 1]] == list(
        range(promised - 1, 0, -1)
    )


def test_more_of_what_was_not_found_is_not_found(bot):
    assert last(bot, "What is a zeppelin?", "more").kind == "not_found"


def test_where_shows_the_text_around_the_quote(bot):
    asked, where = talk(bot, "Where does the CHO live?", "where does it say that?")
    assert where.kind == "answer"
    assert asked.text in where.text
    assert len(where.text) > len(asked.quotes[0].passage.text)
    assert where.quotes[0].heading == asked.quotes[0].heading


def test_where_goes_with_what_was_shown_last(bot):
    replies = talk(bot, "dry dock", "more", "where does it say that?")
    assert replies[1].text in replies[2].text


def test_why_says_how_the_question_was_read(bot):
    reply = last(bot, "Where does the CHO live?", "why?")
    assert reply.kind == "small_talk"
    assert "Confidence 0." in reply.text
    assert "In the passage or its headings: cho, live." in reply.text


@pytest.mark.parametrize(
    "message",
    ["and?", "yes", "so what", "no thanks", "you too", "not really", "ok bye"],
)
def test_what_is_no_question_does_not_get_the_last_answer_again(bot, message):
    assert last(bot, "Where does the CHO live?", message).kind == "small_talk"


def test_a_repetition_shows_the_last_quote_again(bot):
    asked, repeated = talk(bot, "Where does the CHO live?", "repeat")
    assert asked.text in repeated.text


@pytest.mark.parametrize("message", ["more", "why", "source?", "no", "nope"])
def test_what_goes_back_to_a_question_needs_one(bot, message):
    reply = last(bot, message)
    assert (reply.kind, reply.text) == ("small_talk", "Ask a question first.")
    assert reply.suggestions


def test_starting_over_forgets_what_was_said(bot):
    replies = talk(bot, "Where does the CHO live?", "start over", "what do they earn?")
    assert replies[1].conversation == replies[0].conversation
    assert replies[2].interpretation.follow_up_of == ""


def test_what_can_be_asked_is_told_by_headings_and_topics(bot):
    reply = last(bot, "what can you answer?")
    assert reply.kind == "small_talk"
    assert "- Who pays for the lunch?" in reply.text
    assert "crowns" in reply.text.partition("\n")[0]


def test_the_bot_speaks_the_language_of_the_question(bot):
    assert last(bot, "Wer bist du?").text.startswith("Ich bin ein Bot")
    assert last(bot, "¿Cuánto cuesta un zepelín?").text.startswith("Los documentos no")
    assert last(bot, "Where does the CHO live?", "pourquoi ?").text.startswith("Conf")
    assert last(bot, "出处在哪里").text == "请先提一个问题。"


@pytest.mark.parametrize("question", ["car 4m price", "man hours", "sin tax"])
def test_a_foreign_word_that_is_one_of_the_documents_too_is_not_foreign(bot, question):
    assert last(bot, question).text.startswith("The documents do not cover this.")


def test_words_without_a_topic_are_not_named_in_any_language(bot):
    reply = last(bot, "Wie lange hält der Akku von einem Zeppelin?")
    assert "“hält”" in reply.text
    assert "“Wie”" not in reply.text


def test_what_was_answered_is_not_suggested_again(bot):
    seen: set[str] = set()
    for reply in talk(
        bot, "Who pays for the lunch?", "What about “Divers”?", "dry dock", "hello"
    ):
        assert seen.isdisjoint(reply.suggestions)
        assert len(reply.suggestions) <= 3
        seen |= {
            form
            for quote in reply.quotes[:1]
            for form in (quote.heading, f"What about “{quote.heading}”?")
        }


def test_questions_among_the_headings_are_suggested_first(bot):
    reply = last(bot, "hello")
    assert reply.suggestions[0] == "Who pays for the lunch?"
    assert reply.suggestions[1] == "What about “Apprentices”?"


def test_every_suggestion_is_answered(bot):
    first = last(bot, "hello")
    for suggestion in first.suggestions:
        assert bot.reply(suggestion, first.conversation).kind == "answer"


def test_an_unknown_conversation_is_a_new_one_and_that_is_said(bot):
    reply = bot.reply("Where does the CHO live?", "AAAAAAAAAAAAAAAAAAAAAA")
    assert reply.kind == "answer"
    assert reply.conversation != "AAAAAAAAAAAAAAAAAAAAAA"
    assert "this is a new one" in reply.notice
    again = bot.reply("what do they earn?", reply.conversation)
    assert (again.conversation, again.notice) == (reply.conversation, "")
    assert "95,000" in again.text


def test_what_is_quoted_stays_so_when_the_documents_change(tmp_path: Path):
    (tmp_path / "yard.md").write_text(SHIPYARD)
    bot = Chatbot.open(tmp_path)
    conversation = bot.reply("Where does the CHO live?").conversation
    (tmp_path / "yard.md").write_text("# Gone\n\nThe yard is closed for good.\n")
    bot.reload()
    for message in ("where does it say that?", "more", "why", "and what do they earn?"):
        reply = bot.reply(message, conversation)
        text = bot.document("yard.md").text
        assert all(text[q.start : q.end] == q.text for q in reply.quotes)
