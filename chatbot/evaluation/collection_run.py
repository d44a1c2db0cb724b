"""Runs a bot over a collection: ranking, typos, answers and confidence.

    measures = measure_collection(read_collection("folder"), Settings())
    measures.ranking.ndcg

The bot's corpus is a temporary one; the collection's folder is only read. Every query
is asked standing on its own, in a conversation of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from time import perf_counter

from chatbot.bot import Chatbot
from chatbot.evaluation.collection import Collection, CollectionPassage, Query
from chatbot.evaluation.collection_measures import (
    HITS,
    AnswerMeasures,
    CollectionMeasures,
    ConfidenceMeasures,
    Observation,
    RankingMeasures,
    answer_measures,
    confidence_measures,
    ranking_measures,
)
from chatbot.evaluation.protocol import (
    SEED,
    chosen_queries,
    held_out_documents,
    temporary_corpus,
)
from chatbot.evaluation.typos import with_typos
from chatbot.settings import Settings

Progress = Callable[[int, int], None]
"""Called with the number of questions asked so far and in all."""


def measure_collection(
    collection: Collection,
    settings: Settings,
    *,
    titles: bool = True,
    progress: Progress | None = None,
) -> CollectionMeasures:
    """Measure a bot with these settings, except its corpus and index, on a collection.

    Without `titles` the passages' titles are left out of the corpus. `progress` is
    called with the number of questions asked so far and in all. Raises
    `EvaluationError`, and what `Chatbot.open` raises.
    """
    queries = chosen_queries(collection)
    held_out = held_out_documents(collection)
    kept = [passage for passage in collection.passages if passage.doc not in held_out]
    confidence_is_measured = any(passage.text.strip() for passage in kept)
    rounds = 4 if confidence_is_measured else 3
    asked = _Asked(rounds * len(queries), progress)
    with open_over(collection.passages, settings, titles=titles) as bot:
        ranking = measure_ranking(bot, collection, asked.each(queries))
        typed_wrong = measure_typos(bot, collection, asked.each(queries))
        answers = measure_answers(bot, asked.each(queries))
    confidence = None
    if confidence_is_measured:
        with open_over(kept, settings, titles=titles) as bot:
            confidence = measure_confidence(bot, collection, kept, asked.each(queries))
    return CollectionMeasures(
        collection.name,
        len(collection.passages),
        len(queries),
        ranking,
        100 * (ranking.first - typed_wrong.first),
        answers,
        confidence,
    )


@contextmanager
def open_over(
    passages: Iterable[CollectionPassage], settings: Settings, *, titles: bool = True
) -> Iterator[Chatbot]:
    """A bot over passages, warmed up; its folder goes when the context ends."""
    with temporary_corpus(passages, titles=titles) as folder:
        bot = Chatbot.open(folder, folder / ".index", settings=settings)
        bot.warm_up()
        yield bot


def measure_ranking(
    bot: Chatbot, collection: Collection, queries: Iterable[Query]
) -> RankingMeasures:
    """Search for each query and compare the hits with what is relevant."""
    found = ((query, _found(bot, query.question)) for query in queries)
    return ranking_measures(collection, found)


def measure_typos(
    bot: Chatbot, collection: Collection, queries: Iterable[Query]
) -> RankingMeasures:
    """Search for each query with a typo in every second content word."""
    random = Random(SEED)
    found = (
        (query, _found(bot, with_typos(query.question, random))) for query in queries
    )
    return ranking_measures(collection, found)


def measure_answers(bot: Chatbot, queries: Iterable[Query]) -> AnswerMeasures:
    """Ask each query; only the time that `Chatbot.reply` takes is counted."""
    asked = []
    seconds = 0.0
    for query in queries:
        start = perf_counter()
        reply = bot.reply(query.question)
        seconds += perf_counter() - start
        asked.append((query, reply))
    return answer_measures(asked, seconds)


def measure_confidence(
    bot: Chatbot,
    collection: Collection,
    kept: Iterable[CollectionPassage],
    queries: Iterable[Query],
) -> ConfidenceMeasures:
    """Ask each query of a bot that knows only the `kept` passages of a collection."""
    document_of = {passage.id: passage.doc for passage in collection.passages}
    documents = {passage.doc for passage in kept}
    observations = []
    for query in queries:
        relevant = collection.relevant(query)
        reply = bot.reply(query.question)
        if reply.kind == "answer":
            best = [reply.quotes[0].passage.id]
        else:
            best = _found(bot, query.question)[:1]
        observations.append(
            Observation(
                reply.kind,
                reply.confidence,
                covered=any(document_of[id_] in documents for id_ in relevant),
                right=not relevant.isdisjoint(best),
            )
        )
    return confidence_measures(observations)


def _found(bot: Chatbot, question: str) -> list[str]:
    """The ids of the passages that a search finds, best first."""
    return [hit.passage.id for hit in bot.search(question, limit=HITS)]


class _Asked:
    """Counts the queries that were asked and tells a `Progress`."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total = 0, total
        self._progress = progress

    def each(self, queries: Sequence[Query]) -> Iterator[Query]:
        """The queries; each counts as asked when the next one is taken."""
        for query in queries:
            yield query
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._total)
