"""The figures of a collection: what each means, and how it comes from what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from chatbot.evaluation.collection import Collection, Query
from chatbot.evaluation.measures import (
    answer_share,
    auroc,
    calibration_error,
    ndcg,
    share_first,
)
from chatbot.reply import Reply, ReplyKind

HITS = 10
"""How many hits of a search are looked at."""


@dataclass(frozen=True, slots=True)
class RankingMeasures:
    """`ndcg` is the mean over the queries, `first` the share with a relevant first hit.

    Both look at the first ten hits.
    """

    ndcg: float
    first: float


@dataclass(frozen=True, slots=True)
class AnswerMeasures:
    """What `Chatbot.reply` says to the queries.

    `answered` and `clarified` are the shares of replies of kind answer and clarify.
    `answer_share` is the share of the queries with gold answers, `with_gold` of them,
    whose reply is an answer with one in its text. `median_words` is the length of the
    answers' texts. None stands for what there is nothing to measure on.
    """

    answered: float
    clarified: float
    with_gold: int
    answer_share: float | None
    median_words: float | None
    replies_per_second: float


@dataclass(frozen=True, slots=True)
class Observation:
    """A reply of a bot that knows a part of the documents.

    `covered`: a document with a relevant passage is kept. `right`: the first quote's
    passage is relevant; where the reply quotes nothing, the first hit of a search for
    the question is, which the person never saw.
    """

    kind: ReplyKind
    confidence: float
    covered: bool
    right: bool


@dataclass(frozen=True, slots=True)
class ConfidenceMeasures:
    """How well confidence tells what the corpus covers, with documents held out.

    `auroc` is that of the confidence of `covered` queries against `off_corpus` ones.
    Their shares with a reply of kind answer and clarify follow; to ask back is not to
    answer. `answer_calibration_error` compares the confidence of the answers with
    whether they are right, `calibration_error` that of all replies (see `Observation`).
    None stands for what there is nothing to measure on.
    """

    covered: int
    off_corpus: int
    auroc: float | None
    covered_answered: float | None
    covered_clarified: float | None
    off_corpus_answered: float | None
    off_corpus_clarified: float | None
    answer_calibration_error: float | None
    calibration_error: float


@dataclass(frozen=True, slots=True)
class CollectionMeasures:
    """All figures of a collection, measured on so many `queries`.

    `points_lost_to_typos` are the first places lost, in hundredths of the queries, when
    every second content word has a typo. `confidence` is None when no passage is left
    with documents held out.
    """

    collection: str
    passages: int
    queries: int
    ranking: RankingMeasures
    points_lost_to_typos: float
    answers: AnswerMeasures
    confidence: ConfidenceMeasures | None


def ranking_measures(
    collection: Collection, found: Iterable[tuple[Query, Sequence[str]]]
) -> RankingMeasures:
    """Measure rankings: each query with the ids of its hits, best first.

    Every query has a relevant passage, and there is one at least.
    """
    rankings, gains = [], []
    for query, hits in found:
        judged = collection.relevance[query.id]
        rankings.append([judged.get(id_, 0.0) for id_ in hits[:HITS]])
        gains.append(ndcg(rankings[-1], list(judged.values()), HITS))
    return RankingMeasures(sum(gains) / len(gains), share_first(rankings))


def answer_measures(
    asked: Sequence[tuple[Query, Reply]], seconds: float
) -> AnswerMeasures:
    """Measure the replies to queries, one at least; `seconds` is what all took."""
    replies = [reply for _, reply in asked]
    lengths = [len(each.text.split()) for each in replies if each.kind == "answer"]
    with_gold = [(query, reply) for query, reply in asked if query.answers]
    share = None
    if with_gold:
        share = answer_share(
            [each.text if each.kind == "answer" else "" for _, each in with_gold],
            [query.answers for query, _ in with_gold],
        )
    return AnswerMeasures(
        answered=sum(each.kind == "answer" for each in replies) / len(replies),
        clarified=sum(each.kind == "clarify" for each in replies) / len(replies),
        with_gold=len(with_gold),
        answer_share=share,
        median_words=median(lengths) if lengths else None,
        replies_per_second=len(replies) / seconds,
    )


def confidence_measures(observations: Sequence[Observation]) -> ConfidenceMeasures:
    """Measure the confidence of replies, one at least."""
    covered = [each for each in observations if each.covered]
    off_corpus = [each for each in observations if not each.covered]
    answers = [each for each in observations if each.kind == "answer"]
    area = None
    if covered and off_corpus:
        area = auroc(
            [each.confidence for each in observations],
            [each.covered for each in observations],
        )
    return ConfidenceMeasures(
        covered=len(covered),
        off_corpus=len(off_corpus),
        auroc=area,
        covered_answered=_share(covered, "answer"),
        covered_clarified=_share(covered, "clarify"),
        off_corpus_answered=_share(off_corpus, "answer"),
        off_corpus_clarified=_share(off_corpus, "clarify"),
        answer_calibration_error=_calibration_error(answers) if answers else None,
        calibration_error=_calibration_error(observations),
    )


def _share(observations: Sequence[Observation], kind: ReplyKind) -> float | None:
    if not observations:
        return None
    return sum(each.kind == kind for each in observations) / len(observations)


def _calibration_error(observations: Sequence[Observation]) -> float:
    return calibration_error(
        [each.confidence for each in observations],
        [each.right for each in observations],
    )
