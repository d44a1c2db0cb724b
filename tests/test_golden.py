"""The source text, asked what its readers ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot import Chatbot
from chatbot.evaluation import evaluate, read_questions

REPOSITORY = Path(__file__).parents[1]
CORPUS = REPOSITORY / "corpus"
SOURCE = "head-of-product.txt"
GOLDEN = REPOSITORY.parent / "shared" / "golden" / "head-of-product.jsonl"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return Chatbot.open(CORPUS, tmp_path_factory.mktemp("index"))


def test_a_heading_that_is_the_question_is_answered_by_what_stands_below(bot):
    reply = bot.reply("What if I'm the only member of the executive team?")
    assert reply.kind == "answer"
    assert "what you do matters more than your title" in reply.text
    assert (reply.quotes[0].source, reply.quotes[0].line) == (SOURCE, 8)


def test_what_the_source_text_does_not_cover_is_not_found(bot):
    reply = bot.reply("How do I bake bread?")
    assert reply.kind == "not_found"
    assert "“bake”, “bread”" in reply.text
    assert reply.quotes == ()


@pytest.mark.skipif(not GOLDEN.exists(), reason=f"needs {GOLDEN.name} beside the clone")
def test_at_least_90_percent_of_the_golden_questions_are_right(bot):
    evaluation = evaluate(bot, read_questions(GOLDEN))
    misses = [(each.question, each.reply.text) for each in evaluation.wrong]
    assert len(evaluation.worded) >= 0.9 * len(evaluation.judgements), misses


@pytest.mark.skipif(not GOLDEN.exists(), reason=f"needs {GOLDEN.name} beside the clone")
def test_every_quote_is_exactly_the_words_of_its_file(bot):
    judgements = evaluate(bot, read_questions(GOLDEN)).judgements
    quotes = [quote for each in judgements for quote in each.reply.quotes]
    assert quotes
    for quote in quotes:
        text = (CORPUS / quote.source).read_text(encoding="utf-8")
        assert text[quote.start : quote.end] == quote.text
        assert quote.line == text[: quote.start].count("\n") + 1
