"""What the documents are about, in a few lines."""

from __future__ import annotations

from chatbot.conversation.overview import MOST_HEADINGS, commonest_words, overview
from chatbot.index.opening import open_index
from chatbot.settings import Settings
from chatbot.wording.table import wording

SAYS = wording("english").says


def test_the_commonest_words_carry_a_topic(index):
    words = commonest_words(index)
    assert {"harbour", "kiosk"} <= set(words)
    assert not {"the", "is", "a"} & set(words)


def test_headings_and_titles_are_listed(index):
    lines = overview(index, SAYS).splitlines()
    assert lines[0].startswith("The documents here speak most of ")
    assert "“Moorings”" in lines[1]
    assert lines[2:] == [
        "You can ask about:",
        "- Moorings",
        "- The general harbour master",
        "- Who repairs the sails?",
        "- Winter",
    ]


def test_of_many_headings_the_first_are_listed(tmp_path):
    text = "".join(f"# Part {n}\n\nWords of part {n}.\n\n" for n in range(50))
    (tmp_path / "many.md").write_text(text)
    index, _ = open_index(Settings(corpus=str(tmp_path)))
    assert overview(index, SAYS).count("\n- ") == MOST_HEADINGS


def test_what_is_about_nothing_is_helped_with(tmp_path):
    (tmp_path / "a.txt").write_text("It is 12 of them.\n")
    index, _ = open_index(Settings(corpus=str(tmp_path)))
    assert overview(index, SAYS) == SAYS.help
