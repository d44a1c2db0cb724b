"""Measures how messages are read in their conversations, as a Markdown table.

    python -m benchmarks.conversations FOLDER [NAME ...]

FOLDER holds a folder per collection (`chatbot/evaluation/collection.py` says of what);
without a NAME those of them are measured whose queries have a history. Each last
message is searched for by itself, with the earlier messages of its conversation, as it
is put when it stands on its own, and after the messages of a conversation about other
documents, as one that changes the topic. Then it is replied to by itself and after
twenty messages.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import fmean
from time import process_time

from threadpoolctl import threadpool_limits

from benchmarks.quality import both, fraction, read_collections, row
from chatbot.bot import Chatbot
from chatbot.conversation.conversation import MOST_TURNS
from chatbot.errors import ChatbotError, EvaluationError
from chatbot.evaluation.collection import Collection, Query
from chatbot.evaluation.collection_measures import (
    HITS,
    RankingMeasures,
    ranking_measures,
)
from chatbot.evaluation.collection_run import open_over
from chatbot.evaluation.protocol import SEED, chosen_queries
from chatbot.settings import Settings

OTHER_CONVERSATIONS = 5
"""Conversations about other documents that each message is joined to."""

TIMED_MESSAGES = 200


@dataclass(frozen=True, slots=True)
class ConversationMeasures:
    """What came of the last messages of a collection's conversations.

    `after_others` is the mean share of first places of messages that change the topic,
    the stand-alone form of each after conversations about other documents, and
    `on_its_own` the same without. `seconds` and `seconds_after_twenty` are those of the
    processor for a reply, without a conversation and after twenty messages.
    """

    collection: str
    queries: int
    alone: RankingMeasures
    with_history: RankingMeasures
    rewritten: RankingMeasures
    on_its_own: float
    after_others: float
    seconds: float
    seconds_after_twenty: float


def earlier_messages(query: Query) -> list[str]:
    """What the person said before, oldest first."""
    return [message.text for message in query.history if message.role == "user"]


def measure(collection: Collection) -> ConversationMeasures:
    """Measure a bot over the passages of a collection."""
    queries = chosen_queries(collection)

    def ranked(find: Callable[[Query], list[str]]) -> RankingMeasures:
        return ranking_measures(collection, ((query, find(query)) for query in queries))

    with (
        threadpool_limits(1),
        open_over(collection.passages, Settings(kept_replies=0)) as bot,
    ):
        bot.warm_up()
        rewritten = ranked(lambda query: _found(bot, query.question))
        others = _other_conversations(collection, queries)
        joined = [
            ranked(lambda query: _found(bot, query.question, next(others[query.id])))
            for _ in range(OTHER_CONVERSATIONS)
        ]
        seconds, after_twenty = _seconds(bot, queries)
        return ConversationMeasures(
            collection.name,
            len(queries),
            ranked(lambda query: _found(bot, query.text)),
            ranked(lambda query: _found(bot, query.text, earlier_messages(query))),
            rewritten,
            rewritten.first,
            fmean(measures.first for measures in joined),
            seconds,
            after_twenty,
        )


def _other_conversations(
    collection: Collection, queries: Sequence[Query]
) -> dict[str, Iterator[list[str]]]:
    """For each query conversations about other documents, at random but always so."""
    document_of = {passage.id: passage.doc for passage in collection.passages}
    documents = {
        query.id: {document_of[id_] for id_ in collection.relevant(query)}
        for query in queries
    }
    talks = [query for query in queries if query.history]
    random = Random(SEED)

    def others(query: Query) -> Iterator[list[str]]:
        elsewhere = [
            talk for talk in talks if documents[talk.id].isdisjoint(documents[query.id])
        ]
        if not elsewhere:
            raise EvaluationError(
                f"{collection.name} has no conversation about other documents."
            )
        while True:
            talk = random.choice(elsewhere)
            yield [*earlier_messages(talk), talk.text]

    return {query.id: others(query) for query in queries}


def _seconds(bot: Chatbot, queries: Sequence[Query]) -> tuple[float, float]:
    """The mean seconds of a reply, without a conversation and after twenty messages."""
    conversation = None
    for query in queries[:MOST_TURNS]:
        conversation = bot.reply(query.text, conversation).conversation
    timed = queries[MOST_TURNS:][:TIMED_MESSAGES] or queries
    return (
        fmean(_timed(bot, query.text, None) for query in timed),
        fmean(_timed(bot, query.text, conversation) for query in timed),
    )


def _timed(bot: Chatbot, message: str, conversation: str | None) -> float:
    start = process_time()
    bot.reply(message, conversation)
    return process_time() - start


def _found(bot: Chatbot, message: str, history: Sequence[str] = ()) -> list[str]:
    """The ids of the passages that a search finds, best first."""
    hits = bot.search(message, limit=HITS, history=history)
    return [hit.passage.id for hit in hits]


def rows(collections: Sequence[Collection]) -> Iterator[str]:
    """The lines of the table, each as soon as it is measured."""
    yield row(
        "nDCG@10 / first",
        "messages",
        "alone",
        "with its history",
        "rewritten",
        "new topic: first, alone",
        "after another",
        "CPU ms, alone",
        "after 20 messages",
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for collection in collections:
        found = measure(collection)
        yield row(
            found.collection,
            f"{found.queries:,}",
            both(found.alone),
            both(found.with_history),
            both(found.rewritten),
            fraction(found.on_its_own),
            fraction(found.after_others),
            f"{1000 * found.seconds:.1f}",
            f"{1000 * found.seconds_after_twenty:.1f}",
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.conversations", description=__doc__.splitlines()[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    try:
        collections = read_collections(arguments.folder, arguments.names)
        if not arguments.names:
            collections = [c for c in collections if any(q.history for q in c.queries)]
        for line in rows(collections):
            print(line, flush=True)
    except ChatbotError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
