import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.document import Heading, Passage, Span
from chatbot.documents.outline import Block, BlockKind, Item, Outline
from chatbot.documents.passages import (
    PASSAGE_WORDS,
    SENTENCE_CHARACTERS,
    SENTENCE_WORDS,
    count_words,
    cut_passages,
)


def split_at_full_stops(text: str) -> list[Span]:
    return [match.span() for match in re.finditer(r"[^.\s][^.]*\.?", text)]


def outline_of(*blocks: tuple[BlockKind, list[str]]) -> Outline:
    """An outline whose blocks have these items, one to a line."""
    text = ""
    made = []
    for kind, contents in blocks:
        line = text.count("\n") + 1
        items = []
        for content in contents:
            items.append(Item.of_prose((len(text), len(text) + len(content))))
            text += content + "\n"
        made.append(Block(kind, tuple(items), line))
        text += "\n"
    return Outline(text, "Title", (), tuple(made))


def cut(*blocks: tuple[BlockKind, list[str]]) -> tuple[Passage, ...]:
    return cut_passages(outline_of(*blocks), "a.txt", split_at_full_stops)


def sentence(words: int) -> str:
    return " ".join(["word"] * words) + "."


def words_of(passages: tuple[Passage, ...]) -> list[int]:
    return [count_words(passage.text) for passage in passages]


@pytest.mark.parametrize(
    ("source", "line"), [("a.txt", 6), ("a.jsonl", 4), ("FAQ.JSONL", 4)]
)
def test_a_record_is_one_line_whatever_its_text_looks_like(source: str, line: int):
    passage = Passage("", source, "Title", "One.\n\nTwo.", 10, 20, 4)
    assert passage.line_at(16) == line


def test_a_paragraph_of_usual_length_is_one_passage():
    (passage,) = cut(("paragraph", ["One is here. Two is here."]))

    assert passage.text == "One is here. Two is here."
    assert passage.sentences == ((0, 12), (13, 25))
    assert (passage.id, passage.source, passage.line) == ("a.txt#1", "a.txt", 1)
    assert passage.title == "Title"


def test_a_long_paragraph_is_cut_at_sentence_ends_into_parts_of_equal_length():
    passages = cut(("paragraph", [" ".join([sentence(20)] * 10)]))

    assert words_of(passages) == [100, 100]
    assert [passage.id for passage in passages] == ["a.txt#1", "a.txt#2"]


def test_a_long_sentence_stays_whole():
    assert words_of(cut(("paragraph", [sentence(300)]))) == [300]


def test_an_endless_sentence_is_cut_between_words():
    passages = cut(("paragraph", [sentence(1000)]))

    assert words_of(passages) == [SENTENCE_WORDS, SENTENCE_WORDS, 200]


def test_a_run_without_white_space_is_cut():
    passages = cut(("paragraph", ["x" * (SENTENCE_CHARACTERS + 10)]))

    sizes = [last - first for (first, last) in passages[0].sentences]
    assert sizes == [SENTENCE_CHARACTERS, 10]


def test_a_script_without_spaces_is_cut_by_its_letters():
    passages = cut(("paragraph", [("好" * 19 + ".") * 30]))

    assert len(passages) == 3


def test_a_list_stays_together_until_it_is_too_long():
    assert words_of(cut(("list", [sentence(20)] * 6))) == [120]
    assert words_of(cut(("list", [sentence(20)] * 7))) == [60, 80]


def test_a_list_is_not_cut_within_an_item():
    item = f"{sentence(30)} {sentence(30)}"

    assert words_of(cut(("list", [item] * 3))) == [60, 120]


def test_a_very_long_item_is_cut_at_its_sentences():
    item = " ".join([sentence(50)] * 4)

    assert words_of(cut(("list", [item]))) == [100, 100]


def test_lines_of_code_are_sentences_and_never_cut():
    (passage,) = cut(("verbatim", ["a = b. c", "d()"]))

    assert passage.sentences == ((0, 8), (9, 12))


