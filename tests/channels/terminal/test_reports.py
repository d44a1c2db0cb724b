"""Reports: the index's figures, what a reload changed, and how answers did."""

from dataclasses import replace
from pathlib import Path

from chatbot.channels.terminal.reports import (
    LONGEST_EXCERPT,
    described_size,
    evaluation_data,
    measures_data,
    render_changes,
    render_documents,
    render_evaluation,
    render_index,
    render_measures,
)
from chatbot.documents.document import Skipped
from chatbot.evaluation import Evaluation, judge
from chatbot.evaluation.collection_measures import (
    AnswerMeasures,
    CollectionMeasures,
    ConfidenceMeasures,
    RankingMeasures,
)
from chatbot.index.report import IndexReport
from chatbot.reply import Reply


def text_of(fragments):
    return "".join(text for text, _ in fragments)


def report(files=2, read=0, **fields):
    return IndexReport(files, 1234, 567, read, 0.5, Path("generation-1"), **fields)


def test_sizes_are_counted_in_words():
    assert described_size(report()) == "1,234 passages of 2 documents"
    one = IndexReport(1, 1, 1, 0, 0, Path("generation-1"))
    assert described_size(one) == "1 passage of 1 document"


def test_the_index_is_a_line_a_figure_then_notices_and_skipped_files():
    skipped = (Skipped("a.bin", "it is binary"),)
    shown = render_index(report(read=1, skipped=skipped, notices=("rebuilt: old",)))
    assert text_of(shown).split("\n") == [
        "files         2",
        "read now      1",
        "passages  1,234",
        "terms       567",
        "seconds    0.50",
        "rebuilt: old",
        "skipped a.bin: it is binary",
    ]


def test_documents_stand_in_columns():
    documents = [("a.txt", "First"), ("long/b.md", "Second")]
    shown = "a.txt      First\nlong/b.md  Second"
    assert text_of(render_documents(documents)) == shown


def test_a_reload_without_a_change_says_so():
    documents = [("a.txt", "a")]
    shown = text_of(render_changes(documents, documents, report(files=1)))
    assert shown == "Nothing has changed.\nNow 1,234 passages of 1 document."


def test_a_reload_names_what_was_added_and_removed_and_counts_what_was_read_again():
    before, after = [("a.txt", "a"), ("b.txt", "b")], [("b.txt", "b"), ("c.txt", "c")]
    assert text_of(render_changes(before, after, report(read=2))) == (
        "Added c.txt.\nRemoved a.txt.\nRead 1 changed file again.\n"
        "Now 1,234 passages of 2 documents."
    )


def test_a_miss_is_one_line_with_what_was_expected_and_the_start_of_what_came():
    reply = Reply("answer", "long\nwords " * 50, "c", confidence=0.666)
    miss = judge("Why\nnot?", ("this", "or\nthat"), reply)
    line = text_of(render_evaluation(Evaluation((miss,)))).split("\n")[-1]
    start = ("long words " * 50)[:LONGEST_EXCERPT]
    assert line == (
        "wrong: Why not? | expected: “this” or “or that” | "
        f"came: answer, 0.67, {start}…"
    )


def test_the_share_of_no_questions_is_none():
    right = judge("Why?", (), Reply("not_found", "No.", "c"))
    shown = text_of(render_evaluation(Evaluation((right,))))
    assert "0 of 0 questions that expect words (none)" in shown
    assert "1 of all 1, rightly “not found” included (100.0%)" in shown


def test_the_data_of_an_evaluation_holds_the_figures_and_the_misses():
    miss = judge("Why?", (), Reply("clarify", "Which?", "c", confidence=0.25))
    right = judge("Why?", (), Reply("not_found", "No.", "c"))
    assert evaluation_data(Evaluation((miss, right))) == {
        "questions": 2,
        "right": 1,
        "wrong": 1,
        "share_right": 0.5,
        "expecting_words": 0,
        "words_in_reply": 0,
        "words_in_reply_or_rightly_not_found": 1,
        "misses": [
            {
                "question": "Why?",
                "expect": [],
                "kind": "clarify",
                "confidence": 0.25,
                "text": "Which?",
            }
        ],
    }


MEASURES = CollectionMeasures(
    "letters",
    1240,
    1,
    RankingMeasures(0.97758, 0.95462),
    2.6049,
    AnswerMeasures(0.937, 0.021, 1190, 0.78487, 29.5, 1228.7),
    ConfidenceMeasures(608, 582, 0.98536, 0.926, 0.011, 0.022, 0.0, 0.0388, 0.0308),
)


def test_the_measures_of_a_collection_are_a_line_a_figure():
    assert text_of(render_measures(MEASURES)).split("\n") == [
        "letters: 1,240 passages, 1 question",
        "nDCG@10                          0.978",
        "relevant passage first           95.5%",
        "first places lost to typos       2.6 points",
        "answered                         93.7%, asked back 2.1%",
        "gold answer in the reply         78.5% of 1,190",
        "median words of an answer        29.5",
        "replies a second                 1,229",
        "with documents held out:",
        "  AUROC of the confidence        0.985",
        "  covered questions answered     92.6% of 608, asked back 1.1%",
        "  off-corpus questions answered  2.2% of 582, asked back 0.0%",
        "  calibration error              0.039 of answers, 0.031 of all replies",
    ]


def test_what_could_not_be_measured_is_none():
    answers = AnswerMeasures(0.0, 0.0, 0, None, None, 100.0)
    confidence = ConfidenceMeasures(1, 0, None, 0.0, 0.0, None, None, None, 0.2)
    shown = text_of(
        render_measures(replace(MEASURES, answers=answers, confidence=confidence))
    )
    assert "gold answer in the reply         none of 0\n" in shown
    assert "AUROC of the confidence        none\n" in shown
    assert "off-corpus questions answered  none of 0, asked back none\n" in shown
    assert "none of answers, 0.200 of all replies" in shown
    bare = text_of(render_measures(replace(MEASURES, confidence=None)))
    assert "held out" not in bare


def test_the_data_of_a_collection_holds_every_figure_to_four_places():
    data = measures_data(MEASURES)
    assert data["collection"] == "letters"
    assert data["points_lost_to_typos"] == 2.6049
    assert data["ranking"] == {"ndcg": 0.9776, "first": 0.9546}
    assert data["answers"]["answer_share"] == 0.7849
    assert data["confidence"]["auroc"] == 0.9854
    assert measures_data(replace(MEASURES, confidence=None))["confidence"] is None
