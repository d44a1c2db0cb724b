"""The widget on other people's pages: where it may ask, its options, its interface."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.widget.conftest import (
    ISLANDS,
    SENTENCE,
    Embed,
    ask,
    open_widget,
    question_field,
)

OWN = '<chatbot-widget inline title="Kettles" greeting="Ahoy!"></chatbot-widget>'


def test_a_site_that_is_not_listed_gets_no_answer_and_its_owner_a_hint(
    page: Any, embed: Embed, page_errors: list[str]
) -> None:
    hints: list[str] = []
    page.on("console", lambda said: hints.append(said.text))
    embedded = embed(allowed_origins="https://example.com")
    page.goto(embedded.url)
    open_widget(page)
    question_field(page).fill(ISLANDS)
    question_field(page).press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.locator(".reply").count() == 0
    assert any(f"CHATBOT_ALLOWED_ORIGINS={embedded.url}" in hint for hint in hints)
    assert all("CORS policy" in e or "ERR_FAILED" in e for e in page_errors)
    page_errors.clear()


def test_every_site_may_ask_where_the_settings_say_so(page: Any, embed: Embed) -> None:
    page.goto(embed(allowed_origins="*").url)
    open_widget(page)
    assert SENTENCE in ask(page, ISLANDS).inner_text()


def test_the_tag_sets_words_and_language(page: Any, embed: Embed) -> None:
    options = 'data-title="Kettles" data-greeting="Ahoy!" data-language="de-AT"'
    page.goto(embed(options=options).url)
    page.get_by_role("button", name="Chat öffnen").click()
    dialog = page.get_by_role("dialog", name="Kettles")
    assert dialog.get_by_text("Ahoy!").is_visible()
    assert dialog.get_by_role("textbox", name="Ihre Frage").is_visible()


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("en", "Open chat"),
        ("es-MX", "Abrir el chat"),
        ("fr", "Ouvrir le chat"),
        ("ru", "Открыть чат"),
        ("zh-Hans", "打开聊天"),
        ("nl", "Open chat"),
    ],
)
def test_the_words_are_those_of_the_pages_language(
    page: Any, embed: Embed, lang: str, name: str
) -> None:
    page.goto(embed(lang=lang).url)
    page.get_by_role("button", name=name).wait_for()


def test_every_language_has_every_word(page: Any, embed: Embed) -> None:
    served = embed().served
    script = page.request.get(f"{served.url}/widget.js").text()
    table = script[
        script.index("const WORDS = {") : script.index("const RIGHT_TO_LEFT")
    ]
    languages = re.split(r"^    (?=\w\w: \{)", table, flags=re.MULTILINE)[1:]
    keys = [re.findall(r"^      (\w+):", words, re.MULTILINE) for words in languages]
    assert len(languages) == 7
    assert all(named == keys[0] for named in keys)


def test_the_launcher_stands_where_the_tag_says(page: Any, embed: Embed) -> None:
    page.goto(embed(options='data-position="left"').url)
    launcher = page.get_by_role("button", name="Open chat")
    assert launcher.bounding_box()["x"] < 100


@pytest.mark.parametrize("accent", ["oklch(95% 0.2 110)", "black"])
def test_text_can_be_read_whatever_the_accent(
    new_page: Any, embed: Embed, violations: Any, accent: str, color_scheme: str
) -> None:
    page = new_page(color_scheme=color_scheme)
    page.goto(embed(options=f'data-accent="{accent}"', allowed_origins="*").served.url)
    page.evaluate(
        f"document.querySelector('chatbot-widget').setAttribute('accent', '{accent}')"
    )
    ask(page, ISLANDS)
    assert violations(page) == []


def test_the_tag_can_fill_an_element_of_the_page(page: Any, embed: Embed) -> None:
    page.goto(embed(options='data-target="#help"', body='<div id="help"></div>').url)
    widget = page.locator("#help chatbot-widget")
    assert widget.get_by_role("textbox", name="Your question").is_visible()
    assert widget.get_by_role("button", name="Open chat").count() == 0
    assert widget.bounding_box()["height"] > 300


def test_a_page_places_the_element_itself(page: Any, embed: Embed) -> None:
    page.goto(embed(body=OWN).url)
    assert page.locator("chatbot-widget").count() == 1
    region = page.get_by_role("region", name="Kettles")
    assert region.get_by_text("Ahoy!").is_visible()


def test_an_attribute_that_changes_is_followed(page: Any, embed: Embed) -> None:
    page.goto(embed(body=OWN).url)
    ask(page, ISLANDS)
    page.evaluate("document.querySelector('chatbot-widget').title = 'Ferries'")
    page.get_by_role("region", name="Ferries").wait_for()
    assert page.locator(".reply").count() == 1


def test_the_widget_can_be_open_from_the_start(page: Any, embed: Embed) -> None:
    page.goto(embed(options="data-open").url)
    page.get_by_role("dialog").wait_for()
    assert page.evaluate("document.activeElement === document.body")


def test_a_page_talks_to_the_widget_in_javascript(page: Any, embed: Embed) -> None:
    page.goto(embed().url)
    page.evaluate(
        """() => {
          window.widget = document.querySelector("chatbot-widget");
          window.events = [];
          for (const name of ["reply", "feedback", "error"]) {
            const listener = ({ type, detail }) => events.push([type, detail]);
            widget.addEventListener(name, listener);
          }
        }"""
    )
    page.evaluate("widget.open()")
    assert page.get_by_role("dialog").is_visible()
    page.evaluate("widget.close()")
    assert not page.get_by_role("dialog").is_visible()
    reply = page.evaluate("question => widget.ask(question)", ISLANDS)
    assert reply["quotes"][0]["text"] == SENTENCE
    page.get_by_role("button", name="This helps").click()
    page.get_by_role("textbox", name="In a word, why?").wait_for()
    page.evaluate("widget.clear()")
    assert page.locator(".exchange").count() == 0
    (replied, asked), (rated, rating) = page.evaluate("window.events")
    assert (replied, asked) == ("reply", {"question": ISLANDS, "reply": reply})
    assert (rated, rating) == (
        "feedback",
        {"id": reply["id"], "rating": "up", "comment": ""},
    )


def test_questions_of_a_page_are_asked_one_after_the_other(
    page: Any, embed: Embed
) -> None:
    page.goto(embed().url)
    replies = page.evaluate(
        """() => {
          const widget = document.querySelector("chatbot-widget");
          const questions = ["Who signs the warranty?", "and who pays the refund?"];
          return Promise.all(questions.map((question) => widget.ask(question)));
        }"""
    )
    assert replies[0]["conversation"] == replies[1]["conversation"]


def test_the_element_may_leave_the_page_and_come_back(page: Any, embed: Embed) -> None:
    page.goto(embed(body=OWN).url)
    ask(page, ISLANDS)
    page.evaluate(
        """() => {
          const widget = document.querySelector("chatbot-widget");
          const home = widget.parentNode;
          widget.remove();
          home.append(widget);
        }"""
    )
    assert page.locator(".reply").count() == 1


def test_the_script_may_stand_on_a_page_twice(page: Any, embed: Embed) -> None:
    embedded = embed()
    page.goto(embedded.url)
    page.add_script_tag(url=f"{embedded.served.url}/widget.js?again")
    assert page.locator("chatbot-widget").count() == 1
