"""Why a reply is what it is, in a person's words and language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chatbot.answering.answer import Answer
from chatbot.wording.table import Says

MOST_WORDS_NAMED = 3


def explanation(answer: Answer, threshold: float, is_choice: bool, says: Says) -> str:
    """How a question was read and how sure its answer is, a line each.

    `is_choice`: the reply was a question back. `threshold` is the confidence below
    which it would have been “not found”.
    """
    return "\n".join(_lines(answer, threshold, is_choice, says))


def not_found_text(absent: Iterable[str], says: Says) -> str:
    """That the documents do not answer, and which words they do not hold."""
    named = [f"“{word}”" for word in absent][:MOST_WORDS_NAMED]
    if not named:
        return says.not_found
    return f"{says.not_found} {says.not_found_words.format(words=', '.join(named))}"


def _lines(
    answer: Answer, threshold: float, is_choice: bool, says: Says
) -> Iterator[str]:
    read, sure = answer.interpretation, answer.confidence
    yield says.why_sure.format(confidence=f"{sure:.2f}", percent=f"{sure:.0%}")
    yield says.why_threshold.format(threshold=f"{threshold:.2f}")
    is_answer = sure >= threshold and not is_choice
    if is_choice:
        yield says.why_choices
    if read.matched:
        where = says.why_matched if is_answer else says.why_nearest
        yield where.format(words=", ".join(read.matched))
    if read.reasons and is_answer and says.why_reasons:
        yield says.why_reasons.format(reasons="; ".join(read.reasons))
    for wrong, right in read.corrected:
        yield says.why_corrected.format(wrong=wrong, right=right)
    for word, others in read.expanded:
        yield says.why_expanded.format(word=word, others=", ".join(others))
    if read.unknown:
        yield says.why_unknown.format(words=", ".join(read.unknown))
    if read.follow_up_of:
        yield says.why_taken_over.format(words=read.follow_up_of)
