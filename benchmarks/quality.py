"""Measures this bot beside bm25s and scikit-learn's TF-IDF, as Markdown tables.

    python -m benchmarks.quality FOLDER [NAME ...]

FOLDER holds a folder per collection (`chatbot/evaluation/collection.py` says of what);
without a NAME all of them are measured. The first table is the ranking of each, the
second what the bot replies on `REPLIES_MEASURED_ON`, on one core. Needs the packages of
`requirements-bench.txt`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from chatbot.errors import ChatbotError, EvaluationError
from chatbot.evaluation.collection import Collection, read_collection
from chatbot.evaluation.collection_measures import (
    HITS,
    CollectionMeasures,
    RankingMeasures,
    ranking_measures,
)
from chatbot.evaluation.collection_run import (
    measure_collection,
    measure_ranking,
    open_over,
)
from chatbot.evaluation.protocol import chosen_queries
from chatbot.settings import Settings

REPLIES_MEASURED_ON = "xquad_en"

TRANSLATED = "xquad_"
"""Collections whose names start so hold one text in the language that they end with;
the titles are English in all of them."""

STEMMERS = {
    "ar": "arabic",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "hi": "hindi",
    "ro": "romanian",
    "ru": "russian",
    "tr": "turkish",
}
"""The Snowball stemmers of PyStemmer by language; bm25s goes without in the others."""


Baseline = Callable[[Collection, list[str]], Iterator[list[int]]]
"""Finds passages of a collection for questions: their places, best first."""


def language_of(name: str) -> str:
    """A collection's language, as two letters."""
    return name.rpartition("_")[2] if name.startswith(TRANSLATED) else "en"


def has_own_titles(name: str) -> bool:
    """Whether a collection's titles are in the language of its passages."""
    return language_of(name) == "en"


def texts_of(collection: Collection) -> list[str]:
    """What the baselines index of each passage: its title, if it counts, and text."""
    if has_own_titles(collection.name):
        return [f"{passage.title} {passage.text}" for passage in collection.passages]
    return [passage.text for passage in collection.passages]


def bm25s_hits(collection: Collection, questions: list[str]) -> Iterator[list[int]]:
    """A `Baseline`: bm25s, without the hits that score 0."""
    import bm25s
    import Stemmer

    language = language_of(collection.name)
    stemmer = STEMMERS.get(language)
    analysis = {
        "stopwords": "en" if language == "en" else None,
        "stemmer": Stemmer.Stemmer(stemmer) if stemmer else None,
        "show_progress": False,
    }
    retriever = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    tokens = bm25s.tokenize(texts_of(collection), **analysis)
    retriever.index(tokens, show_progress=False)
    places, scores = retriever.retrieve(
        bm25s.tokenize(questions, **analysis),
        k=min(HITS, len(collection.passages)),
        show_progress=False,
    )
    for row, row_scores in zip(places, scores, strict=True):
        yield row[row_scores > 0].tolist()


def tfidf_hits(collection: Collection, questions: list[str]) -> Iterator[list[int]]:
    """A `Baseline`: the cosine of scikit-learn's default TF-IDF, above 0."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer()
    passages = vectorizer.fit_transform(texts_of(collection))
    for question in vectorizer.transform(questions):
        scores = (passages @ question.T).toarray().ravel()
        best = np.argsort(-scores, kind="stable")[:HITS]
        yield best[scores[best] > 0].tolist()


def baseline(collection: Collection, find: Baseline) -> RankingMeasures:
    """Measure a baseline on a collection."""
    queries = chosen_queries(collection)
    hits = find(collection, [query.question for query in queries])
    ids = ([collection.passages[place].id for place in places] for places in hits)
    return ranking_measures(collection, zip(queries, ids, strict=True))


def bot_ranking(collection: Collection) -> RankingMeasures:
    """Measure the bot's search on a collection."""
    titles = has_own_titles(collection.name)
    with open_over(collection.passages, Settings(), titles=titles) as bot:
        return measure_ranking(bot, collection, chosen_queries(collection))


def bot_replies(collection: Collection) -> CollectionMeasures:
    """Measure all of the bot on a collection, in one thread."""
    with threadpool_limits(1):
        return measure_collection(
            collection, Settings(kept_replies=0), titles=has_own_titles(collection.name)
        )


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def fraction(value: float | None) -> str:
    """A share to three places: `.968`; a dash where there is none."""
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def both(ranking: RankingMeasures) -> str:
    return f"{fraction(ranking.ndcg)} / {fraction(ranking.first)}"


def ranking_rows(collections: list[Collection]) -> Iterator[str]:
    """The lines of the first table, each as soon as it is measured."""
    yield row("nDCG@10 / first", "questions", "this bot", "bm25s", "TF-IDF cosine")
    yield "|---|---|---|---|---|"
    for collection in collections:
        yield row(
            collection.name,
            f"{len(chosen_queries(collection)):,}",
            both(bot_ranking(collection)),
            both(baseline(collection, bm25s_hits)),
            both(baseline(collection, tfidf_hits)),
        )


def reply_rows(measures: CollectionMeasures) -> Iterator[str]:
    """The lines of the second table."""
    answers, confidence = measures.answers, measures.confidence
    yield row(measures.collection, "this bot")
    yield "|---|---|"
    yield row("gold answer in the reply", fraction(answers.answer_share))
    words = answers.median_words
    yield row("median words of an answer", "–" if words is None else f"{words:g}")
    if confidence is not None:
        asked = (
            fraction(confidence.covered_answered),
            fraction(confidence.off_corpus_answered),
        )
        asked_back = (
            fraction(confidence.covered_clarified),
            fraction(confidence.off_corpus_clarified),
        )
        errors = (
            fraction(confidence.answer_calibration_error),
            fraction(confidence.calibration_error),
        )
        yield row("AUROC, covered against off-corpus", fraction(confidence.auroc))
        yield row("answered, covered / off-corpus", " / ".join(asked))
        yield row("asked back, covered / off-corpus", " / ".join(asked_back))
        yield row("calibration error, answers / all replies", " / ".join(errors))
    yield row(
        "first places lost to typos", f"{measures.points_lost_to_typos:.1f} points"
    )
    yield row("replies a second, one core", f"{answers.replies_per_second:.0f}")


def read_collections(folder: Path, names: list[str]) -> list[Collection]:
    """The named collections of a folder, or all of them by name.

    Raises `EvaluationError`.
    """
    if not names:
        names = sorted(path.parent.name for path in folder.glob("*/qrels.tsv"))
    if not names:
        raise EvaluationError(f"{folder} holds no folder of a collection.")
    return [read_collection(folder / name) for name in names]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality", description=__doc__.splitlines()[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    try:
        collections = read_collections(arguments.folder, arguments.names)
        for line in ranking_rows(collections):
            print(line, flush=True)
        for collection in collections:
            if collection.name == REPLIES_MEASURED_ON:
                print()
                print("\n".join(reply_rows(bot_replies(collection))))
    except ChatbotError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
