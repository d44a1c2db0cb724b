"""The bot asks which heading is meant, takes the choice, and offers what it answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot import Chatbot
from chatbot.reply import Reply

CORPORA = Path(__file__).parent / "corpora"
SOURCE_TEXT = Path(__file__).parents[1] / "corpus"
ALL_CORPORA = (*sorted(CORPORA.iterdir()), SOURCE_TEXT)

CAMP = """\
# Kitchen

Breakfast is at eight.

A lantern hangs over the stove.

# Boats

A lantern hangs at every bow. Oars lie in the shed.

# Help

Ring the bell.
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus = tmp_path_factory.mktemp("camp")
    (corpus / "camp.md").write_text(CAMP)
    return Chatbot.open(corpus)


def asked_back(bot: Chatbot, message: str = "lantern?") -> Reply:
    reply = bot.reply(message)
    assert reply.kind == "clarify"
    return reply


def quoted(reply: Reply) -> tuple[str, str]:
    assert reply.kind == "answer"
    return reply.quotes[0].heading, reply.text


def test_a_short_topic_under_two_headings_is_asked_back(bot):
    reply = asked_back(bot)
    assert set(reply.suggestions) == {"Kitchen", "Boats"}
    assert reply.text.endswith("?")
    assert reply.quotes == ()
    assert reply.interpretation.matched == ("lantern",)
    assert reply.interpretation.reasons == ()
    assert json.loads(json.dumps(reply.to_dict()))["kind"] == "clarify"


@pytest.mark.parametrize("choice", ["{number}", "the {ordinal} one", "{heading}"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_choice_is_answered_from_under_its_heading(bot, choice, place):
    reply = asked_back(bot)
    heading = reply.suggestions[place]
    ordinal = ("first", "second")[place]
    message = choice.format(number=place + 1, ordinal=ordinal, heading=heading)
    chosen = bot.reply(message, conversation=reply.conversation)
    words = {
        "Kitchen": "A lantern hangs over the stove.",
        "Boats": "A lantern hangs at every bow.",
    }
    assert quoted(chosen) == (heading, words[heading])
    assert chosen.conversation == reply.conversation


def test_one_heading_after_the_other_may_be_chosen(bot):
    reply = asked_back(bot)
    chosen = [bot.reply(n, conversation=reply.conversation) for n in ("1", "2", "1")]
    headings = [quoted(each)[0] for each in chosen]
    assert headings == [reply.suggestions[0], *reply.suggestions[::-1]]


def test_anything_else_is_a_new_question_and_ends_the_offer(bot):
    conversation = asked_back(bot).conversation
    reply = bot.reply("When is breakfast?", conversation=conversation)
    assert quoted(reply) == ("Kitchen", "Breakfast is at eight.")
    assert bot.reply("2", conversation=conversation).kind == "not_found"


def test_small_talk_leaves_the_offer_open(bot):
    reply = asked_back(bot)
    bot.reply("thanks", conversation=reply.conversation)
    chosen = bot.reply("1", conversation=reply.conversation)
    assert quoted(chosen)[0] == reply.suggestions[0]


def test_an_offer_is_of_one_conversation(bot):
    asked_back(bot)
    assert bot.reply("1").kind == "not_found"


def test_a_follow_up_to_a_choice_knows_what_was_chosen(bot):
    reply = asked_back(bot)
    bot.reply("Boats", conversation=reply.conversation)
    then = bot.reply("What lies there?", conversation=reply.conversation)
    assert "boats" in then.interpretation.follow_up_of


def test_a_message_that_goes_on_with_a_question_is_not_asked_back(bot):
    conversation = bot.reply("When is breakfast?").conversation
    reply = bot.reply("what about the lantern?", conversation=conversation)
    assert reply.kind == "answer"


def test_a_choice_whose_heading_is_gone_is_a_question_in_its_words(tmp_path):
    (tmp_path / "camp.md").write_text(CAMP)
    bot = Chatbot.open(tmp_path)
    reply = asked_back(bot)
    (tmp_path / "camp.md").write_text("# Kitchen\n\nThe stove is cold.\n")
    bot.reload()
    place = reply.suggestions.index("Kitchen") + 1
    chosen = bot.reply(str(place), conversation=reply.conversation)
    assert quoted(chosen) == ("Kitchen", "The stove is cold.")


def test_where_only_the_heading_says_it_the_choice_is_the_text_below(tmp_path):
    text = "# Lantern rules\n\nPut it out at ten.\n\n# Boats\n\nA lantern hangs low.\n"
    (tmp_path / "camp.md").write_text(text)
    bot = Chatbot.open(tmp_path)
    reply = asked_back(bot, "lantern")
    chosen = bot.reply("Lantern rules", conversation=reply.conversation)
    assert quoted(chosen) == ("Lantern rules", "Put it out at ten.")


def offered(bot: Chatbot) -> set[str]:
    """Headings that the bot offers, to begin with, beside answers and below none."""
    headings = [h for source, _ in bot.documents() for h in headings_of(bot, source)]
    messages = [*headings, *(f"{heading} zeppelin xylophone" for heading in headings)]
    replies = [bot.reply(message) for message in messages]
    assert {reply.kind for reply in replies} >= {"answer", "not_found"}
    return {*bot.suggestions(), *(s for reply in replies for s in reply.suggestions)}


def headings_of(bot: Chatbot, source: str) -> list[str]:
    document = bot.document(source)
    assert document is not None
    return [heading.text for heading in document.headings]


@pytest.mark.parametrize("corpus", ALL_CORPORA, ids=lambda corpus: corpus.name)
def test_a_heading_that_is_offered_is_answered_when_asked(corpus, tmp_path):
    bot = Chatbot.open(corpus, tmp_path)
    for heading in offered(bot):
        assert bot.reply(heading).kind == "answer", heading


def test_a_heading_that_would_be_small_talk_is_not_offered(bot):
    assert "Help" not in bot.suggestions()
    reply = bot.reply("Who rings the bell of the zeppelin hangar in autumn?")
    assert reply.kind == "not_found"
    assert "Help" not in reply.suggestions


def test_a_heading_that_nothing_stands_under_is_not_offered(tmp_path):
    (tmp_path / "a.md").write_text("# Empty\n\n# Boats\n\nThey float.\n")
    assert Chatbot.open(tmp_path).suggestions() == ("What about “Boats”?",)
