"""The web channel: a Flask application with the chat page, the source page and the API.

    app = create_app(bot, settings)

    POST /api/chat            {"message", "conversation"?} → the reply
    GET  /api/sources         the documents: [{"source", "title"}]
    GET  /api/sources/<path>  one document: its text and headings
    GET  /healthz             {"status": "ok"}
    GET  /                    the chat page; with ?q= it answers without JavaScript
    POST /webhooks/...        see `chatbot.channels.webhooks`
    POST /reload              see `chatbot.channels.reloading`

Every refusal under /api/, /webhooks/ and /reload is {"error": {"code", "message"}}.
"""

from chatbot.channels.web.app import create_app

__all__ = ["create_app"]
