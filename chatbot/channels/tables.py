"""The tables of the database that the channels need."""

from chatbot.channels import deliveries
from chatbot.channels.slack import memory
from chatbot.insights import tables as insights

TABLES = (insights.TABLES, deliveries.TABLES, memory.TABLES)
