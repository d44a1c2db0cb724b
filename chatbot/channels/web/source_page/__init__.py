"""The source page: a document as it was read, with the quoted words highlighted.

GET /sources/<path>?quote=START-END#L12 comes in at `routes`. `quotation` reads which
words are meant, `parts` cuts a long document, and one of `plain_text`, `records` and
`markdown` turns the part that holds the words into HTML; `view` puts it together.
"""

from chatbot.channels.web.source_page.routes import create_source_page

__all__ = ["create_source_page"]
