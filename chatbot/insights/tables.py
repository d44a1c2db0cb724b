"""The table of exchanges: a message of a person and the bot's reply to it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, MetaData, String, Table, Text

TABLES = MetaData()

EXCHANGES = Table(
    "exchanges",
    TABLES,
    Column("id", String(22), primary_key=True),
    Column("asked_at", BigInteger, nullable=False, index=True),
    Column("channel", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("quote_start", BigInteger, nullable=False),
    Column("quote_end", BigInteger, nullable=False),
    Column("rating", String(4), nullable=False),
    Column("comment", Text, nullable=False),
)
"""`asked_at` is in UTC seconds. What is not known or not kept is empty: the texts (the
question, the answer, the comment), the place of the first quote, the rating.
"""
