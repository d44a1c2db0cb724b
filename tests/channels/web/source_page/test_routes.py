"""The source page as the server sends it."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chatbot import Chatbot
from chatbot.channels.source_links import quote_path, source_path
from chatbot.channels.web import create_app
from chatbot.channels.web.source_page.parts import PART_CHARACTERS
from chatbot.settings import Settings

GUIDE = """# Guide

The ferry leaves at *noon*. It waits for nobody.

## Tickets

See [the prices](prices.txt) or [nothing](gone.md).
"""
PRICES = "Prices\n\nA ticket is 3 < 4 euros.\nChildren travel free.\n"
RECORDS = [
    {
        "id": "a",
        "title": "Dogs",
        "text": "Dogs may\ncome along.",
        "url": "http://x.org/a",
    },
    {"id": "b", "title": "Dogs", "text": "They need a leash.", "url": "javascript:x"},
    {"id": "c", "title": "Bikes", "text": "Bikes cost 2 euros."},
]
LONG_LINE = "The ferry number {} leaves at noon and comes back in the evening.\n\n"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus: Path = tmp_path_factory.mktemp("ferry") / "corpus"
    corpus.mkdir()
    (corpus / "guide.md").write_text(GUIDE)
    (corpus / "prices.txt").write_text(PRICES)
    (corpus / "faq.jsonl").write_text("\n".join(map(json.dumps, RECORDS)))
    (corpus / "a b <c>&.txt").write_text("A strange name.")
    lines = [LONG_LINE.format(number) for number in range(6000)]
    for number in range(0, 6000, 100):
        lines[number] = f"## Harbour {number}\n\n{lines[number]}"
    (corpus / "long.md").write_text("".join(lines))
    (corpus / "long.txt").write_text("".join(lines).replace("## ", ""))
    (corpus.parent / "secret.txt").write_text("A secret.")
    return Chatbot.open(corpus, settings=Settings())


@pytest.fixture(scope="module")
def client(bot: Chatbot) -> FlaskClient:
    return create_app(bot, Settings()).test_client()


def words_at(bot: Chatbot, source: str, words: str) -> str:
    """The link to these words, the first of their kind in a document."""
    document = bot.document(source)
    assert document
    start = document.text.index(words)
    line = document.text.count("\n", 0, start) + 1
    return source_path(source, line, start, start + len(words), words)


def marked(page: str) -> str:
    return unescape("".join(re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)))


def targets(page: str) -> list[str]:
    return re.findall(r'id="(L\d+)"', page)


@pytest.mark.parametrize("source", ["guide.md", "prices.txt", "long.md", "long.txt"])
def test_the_quoted_words_are_marked_below_their_line(
    client: FlaskClient, bot: Chatbot, source: str
) -> None:
    words = {
        "guide.md": "It waits for nobody.",
        "prices.txt": "A ticket is 3 < 4 euros.\nChildren travel free.",
        "long.md": LONG_LINE.format(4321).strip(),
        "long.txt": LONG_LINE.format(5999).strip(),
    }[source]
    link = words_at(bot, source, words)
    page = client.get(link).text
    assert marked(page) == words.replace("\n", "")
    anchor = link.partition("#")[2]
    assert anchor in targets(page)
    assert page.index(f'id="{anchor}"') < page.index("<mark>")
    assert f'href="#{anchor}">Quoted words' in page


def test_every_quote_of_a_reply_is_marked(client: FlaskClient, bot: Chatbot) -> None:
    replies = map(bot.reply, ("When does the ferry leave?", "Do bikes cost anything?"))
    quotes = [quote for reply in replies for quote in reply.quotes]
    assert {quote.source for quote in quotes} >= {"guide.md", "faq.jsonl"}
    for quote in quotes:
        page = client.get(quote_path(quote)).text
        shown = re.sub(r"\]\(.*?\)", "", quote.text)
        letters = "".join(filter(str.isalnum, shown))
        assert "".join(filter(str.isalnum, marked(page))) == letters
        assert f"L{quote.line}" in targets(page)


def test_a_document_that_has_changed_says_so_and_marks_nothing(
    client: FlaskClient,
) -> None:
    page = client.get(source_path("guide.md", 3, 9, 20, "other words")).text
    assert "has changed since it was quoted" in page
    assert "<mark>" not in page
    assert "The ferry leaves" in page


@pytest.mark.parametrize("view", ["", "&view=text"])
def test_words_that_have_moved_are_marked_below_their_new_line(
    client: FlaskClient, bot: Chatbot, view: str
) -> None:
    words = "It waits for nobody."
    link = source_path("guide.md", 90, 900, 900 + len(words), words)
    response = client.get(link.replace("#", f"{view}#"))
    assert response.status_code == 302
    assert response.location == words_at(bot, "guide.md", words).replace(
        "#", f"{view}#"
    )
    page = client.get(response.location).text
    assert marked(page) == words
    assert "has changed" not in page


def test_records_have_titles_lines_and_addresses(client: FlaskClient) -> None:
    page = client.get("/sources/faq.jsonl").text
    assert targets(page) == ["L1", "L2", "L3"]
    assert re.findall(r"<h2>(.*?)</h2>", page) == ["Dogs", "Bikes"]
    assert "Dogs may\ncome along." in page
    assert re.findall(r'<a href="(http.*?)" rel="(.*?)"', page) == [
        ("http://x.org/a", "noopener noreferrer nofollow")
    ]
    assert "javascript" not in page


def test_links_lead_to_other_documents_or_nowhere(client: FlaskClient) -> None:
    page = client.get("/sources/guide.md").text
    assert '<a href="/sources/prices.txt">the prices</a>' in page
    assert "<span>nothing</span>" in page


def test_markdown_can_be_seen_as_it_is_written(client: FlaskClient) -> None:
    page = client.get("/sources/guide.md?view=text").text
    assert "The ferry leaves at *noon*." in page
    assert targets(page) == ["L1", "L3", "L5", "L7"]


def test_the_quoted_words_stay_marked_when_the_view_is_switched(
    client: FlaskClient, bot: Chatbot
) -> None:
    words = "It waits for nobody."
    page = client.get(words_at(bot, "guide.md", words)).text
    for name in ("Show it as it is written", "Show it formatted"):
        (link,) = re.findall(f'<a href="([^"]*)">{name}</a>', page)
        assert link.endswith("#L3")
        page = client.get(unescape(link)).text
        assert marked(page) == words


def test_the_contents_are_the_headings(client: FlaskClient) -> None:
    page = client.get("/sources/guide.md").text
    entries = re.findall(
        r'<li class="(.*?)"><a href="(.*?)" dir="auto">(.*?)</a>', page
    )
    assert entries == [("depth-2", "#L1", "Guide"), ("depth-3", "#L5", "Tickets")]


@pytest.mark.parametrize("source", ["long.md", "long.txt"])
def test_a_long_document_comes_in_parts_that_are_all_of_it(
    client: FlaskClient, bot: Chatbot, source: str
) -> None:
    document = bot.document(source)
    assert document
    first = client.get(f"/sources/{source}").text
    parts = re.findall(r'<li><a href="(.*?)"', first.split('aria-label="Parts"')[1])
    assert len(parts) == len(document.text) // PART_CHARACTERS + 1
    pages = [client.get(unescape(part)).text for part in parts]
    numbers = [int(n) for page in pages for n in re.findall(r"number (\d+) lea", page)]
    assert numbers == list(range(6000))
    every = [target for page in pages for target in targets(page)]
    lines = document.text.split("\n")
    assert every == [f"L{number}" for number, line in enumerate(lines, 1) if line]
    assert all(len(page) < 3 * PART_CHARACTERS for page in pages)
    assert 'rel="next"' in pages[0]
    assert 'rel="prev"' in pages[-1]


@pytest.mark.parametrize("part", ["0", "-1", "99", "x", ""])
def test_a_part_that_does_not_exist_is_the_nearest(
    client: FlaskClient, part: str
) -> None:
    response = client.get("/sources/guide.md", query_string={"part": part})
    assert response.status_code == 200
    assert "The ferry leaves" in response.text


def test_a_strange_name_is_shown_as_it_is(client: FlaskClient) -> None:
    page = client.get(source_path("a b <c>&.txt", 1, 2, 9)).text
    assert "<title>a b &lt;c&gt;&amp;.txt</title>" in page
    assert marked(page) == "strange"


@pytest.mark.parametrize(
    "path", ["gone.txt", "../secret.txt", "..%2fsecret.txt", ".index", "<b>"]
)
def test_only_documents_of_the_corpus_have_a_page(
    client: FlaskClient, path: str
) -> None:
    response = client.get(f"/sources/{path}", follow_redirects=True)
    assert response.status_code == 404
    assert "There is no document" in response.text
    assert "A secret." not in response.text
    assert "<b>" not in response.text


def test_a_quote_that_reaches_into_the_next_part_is_marked_to_its_end(
    client: FlaskClient, bot: Chatbot
) -> None:
    document = bot.document("long.txt")
    assert document
    text = document.text
    first_page = client.get("/sources/long.txt").text
    numbers = re.findall(r"number (\d+) leaves", first_page)
    start = text.index(f"number {numbers[-1]} leaves")
    end = text.index("number", start + 100) + 20
    page = client.get(source_path("long.txt", 1, start, end)).text
    assert marked(page) == text[start:end].replace("\n", "")


def test_the_list_links_to_every_document(client: FlaskClient, bot: Chatbot) -> None:
    page = client.get("/sources").text
    links = re.findall(r'<li><a href="(.*?)">', page)
    assert len(links) == len(bot.documents())
    assert all(client.get(unescape(link)).status_code == 200 for link in links)
    assert "a b &lt;c&gt;&amp;.txt" in page


def test_a_long_list_comes_in_pages(
    bot: Chatbot, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [(f"{number:04}.txt", "") for number in range(2001)]
    monkeypatch.setattr(bot, "documents", lambda: documents)
    address, named = "/sources", []
    while address:
        page = client.get(address).text
        named += re.findall(r"<bdi>(.*?)</bdi>", page)
        onward = re.search(r'href="([^"]*)" rel="next"', page)
        address = onward[1] if onward else ""
    assert named == [source for source, _ in documents]
    assert "2001" not in client.get("/sources?page=-7").text
