"""Blocks to passages: long ones are cut where a sentence, item or line ends."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter

from chatbot.documents.document import Passage, Span
from chatbot.documents.outline import Block, Item, Outline, trimmed

PASSAGE_WORDS = 120
"""A longer block is cut into parts of about equal length, none much above this."""

SENTENCE_WORDS = 400
SENTENCE_CHARACTERS = 4_000
"""A sentence above either bound is cut between words, or wherever a word exceeds it."""

LONG_SENTENCE = 2 * SENTENCE_WORDS
"""A sentence of fewer characters keeps within both bounds."""

_WORD = re.compile(rf"\S{{1,{SENTENCE_CHARACTERS}}}")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
"""Letters of scripts without spaces between words: Thai, Khmer, Chinese and so on."""

SplitSentences = Callable[[str], list[Span]]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is not cut further: a sentence, or an item with all its sentences."""

    start: int
    end: int
    sentences: tuple[Span, ...]


def cut_passages(
    outline: Outline, source: str, split_sentences: SplitSentences
) -> tuple[Passage, ...]:
    """The passages of a document, in order.

    `split_sentences` gives the spans of the sentences of a text. A paragraph that ends
    with a colon right above a list or code of the same section joins it.
    """
    passages: list[Passage] = []
    for blocks in _joined(outline.text, outline.blocks):
        line, counted = blocks[0].line, blocks[0].items[0].start
        for part in _cut(outline.text, blocks, split_sentences):
            line += outline.text.count("\n", counted, part.start)
            counted = part.start
            passages.append(
                Passage(
                    id=blocks[0].id or f"{source}#{len(passages) + 1}",
                    source=source,
                    title=blocks[0].title or outline.title,
                    text=outline.text[part.start : part.end],
                    start=part.start,
                    end=part.end,
                    line=line,
                    headings=blocks[0].headings,
                    sentences=part.sentences,
                    url=blocks[0].url,
                )
            )
    return tuple(passages)


def _cut(
    text: str, blocks: list[Block], split_sentences: SplitSentences
) -> list[_Piece]:
    """The parts that blocks become passages in; a record is one."""
    if blocks[0].id:
        (item,) = blocks[0].items
        sentences = tuple(_sentences(text, blocks[0], item, split_sentences))
        return [_Piece(item.start, item.end, sentences)]
    pieces: list[_Piece] = []
    for block in blocks:
        following = list(_pieces(text, block, split_sentences))
        if pieces and following:
            following[0] = _merged([pieces.pop(), following[0]])
        pieces += following
    return _parts(text, pieces)


def count_words(text: str) -> int:
    """Words between white space; two letters of a script without spaces are a word."""
    words = len(text.split())
    return words if text.isascii() else words + len(_UNSPACED.findall(text)) // 2


def _joined(text: str, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Each block by itself, or with the paragraph that introduces it."""
    introduction: list[Block] = []
    for block in blocks:
        if introduction and (
            block.kind == "paragraph" or block.headings != introduction[0].headings
        ):
            yield introduction
            introduction = []
        introduces = block.kind == "paragraph" and not block.id
        if introduces and text[block.items[-1].end - 1] in ":：":
            introduction = [block]
        else:
            yield [*introduction, block]
            introduction = []
    if introduction:
        yield introduction


def _pieces(
    text: str, block: Block, split_sentences: SplitSentences
) -> Iterator[_Piece]:
    for item in block.items:
        sentences = tuple(_sentences(text, block, item, split_sentences))
        whole = text[item.start : item.end]
        if block.kind != "paragraph" and count_words(whole) <= PASSAGE_WORDS:
            yield _Piece(item.start, item.end, sentences)
            continue
        start = item.start
        for number, sentence in enumerate(sentences, 1):
            end = item.end if number == len(sentences) else sentence[1]
            start = trimmed(text, start, end)[0]
            yield _Piece(start, end, (sentence,))
            start = end


def _sentences(
    text: str, block: Block, item: Item, split_sentences: SplitSentences
) -> Iterator[Span]:
    for span in item.prose:
        is_one = block.kind == "verbatim" or span in item.kept
        yield from split_prose(text, span, _unsplit if is_one else split_sentences)


def _unsplit(prose: str) -> list[Span]:
    return [(0, len(prose))]


def split_prose(
    text: str, prose: Span, split_sentences: SplitSentences
) -> Iterator[Span]:
    """The sentences of a stretch of prose, none of them too long."""
    start, end = prose
    for first, last in split_sentences(text[start:end]) or [(0, end - start)]:
        span = trimmed(text, start + first, start + last)
        if span[0] < span[1]:
            yield from _bounded(text, span)


def _bounded(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence itself, or the parts that keep within the bounds of a sentence."""
    start, end = sentence
    if end - start < LONG_SENTENCE:
        yield sentence
        return
    last, words = start, 0
    for word in _WORD.finditer(text, start, end):
        if words == SENTENCE_WORDS or word.end() - start > SENTENCE_CHARACTERS:
            yield start, last
            start, words = word.start(), 0
        last = word.end()
        words += 1
    yield start, end


def _parts(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces merged into as few parts of about equal length as may be."""
    sizes = [count_words(text[piece.start : piece.end]) for piece in pieces]
    total = sum(sizes)
    count = math.ceil(total / PASSAGE_WORDS)
    ends = accumulate(sizes)
    parts = [
        (2 * end - size) * count // (2 * total)
        for size, end in zip(sizes, ends, strict=True)
    ]
    grouped = groupby(zip(parts, pieces, strict=True), key=itemgetter(0))
    return [_merged([piece for _, piece in group]) for _, group in grouped]


def _merged(pieces: list[_Piece]) -> _Piece:
    sentences = tuple(sentence for piece in pieces for sentence in piece.sentences)
    return _Piece(pieces[0].start, pieces[-1].end, sentences)
