"""Whatever is said, in whatever order: a reply comes, and every quote is exact."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot import Chatbot
from chatbot.wording.table import LANGUAGES, wording

CORPUS = Path(__file__).parent / "corpora" / "brightwater"
QUESTIONS = [
    "How many days of holiday do I get?",
    "How long does the battery last?",
    "What about the tracker?",
    "and abroad?",
    "what do they cost?",
    "battery",
    "delivery?",
    "Wie lange hält der Akku?",
    "电池能用多久？",
    "zeppelin xylophone",
    "no, I meant the warranty",
    "What about “Returns”?",
    "the first one",
    "2",
    "٣",
]
CUES = [
    phrase
    for language in LANGUAGES
    for phrases in wording(language).hears.cues.values()
    for phrase in phrases[:2]
]
BEGINNINGS = [
    phrase
    for language in LANGUAGES
    for phrases in (
        wording(language).hears.takes_back,
        wording(language).hears.continues,
    )
    for phrase in phrases[:3]
]
ODD = [
    "",
    " ",
    "\n",
    "🙂",
    "👩‍👩‍👧‍👦 👍🏽",
    "\x00",
    "\u202eabc",
    "?" * 300,
    "a" * 5000,
    "{heading}",
]

SENTENCES = st.one_of(
    st.sampled_from(QUESTIONS),
    st.sampled_from(CUES),
    st.sampled_from(ODD),
    st.text(max_size=40),
)
MESSAGES = st.one_of(
    SENTENCES,
    st.lists(SENTENCES, min_size=2, max_size=4).map(" ".join),
    st.builds("{} {}".format, st.sampled_from(BEGINNINGS), SENTENCES),
    st.builds(lambda text, times: text * times, SENTENCES, st.integers(1, 60)),
)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return Chatbot.open(CORPUS, tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def texts(bot: Chatbot) -> dict[str, str]:
    found = {source: bot.document(source) for source, _ in bot.documents()}
    return {source: document.text for source, document in found.items() if document}


@settings(max_examples=60)
@given(messages=st.lists(MESSAGES, min_size=1, max_size=12))
def test_any_messages_in_any_order_get_replies_with_exact_quotes(
    bot: Chatbot, texts: dict[str, str], messages: list[str]
) -> None:
    conversation = None
    for message in messages:
        reply = bot.reply(message, conversation)
        assert conversation in (None, reply.conversation)
        conversation = reply.conversation
        assert reply.kind in ("answer", "clarify", "not_found", "small_talk")
        assert reply.text
        assert bool(reply.quotes) == (reply.kind == "answer")
        assert 0 <= reply.confidence <= 1
        assert len(reply.suggestions) <= (4 if reply.kind == "clarify" else 3)
        for quote in reply.quotes:
            text = texts[quote.source]
            assert text[quote.start : quote.end] == quote.text
            passage = quote.passage
            assert text[passage.start : passage.end] == passage.text
            assert passage.start <= quote.start <= quote.end <= passage.end


@settings(max_examples=20)
@given(conversation=st.text(max_size=30), message=MESSAGES)
def test_any_id_gets_a_reply(bot: Chatbot, conversation: str, message: str) -> None:
    reply = bot.reply(message, conversation)
    assert reply.text
    assert reply.conversation
    assert bool(reply.notice) == (
        bool(conversation) and reply.conversation != conversation
    )
