"""The insights page: what people ask, for whoever has the admin token.

`session` signs people in and out, `charts` draws, `routes` serves the page and its
spreadsheets.
"""

from chatbot.channels.web.insights_page.routes import create_insights_page

__all__ = ["create_insights_page"]
