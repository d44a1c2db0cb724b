"""What a visitor of another site sees when they ask."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from chatbot.channels.web import create_app
from chatbot.insights.tables import EXCHANGES
from tests.browser.conftest import LAPTOP, Server
from tests.browser.hostile import HOSTILE_FILES, HOSTILE_WORDS
from tests.browser.widget.conftest import (
    ISLANDS,
    SENTENCE,
    Embed,
    ask,
    open_widget,
    question_field,
)


def test_an_answer_is_the_documents_words_with_their_place(opened: Any) -> None:
    reply = ask(opened, ISLANDS)
    assert reply.locator("mark").first.inner_text() == SENTENCE
    place = reply.get_by_role("link", name="shop.md · Delivery · line 3")
    assert "/sources/shop.md?quote=" in place.get_attribute("href")


def test_the_source_opens_with_the_quoted_words_on_screen(
    page: Any, embed: Embed
) -> None:
    long = "Nothing happens on this day either.\n\n" * 80
    page.goto(embed({"diary.md": f"{long}{SENTENCE}\n\n{long}"}).url)
    open_widget(page)
    place = ask(page, ISLANDS).get_by_role("link", name="diary.md")
    with page.expect_popup() as opened:
        place.click()
    source = opened.value
    words = source.locator("mark")
    assert words.inner_text() == SENTENCE
    assert 0 < words.bounding_box()["y"] < LAPTOP["height"]
    assert source.evaluate("opener") is None


def test_the_quoted_sentence_is_set_off_inside_its_passage(opened: Any) -> None:
    quote = ask(opened, ISLANDS).locator(".quote").first
    assert not quote.get_by_text("Parcels leave the harbour").is_visible()
    unfold = quote.get_by_role("button", name="Show the whole passage")
    assert unfold.get_attribute("aria-expanded") == "false"
    unfold.click()
    assert quote.get_by_text("Parcels leave the harbour").is_visible()
    assert quote.locator("mark").inner_text() == SENTENCE
    fold = quote.get_by_role("button", name="Show the quote alone")
    assert fold.get_attribute("aria-expanded") == "true"
    fold.click()
    assert not quote.get_by_text("Parcels leave the harbour").is_visible()


def test_offsets_count_characters_beyond_the_basic_plane(
    page: Any, embed: Embed
) -> None:
    text = "Tea 🫖🫖🫖 is served on the terrace. The 🚢 ferry leaves at noon. 🙂 Bye.\n"
    page.goto(embed({"harbour.txt": text}).url)
    open_widget(page)
    quote = ask(page, "When does the ferry leave?").locator(".quote").first
    quote.get_by_role("button", name="Show the whole passage").click()
    assert quote.locator("blockquote").inner_text() == text.strip()


def test_a_correction_and_what_was_taken_over_are_said(opened: Any) -> None:
    reply = ask(opened, "How long does delivry to the islands take?")
    assert reply.get_by_text(
        "Searched for “delivery” instead of “delivry”"
    ).is_visible()
    reply = ask(opened, "and what does it cost when late?")
    assert reply.get_by_text(re.compile("^About: .*islands")).is_visible()


def test_a_conversation_that_is_over_is_said_to_be(opened: Any) -> None:
    ask(opened, ISLANDS)
    question = "Who signs the warranty?"
    forgotten = {"message": question, "conversation": "forgotten-by-the-bot-x"}
    opened.route(
        "**/api/chat", lambda route: route.continue_(post_data=json.dumps(forgotten))
    )
    reply = ask(opened, question)
    assert reply.get_by_text("The earlier conversation is over").is_visible()


def test_other_places_are_chips_that_show_one_at_a_time(opened: Any) -> None:
    reply = ask(opened, "Who signs the warranty, the treasurer?")
    chips = reply.locator(".chip")
    assert chips.first.get_attribute("aria-expanded") == "false"
    chips.first.click()
    assert chips.first.get_attribute("aria-expanded") == "true"
    assert reply.locator(".place:visible").count() == 1
    chips.first.click()
    assert reply.locator(".place:visible").count() == 0


def with_the_answer_twice(route: Any) -> None:
    """Lets a reply through, its first quote once more at the end."""
    response = route.fetch()
    reply = response.json()
    reply["quotes"].append(reply["quotes"][0])
    route.fulfill(response=response, json=reply)


def test_places_have_names_of_their_own_and_none_is_the_answers(
    page: Any, embed: Embed
) -> None:
    line = " ".join(
        f"The ferry number {n} leaves the harbour at noon and carries kettles, parcels "
        "and passengers to the islands; dogs travel free, and the captain waits for "
        f"nobody. Boats of class {n} are {'painted blue and ' * 12}clean."
        for n in range(6)
    )
    files = {"a/ferry.txt": line, "b/ferry.txt": "The ferry leaves the harbour at ten."}
    page.goto(embed(files).url)
    open_widget(page)
    page.route("**/api/chat", with_the_answer_twice)
    reply = ask(page, "When does the ferry leave the harbour?")
    names = reply.locator(".places .chip").all_inner_texts()
    assert len(names) > 2
    assert len(set(names)) == len(names)
    assert any("· The ferry number" in name for name in names)
    own = reply.locator(".quote").first.locator("mark").inner_text()
    assert own not in reply.locator(".place mark").all_text_contents()


def test_suggestions_are_chips_that_ask(opened: Any) -> None:
    opened.get_by_role("button", name="Returns").click()
    opened.locator(".question", has_text="Returns").wait_for()
    opened.locator(".reply mark", has_text="45 days").wait_for()
    opened.locator("#question:focus").wait_for()


def test_the_choices_of_a_question_back_are_buttons(page: Any, embed: Embed) -> None:
    files = {
        "harbour.md": "# Quay\n\nA ferry rests.\n\n# Old nets\n\nA ferry drifts.\n"
    }
    page.goto(embed(files).url)
    open_widget(page)
    ask(page, "ferry")
    page.get_by_role("button", name="Old nets").click()
    page.locator("mark", has_text="A ferry drifts.").wait_for()


def test_a_question_that_is_not_covered_is_told_in_words(opened: Any) -> None:
    reply = ask(opened, "Who painted the ceiling of the chapel?")
    assert reply.get_by_text("The documents do not cover this").is_visible()
    assert reply.get_by_role("button", name="This helps").count() == 0


def test_why_is_unfolded_on_request(opened: Any) -> None:
    reply = ask(opened, ISLANDS)
    reason = reply.get_by_text(re.compile("It came first because"))
    assert not reason.is_visible()
    reply.get_by_role("button", name="Why this answer?").click()
    assert reason.is_visible()


def test_a_rating_with_a_word_reaches_the_journal(page: Any, embed: Embed) -> None:
    embedded = embed()
    page.goto(embedded.url)
    open_widget(page)
    reply = ask(page, ISLANDS)
    down = reply.get_by_role("button", name="This does not help")
    down.click()
    word = reply.get_by_role("textbox", name="In a word, why?")
    word.fill("which island?")
    word.press("Enter")
    reply.get_by_text("Thank you.").wait_for()
    assert down.get_attribute("aria-pressed") == "true"
    with embedded.served.journal.engine.connect() as connection:
        kept = connection.execute(select(EXCHANGES.c.rating, EXCHANGES.c.comment))
        assert list(map(tuple, kept)) == [("down", "which island?")]


def test_a_word_survives_the_same_rating_and_the_rating_of_another_answer(
    page: Any, embed: Embed
) -> None:
    embedded = embed()
    page.goto(embedded.url)
    open_widget(page)
    replies = [ask(page, ISLANDS), ask(page, "Who signs the warranty?")]
    words = [each.get_by_role("textbox", name="In a word, why?") for each in replies]
    for reply, word in zip(replies, words, strict=True):
        reply.get_by_role("button", name="This does not help").click()
        word.fill("which one?")
    assert words[0].input_value() == "which one?"
    words[0].press("Enter")
    replies[0].get_by_text("Thank you.").wait_for()
    replies[0].get_by_role("button", name="This does not help").click()
    words[0].wait_for()
    assert words[0].input_value() == "which one?"
    with embedded.served.journal.engine.connect() as connection:
        kept = connection.execute(select(EXCHANGES.c.rating, EXCHANGES.c.comment))
        assert set(map(tuple, kept)) == {("down", "which one?"), ("down", "")}


def test_without_a_journal_there_is_nothing_to_rate(
    page: Any, embed: Embed, serve: Any
) -> None:
    embedded = embed()
    settings = embedded.served.bot.settings.with_values(
        allowed_origins=embedded.site.url
    )
    without = Server(create_app(embedded.served.bot, settings))
    serve(without)
    embedded.site.app.host = without.url
    page.goto(embedded.url)
    open_widget(page)
    reply = ask(page, ISLANDS)
    assert reply.get_by_role("button", name="Why this answer?").is_visible()
    assert reply.get_by_role("button", name="This helps").count() == 0


def test_an_answer_is_copied_with_its_place(new_page: Any, embed: Embed) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(embed().url)
    open_widget(page)
    ask(page, ISLANDS).get_by_role("button", name="Copy").click()
    page.locator("[role=status]", has_text="Copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert copied[:2] == [SENTENCE, "shop.md · Delivery · line 3"]
    assert "/sources/shop.md?" in copied[2]


def test_new_chat_forgets_the_conversation(opened: Any) -> None:
    ask(opened, ISLANDS)
    with opened.expect_request("**/api/chat") as first:
        ask(opened, "and when late?")
    assert first.value.post_data_json["conversation"]
    opened.get_by_role("button", name="New chat").click()
    assert opened.locator(".exchange").count() == 0
    with opened.expect_request("**/api/chat") as second:
        ask(opened, ISLANDS)
    assert "conversation" not in second.value.post_data_json


def test_what_is_typed_is_no_shortcut_of_the_page(opened: Any) -> None:
    opened.evaluate("addEventListener('keydown', () => (window.heard = true))")
    question_field(opened).press("s")
    assert opened.evaluate("window.heard") is None


def test_a_line_break_needs_shift(opened: Any) -> None:
    field = question_field(opened)
    field.press("a")
    field.press("Shift+Enter")
    field.press("b")
    assert field.input_value() == "a\nb"
    assert opened.locator(".exchange").count() == 0


HOSTILE_QUESTIONS = (
    "When does the ferry <script>alert(1)</script> leave?",
    "<img src=x onerror=alert(1)> What do tickets cost?",
    "[Where](javascript:alert(1)) are prices listed?",
    "Which photo shows the harbour at low tide?",
    "May dogs come along?",
    "What is the fare of a child?",
    "When is the lighthouse open?",
)


@pytest.fixture
def watched(page: Any) -> Any:
    """A page on which a script of somebody else's fails the test."""
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    return page


