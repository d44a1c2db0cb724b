"""The tables of the database that the server needs."""

from chatbot.channels import deliveries
from chatbot.channels.slack import memory
from chatbot.conversation import database_memory
from chatbot.insights import tables as insights

TABLES = (
    database_memory.TABLES,
    insights.TABLES,
    deliveries.TABLES,
    memory.TABLES,
)
