"""A chatbot that answers questions about a folder of documents in their own words.

For example:

    from chatbot import Chatbot

    bot = Chatbot.open("corpus")
    print(bot.reply("What does a chief product officer do?").text)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatbot.bot import Chatbot

__all__ = ["Chatbot"]


def __getattr__(name: str) -> object:
    """Import `Chatbot` when it is first asked for: the terminal's help needs no bot."""
    if name == "Chatbot":
        from chatbot.bot import Chatbot

        return Chatbot
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
