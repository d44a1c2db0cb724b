"""What outlasts a server's process: conversations and exchanges, in one database."""

from __future__ import annotations

from chatbot.bot import Chatbot
from chatbot.channels.tables import TABLES
from chatbot.conversation.database_memory import DatabaseMemory
from chatbot.database import database_url, open_database
from chatbot.database_writes import GroupedWrites
from chatbot.insights.journal import Journal
from chatbot.settings import Settings


def keep_in_database(bot: Chatbot, settings: Settings) -> Journal:
    """Let the bot remember its conversations in the database; gives the journal in it.

    Raises `DatabaseError` when the database cannot be opened.
    """
    beside_index = settings.with_values(index=str(bot.index_folder))
    writes = GroupedWrites(open_database(database_url(beside_index), *TABLES))
    bot.remember_in(DatabaseMemory(writes))
    journal = Journal(writes, settings.keep_question_days)
    journal.forget()
    return journal