def test_markup_in_documents_and_messages_is_shown_as_text(
    watched: Any, embed: Embed
) -> None:
    watched.goto(embed(HOSTILE_FILES).url)
    open_widget(watched)
    for question in HOSTILE_QUESTIONS:
        reply = ask(watched, question)
        assert watched.locator(".question").last.inner_text() == question
        reply.locator("[aria-expanded]").evaluate_all(
            "controls => controls.forEach((control) => control.click())"
        )
    shown = watched.locator("chatbot-widget").locator(".log")
    assert "<script>alert(1)</script> leaves at noon" in shown.inner_text()
    assert "<img src=x onerror=alert(1)>.txt" in shown.inner_text()
    made = shown.locator("img, script, iframe, details, b, style, svg[onload]")
    assert made.count() == 0
    hrefs = shown.locator("a").evaluate_all("links => links.map(a => a.protocol)")
    assert set(hrefs) == {"http:"}


@pytest.mark.parametrize("words", HOSTILE_WORDS)
def test_what_a_visitor_types_is_only_text(
    watched: Any, embed: Embed, words: str
) -> None:
    watched.goto(embed().served.url + f"/?{urlencode({'q': words})}")
    watched.locator(".reply").wait_for()
    assert watched.locator(".question").inner_text() == words


def test_only_addresses_of_the_web_become_links(page: Any, embed: Embed) -> None:
    lines = [
        '{"id": "a", "title": "Kettles", "text": "A kettle whistles.",'
        ' "url": "javascript:alert(1)"}',
        '{"id": "b", "title": "Ferries", "text": "A ferry drifts.",'
        ' "url": "https://example.com/ferries"}',
    ]
    page.goto(embed({"faq.jsonl": "\n".join(lines)}).url)
    open_widget(page)
    kettle = ask(page, "What whistles?").locator(".quote").first
    assert kettle.get_by_role("link").count() == 1
    ferry = ask(page, "What drifts?").locator(".quote").first
    outward = ferry.get_by_role("link", name="example.com")
    assert outward.get_attribute("href") == "https://example.com/ferries"


WORD_BOXES = """question => {
    const range = document.createRange();
    const text = question.firstChild;
    return [0, text.length - 1].map((at) => {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().x;
    });
}"""


@pytest.mark.parametrize(("lang", "is_right"), [("en", True), ("ar", False)])
@pytest.mark.parametrize("words", ["When is it late?", "متى يتأخر الطرد؟ 45"])
def test_questions_stand_on_one_side_and_run_in_their_own_direction(
    page: Any, embed: Embed, lang: str, is_right: bool, words: str
) -> None:
    served = embed().served
    page.goto(f"{served.url}/?q={words}")
    page.locator(".reply").wait_for()
    page.locator("chatbot-widget").evaluate(
        "(widget, lang) => widget.setAttribute('language', lang)", lang
    )
    question = page.locator(".question")
    box, log = question.bounding_box(), page.locator(".log").bounding_box()
    middle = box["x"] + box["width"] / 2
    assert (middle > log["x"] + log["width"] / 2) == is_right
    first, last = question.evaluate(WORD_BOXES)
    assert (first > last) == words.startswith("م")
