"""The web channel: a Flask application with the chat page, the source page and the API.

    app = create_app(bot, settings)

    /api/…                    chat, feedback, sources and more: see /api/docs
    /                         the chat page; with ?q= it answers without JavaScript
    /widget.js                the widget that other pages embed
    /sources                  the list of documents
    /sources/<path>           the page that shows a quote in its document
    /insights                 what was asked, for who has the token
    /healthz /readyz /metrics whether it is alive and ready, and its figures
    /webhooks/…               see `chatbot.channels.webhooks`
    /slack/events             see `chatbot.channels.slack`
    /reload                   see `chatbot.channels.reloading`

Every refusal under /api/, /webhooks/ and /reload is {"error": {"code", "message"}}.
"""

from chatbot.channels.web.app import create_app

__all__ = ["create_app"]
