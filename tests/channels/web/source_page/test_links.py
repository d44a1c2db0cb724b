"""Where links inside documents may lead."""

from __future__ import annotations

import pytest

from chatbot.channels.web.source_page.links import is_web_address, safe_target, slug

SOURCES = {"staff/leave.md", "staff/über uns.md", "index.md"}
ANCHORS = {"how-to-ask": "#L7"}


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org/a?b#c", "https://example.org/a?b#c"),
        ("http://example.org", "http://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("leave.md", "/sources/staff/leave.md"),
        ("leave.md#how-to-ask", "/sources/staff/leave.md"),
        ("../index.md", "/sources/index.md"),
        ("%C3%BCber%20uns.md", "/sources/staff/%C3%BCber%20uns.md"),
        ("#how-to-ask", "#L7"),
        ("#How-To-Ask", "#L7"),
        ("#nowhere", ""),
        ("gone.md", ""),
        ("../../etc/passwd", ""),
        ("/etc/passwd", ""),
        ("//example.org/leave.md", ""),
        ("javascript:alert(1)", ""),
        ("JAVASCRIPT:alert(1)", ""),
        (" javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("vbscript:x", ""),
        ("http:leave.md", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_link_leads_to_the_web_the_corpus_or_a_heading(url: str, target: str) -> None:
    assert safe_target(url, "staff/team.md", lambda: SOURCES, ANCHORS) == target


def test_web_addresses_are_told_from_others() -> None:
    assert is_web_address("https://example.org")
    assert not is_web_address("javascript://example.org/%0aalert(1)")
    assert not is_web_address("example.org")


def test_a_slug_is_what_authors_write_behind_a_number_sign() -> None:
    assert slug("How to ask? (2024)") == "how-to-ask-2024"
