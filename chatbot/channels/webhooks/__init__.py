"""Webhooks: a chat platform posts a message, the response is the answer.

    app.register_blueprint(create_webhooks(settings, service, journal))

A `Platform` (`platform.py`) holds what is one platform's own; `slack.py`,
`mattermost.py`, `rocket_chat.py` and `teams.py` have one each. `handling.py` does the
rest, for each of them alike. A webhook is on only when its secret is set.
"""

from chatbot.channels.webhooks.handling import (
    create_webhooks,
    enabled_platforms,
    webhook_path,
)

__all__ = ["create_webhooks", "enabled_platforms", "webhook_path"]