def test_the_marker_of_an_item_is_in_the_passage_but_not_in_the_sentence():
    text = "- one\n- two"
    items = (Item(0, 5, ((2, 5),)), Item(6, 11, ((8, 11),)))
    outline = Outline(text, "", (), (Block("list", items, 1),))

    (passage,) = cut_passages(outline, "a.txt", split_at_full_stops)

    assert passage.text == text
    assert passage.sentences == ((2, 5), (8, 11))


def test_kept_spans_of_an_item_are_a_sentence_each():
    text = "- One. Two.\n  a. b"
    item = Item(0, 18, ((2, 11), (14, 18)), frozenset({(14, 18)}))
    outline = Outline(text, "", (), (Block("list", (item,), 1),))

    (passage,) = cut_passages(outline, "a.txt", split_at_full_stops)

    assert passage.sentences == ((2, 6), (7, 11), (14, 18))


@pytest.mark.parametrize("kind", ["list", "verbatim"])
def test_a_paragraph_that_ends_with_a_colon_belongs_to_what_follows(kind: BlockKind):
    (passage,) = cut(("paragraph", ["Do this:"]), (kind, ["one", "two"]))

    assert passage.text == "Do this:\n\none\ntwo"
    assert len(passage.sentences) == 3


def test_an_introduction_stays_with_the_first_item_of_a_long_list():
    first, *_ = cut(("paragraph", ["Before. Do this:"]), ("list", [sentence(90)] * 2))

    assert first.text.startswith("Before. Do this:\n\nword")


def test_a_paragraph_with_a_colon_above_a_paragraph_stays_alone():
    blocks = [("paragraph", ["Do this:"]), ("paragraph", ["Or that."])]

    assert len(cut(*blocks)) == 2


def test_an_introduction_does_not_reach_into_another_section():
    text = "Do this:\n- one"
    heading = Heading("Do", 1, 1, 0, 2)
    blocks = (
        Block("paragraph", (Item.of_prose((0, 8)),), 1),
        Block("list", (Item(9, 14, ((11, 14),)),), 2, (heading,)),
    )

    passages = cut_passages(
        Outline(text, "", (heading,), blocks), "a.txt", split_at_full_stops
    )

    assert [passage.text for passage in passages] == ["Do this:", "- one"]


def test_a_block_with_an_id_is_one_passage_however_long():
    text = " ".join([sentence(50)] * 10)
    item = Item.of_prose((0, len(text)))
    block = Block("paragraph", (item,), 7, id="x", title="Record", url="http://x")

    (passage,) = cut_passages(
        Outline(text, "Title", (), (block,)), "a.jsonl", split_at_full_stops
    )

    assert (passage.id, passage.title, passage.url) == ("x", "Record", "http://x")
    assert passage.line == 7
    assert len(passage.sentences) == 10


def test_each_part_knows_its_own_line():
    text = "\n".join([sentence(50)] * 4)
    block = Block("paragraph", (Item.of_prose((0, len(text))),), 5)

    passages = cut_passages(
        Outline(text, "", (), (block,)), "a.txt", split_at_full_stops
    )

    assert [passage.line for passage in passages] == [5, 7]


def test_a_splitter_that_finds_nothing_leaves_one_sentence():
    passages = cut_passages(
        outline_of(("paragraph", ["words"])), "a.txt", lambda text: []
    )

    assert passages[0].sentences == ((0, 5),)


@given(st.lists(st.integers(1, 150), min_size=1, max_size=30))
def test_parts_are_balanced_and_hold_every_sentence(lengths: list[int]):
    sentences = [sentence(length) for length in lengths]
    passages = cut(("paragraph", [" ".join(sentences)]))

    assert " ".join(passage.text for passage in passages) == " ".join(sentences)
    assert max(words_of(passages)) <= PASSAGE_WORDS + max(lengths)
    for one, other in pairwise(words_of(passages)):
        assert one + other > PASSAGE_WORDS / 2
