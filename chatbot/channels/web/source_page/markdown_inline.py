"""Inline Markdown to HTML: links made safe, images as text, quoted words marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, product
from operator import itemgetter
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from chatbot.channels.web.source_page.links import EXTERNAL
from chatbot.channels.web.source_page.quotation import NOTHING_QUOTED
from chatbot.documents.document import Span

LONGEST_CONTENT = 20_000
"""Characters; a longer stretch of inline Markdown is not rendered."""

_IMAGE = Markup('<span class="image">{}</span>')
_STARTS = ("\ue000", "\u2045", "\u2005")
_ENDS = ("\ue001", "\u2046", "\u2006")
"""What may stand in for the start and the end of a quote while it is parsed: a letter,
a bracket or a space. What Markdown makes of a `*` or `_` depends on its neighbours."""


_LEAVES = ("code_inline", "image", "softbreak")


class UnmarkableError(Exception):
    """What is quoted cannot be told apart in the rendered form."""


class InlineRenderer:
    """Turns inline Markdown of one document into tokens that are safe to render."""

    def __init__(
        self, parser: MarkdownIt, env: dict[str, Any], target: Callable[[str], str]
    ) -> None:
        """`env` holds the document's definitions of links; `target` is where a link
        leads to, or an empty string for nowhere.
        """
        assert isinstance(parser.renderer, RendererHTML)
        self._parser = parser
        self._renderer = parser.renderer
        self._env = env
        self._target = target

    def tokens(self, content: str, quoted: Span = NOTHING_QUOTED) -> list[Token]:
        """The tokens of a stretch, in which the characters `quoted` are marked.

        Raises `UnmarkableError`.
        """
        if len(content) > LONGEST_CONTENT:
            raise UnmarkableError
        tokens = self._parse(content)
        if quoted != NOTHING_QUOTED:
            tokens = self._marked(content, quoted, tokens)
        return list(self._made_safe(tokens))

    def render(self, tokens: Sequence[Token]) -> Markup:
        """The HTML of a block's tokens."""
        html = self._renderer.render(tokens, self._parser.options, self._env)
        # Whatever the renderer does not write itself it escapes.
        return Markup(html)  # nosec B704

    def _parse(self, content: str) -> list[Token]:
        (inline,) = self._parser.parseInline(content, self._env)
        return inline.children or []

    def _marked(self, content: str, quoted: Span, plain: list[Token]) -> list[Token]:
        """The tokens with marks, which differ from those without in nothing else."""
        expected = self._render_inline(plain)
        for start, end in product(_STARTS, _ENDS):
            if start in content or end in content:
                continue
            before, after = content[: quoted[0]], content[quoted[1] :]
            words = content[slice(*quoted)]
            tokens = self._parse(f"{before}{start}{words}{end}{after}")
            rendered = self._render_inline(tokens)
            if rendered.replace(start, "").replace(end, "") == expected:
                return list(_with_marks(tokens, start, end))
        raise UnmarkableError

    def _render_inline(self, tokens: Sequence[Token]) -> str:
        return self._renderer.renderInline(tokens, self._parser.options, self._env)

    def _made_safe(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """The tokens with links that lead somewhere, and without images."""
        tag = "a"
        for token in tokens:
            if token.type == "link_open":
                tag = self._set_target(token)
            elif token.type == "link_close":
                token.tag = tag
            elif token.type == "image":
                text = self._renderer.renderInlineAsText(
                    token.children, self._parser.options, self._env
                )
                yield raw_html(_IMAGE.format(text or str(token.attrGet("src"))))
                continue
            yield token

    def _set_target(self, link: Token) -> str:
        """Let a link lead where it may; gives its tag, as one that may not is text."""
        target = self._target(str(link.attrGet("href") or ""))
        link.attrs = {"href": target} if target else {}
        if target and not target.startswith(("/", "#")):
            link.attrs["rel"] = EXTERNAL
        link.tag = "a" if target else "span"
        return link.tag


def raw_html(html: Markup) -> Token:
    """A token that renders as this HTML."""
    return Token("html_inline", "", 0, content=str(html))


def _with_marks(tokens: Sequence[Token], start: str, end: str) -> Iterator[Token]:
    """The tokens with `mark` elements in place of `start` and `end`.

    Raises `UnmarkableError` unless both stand once, in this order, in plain text.
    """
    told = list(_told_apart(tokens, start, end))
    for is_marked, run in groupby(told, key=itemgetter(0)):
        marked = [token for _, token in run]
        if is_marked:
            marked.insert(0, Token("mark_open", "mark", 1))
            marked.append(Token("mark_close", "mark", -1))
        yield from marked


def _told_apart(
    tokens: Sequence[Token], start: str, end: str
) -> Iterator[tuple[bool, Token]]:
    """The tokens without `start` and `end`, and whether each stands between them."""
    seen = ""
    for token in tokens:
        if token.type != "text":
            if {start, end} & {*f"{token.content}{token.attrs}"}:
                raise UnmarkableError
            yield seen == start and token.type in _LEAVES, token
            continue
        for piece in re.split(f"([{start}{end}])", token.content):
            if piece in (start, end):
                seen += piece
            elif piece:
                yield seen == start, Token("text", "", 0, content=piece)
    if seen != start + end:
        raise UnmarkableError
