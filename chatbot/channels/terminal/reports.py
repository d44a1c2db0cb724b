"""Reports to text: what the index holds, what a reload changed, how answers did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from chatbot.channels.terminal.rendering import Fragment, counted
from chatbot.index.report import IndexReport

if TYPE_CHECKING:
    from chatbot.evaluation import Evaluation, Judgement
    from chatbot.evaluation.collection_measures import (
        CollectionMeasures,
        ConfidenceMeasures,
    )

LONGEST_EXCERPT = 100
"""Characters of a wrong reply that are shown."""

Listing = Sequence[tuple[str, str]]
"""The (source, title) of every document."""


def described_size(report: IndexReport) -> str:
    """How much is served: `24 passages of 3 documents`."""
    passages = counted(report.passages, "passage")
    return f"{passages} of {counted(report.files, 'document')}"


def render_index(report: IndexReport) -> list[Fragment]:
    """What the index holds, a line for each figure, then notices and skipped files."""
    rows = [
        ("files", f"{report.files:,}"),
        ("read now", f"{report.read:,}"),
        ("passages", f"{report.passages:,}"),
        ("terms", f"{report.terms:,}"),
        ("seconds", f"{report.seconds:.2f}"),
    ]
    width = max(len(value) for _, value in rows)
    lines = [f"{name:<9} {value:>{width}}" for name, value in rows]
    lines += [*report.notices, *map(str, report.skipped)]
    return [("\n".join(lines), "text")]


def render_documents(documents: Listing) -> list[Fragment]:
    """The documents, one a line, each with its title."""
    width = max((len(source) for source, _ in documents), default=0)
    lines = [f"{source:<{width}}  {title}" for source, title in documents]
    return [("\n".join(lines), "text")]


def render_changes(before: Listing, after: Listing, now: IndexReport) -> list[Fragment]:
    """What a reload changed, from the documents before and after it."""
    old, new = dict(before), dict(after)
    added = [source for source in new if source not in old]
    removed = [source for source in old if source not in new]
    changed = max(now.read - len(added), 0)
    lines = [f"Added {source}." for source in added]
    lines += [f"Removed {source}." for source in removed]
    if changed:
        lines.append(f"Read {counted(changed, 'changed file')} again.")
    lines = lines or ["Nothing has changed."]
    lines += [f"Now {described_size(now)}.", *now.notices, *map(str, now.skipped)]
    return [("\n".join(lines), "text")]


def render_evaluation(evaluation: Evaluation) -> list[Fragment]:
    """The figures of an evaluation, then each miss in a line."""
    every, answerable = len(evaluation.judgements), len(evaluation.answerable)
    right, wrong = len(evaluation.right), len(evaluation.wrong)
    worded, worded_answers = len(evaluation.worded), len(evaluation.worded_answers)
    lines = [
        f"questions  {every}",
        f"right      {right}  ({_share(right, every)})",
        f"wrong      {wrong}  ({_share(wrong, every)})",
        "expected words in the reply itself:",
        f"  {worded_answers} of {answerable} questions that expect words "
        f"({_share(worded_answers, answerable)})",
        f"  {worded} of all {every}, rightly “not found” included "
        f"({_share(worded, every)})",
    ]
    lines += [_miss_line(judgement) for judgement in evaluation.wrong]
    return [("\n".join(lines), "text")]


def evaluation_data(evaluation: Evaluation) -> dict[str, Any]:
    """The figures and misses of an evaluation, ready for JSON."""
    return {
        "questions": len(evaluation.judgements),
        "right": len(evaluation.right),
        "wrong": len(evaluation.wrong),
        "share_right": round(len(evaluation.right) / len(evaluation.judgements), 4),
        "expecting_words": len(evaluation.answerable),
        "words_in_reply": len(evaluation.worded_answers),
        "words_in_reply_or_rightly_not_found": len(evaluation.worded),
        "misses": [
            {
                "question": miss.question,
                "expect": list(miss.expected),
                "kind": miss.reply.kind,
                "confidence": round(miss.reply.confidence, 4),
                "text": miss.reply.text,
            }
            for miss in evaluation.wrong
        ],
    }


def render_measures(measures: CollectionMeasures) -> list[Fragment]:
    """The figures of a collection, a line each, with its size above them."""
    ranking, answers = measures.ranking, measures.answers
    rows = [
        ("nDCG@10", f"{ranking.ndcg:.3f}"),
        ("relevant passage first", f"{ranking.first:.1%}"),
        ("first places lost to typos", f"{measures.points_lost_to_typos:.1f} points"),
        ("answered", f"{answers.answered:.1%}, asked back {answers.clarified:.1%}"),
        (
            "gold answer in the reply",
            f"{_percent(answers.answer_share)} of {answers.with_gold:,}",
        ),
        ("median words of an answer", _figure(answers.median_words, "g")),
        ("replies a second", f"{answers.replies_per_second:,.0f}"),
    ]
    if measures.confidence is not None:
        rows += _confidence_rows(measures.confidence)
    width = max(len(name) for name, _ in rows)
    passages = counted(measures.passages, "passage")
    lines = [
        f"{measures.collection}: {passages}, {counted(measures.queries, 'question')}",
        *(f"{name:<{width}}  {value}".rstrip() for name, value in rows),
    ]
    return [("\n".join(lines), "text")]


def measures_data(measures: CollectionMeasures) -> dict[str, Any]:
    """The figures of a collection, ready for JSON."""
    return {name: _rounded(value) for name, value in asdict(measures).items()}


def _confidence_rows(confidence: ConfidenceMeasures) -> list[tuple[str, str]]:
    return [
        ("with documents held out:", ""),
        ("  AUROC of the confidence", _figure(confidence.auroc, ".3f")),
        (
            "  covered questions answered",
            f"{_percent(confidence.covered_answered)} of {confidence.covered:,}, "
            f"asked back {_percent(confidence.covered_clarified)}",
        ),
        (
            "  off-corpus questions answered",
            f"{_percent(confidence.off_corpus_answered)} of {confidence.off_corpus:,}, "
            f"asked back {_percent(confidence.off_corpus_clarified)}",
        ),
        (
            "  calibration error",
            f"{_figure(confidence.answer_calibration_error, '.3f')} of answers, "
            f"{confidence.calibration_error:.3f} of all replies",
        ),
    ]


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return round(value, 4) if isinstance(value, float) else value


def _figure(value: float | None, form: str) -> str:
    return "none" if value is None else f"{value:{form}}"


def _percent(value: float | None) -> str:
    return _figure(value, ".1%")


def _miss_line(miss: Judgement) -> str:
    expected = " or ".join(f"“{_one_line(words)}”" for words in miss.expected)
    came = _one_line(miss.reply.text)
    if len(came) > LONGEST_EXCERPT:
        came = f"{came[:LONGEST_EXCERPT]}…"
    return (
        f"wrong: {_one_line(miss.question)} | expected: {expected or 'not found'} | "
        f"came: {miss.reply.kind}, {miss.reply.confidence:.2f}, {came}"
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "none"
