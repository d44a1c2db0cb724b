"""What the JSON API takes and gives: each model is a schema of its OpenAPI document.

There a schema has the model's name without “Model”, and its docstring.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

MOST_COMMENT_CHARACTERS = 1000

_WITH_A_WORD = {"pattern": r"[^\s\u001c-\u001f\u0085]"}
"""For the document alone: what is left without white space is checked elsewhere."""


class Question(BaseModel):
    """A message to the bot."""

    message: Annotated[
        str,
        Field(
            description="What a person asks.",
            examples=["How long does shipping take?"],
            json_schema_extra=_WITH_A_WORD,
        ),
    ]
    conversation: Annotated[
        str | None,
        Field(description="The id of the last reply; without one a new one begins."),
    ] = None


class QuotedPassage(BaseModel):
    """The passage that a quote was taken from."""

    id: str
    text: str
    line: int
    start: int
    end: int


class QuoteModel(BaseModel):
    """Words of a document: of its text those from start to end, in characters."""

    text: str
    source: Annotated[str, Field(description="The document's path in the corpus.")]
    title: str
    heading: Annotated[str, Field(description="The innermost heading, or empty.")]
    line: Annotated[int, Field(description="The line of the file, counted from 1.")]
    start: int
    end: int
    url: Annotated[str, Field(description="The record's own address, or empty.")]
    passage: QuotedPassage
    link: Annotated[str, Field(description="The path of the words on this server.")]


class InterpretationModel(BaseModel):
    """How the message was read."""

    matched: list[str]
    corrected: Annotated[
        list[tuple[str, str]], Field(description="Pairs: as written, as searched for.")
    ]
    expanded: Annotated[
        list[tuple[str, list[str]]],
        Field(description="Pairs: a word, what was searched for as well."),
    ]
    unknown: list[str]
    follow_up_of: str
    reasons: list[str]
    in_words: list[str]


class Answered(BaseModel):
    """The bot's reply."""

    kind: Literal["answer", "clarify", "not_found", "small_talk"]
    text: Annotated[str, Field(description="What to show a person.")]
    confidence: Annotated[float, Field(ge=0, le=1)]
    quotes: Annotated[list[QuoteModel], Field(description="The best first.")]
    suggestions: list[str]
    interpretation: InterpretationModel
    conversation: Annotated[str, Field(description="To send with the next message.")]
    notice: Annotated[
        str, Field(description="What became of the conversation sent, or empty.")
    ]
    id: Annotated[
        str, Field(description="To send with feedback; empty where none is kept.")
    ]


class Feedback(BaseModel):
    """What a person thinks of a reply; the last word about a reply holds.

    The same rating again, without a comment, keeps the comment.
    """

    id: Annotated[str, Field(description="The reply's id.")]
    rating: Literal["up", "down"]
    comment: Annotated[str, Field(max_length=MOST_COMMENT_CHARACTERS)] = ""


class Suggestions(BaseModel):
    """Questions and headings to begin with."""

    suggestions: list[str]


class Source(BaseModel):
    """A document of the corpus."""

    source: Annotated[str, Field(description="Its path in the corpus.")]
    title: str


class HeadingModel(BaseModel):
    """A heading; level 1 is the outermost."""

    text: str
    level: int
    line: int
    start: int
    end: int


class SourceText(Source):
    """A document as it was read."""

    text: str
    headings: list[HeadingModel]


class ErrorDetail(BaseModel):
    """Why a request was refused."""

    code: Annotated[str, Field(description="The reason, for programs.")]
    message: Annotated[str, Field(description="What to do, for people.")]


class ErrorModel(BaseModel):
    """A refusal."""

    error: ErrorDetail
