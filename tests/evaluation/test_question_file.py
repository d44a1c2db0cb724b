"""Questions with known answers: the file's form, and what counts as right."""

import pytest

from chatbot import Chatbot
from chatbot.answering.quoting import Quote
from chatbot.documents.document import Passage
from chatbot.errors import EvaluationError
from chatbot.evaluation import Dialogue, Turn, evaluate, judge, read_questions
from chatbot.reply import Reply

PASSAGE = "The “Red  Lion” opens at nine. It’s closed on Mondays."


def reply_quoting(text, kind="answer"):
    start = PASSAGE.index(text)
    end = start + len(text)
    passage = Passage("a#1", "a.txt", "a", PASSAGE, 0, len(PASSAGE), 1)
    quote = Quote(text, passage, 1, start, end)
    return Reply(kind, text, "c", confidence=0.7, quotes=(quote,))


MONDAYS = reply_quoting("It’s closed on Mondays.")


@pytest.fixture
def file(tmp_path):
    """Write a file of questions and return its path."""

    def file(*lines):
        path = tmp_path / "questions.jsonl"
        path.write_bytes(b"\n".join(lines))
        return path

    return file


def test_a_file_holds_questions_and_conversations(file):
    path = file(
        b'\xef\xbb\xbf{"question": "What?", "expect": ["this", "that"]}\r',
        b"",
        b'{"conversation": [{"question": "Hi"}, {"question": "Who?", "expect": []}]}',
    )
    assert read_questions(path) == (
        Dialogue((Turn("What?", ("this", "that")),)),
        Dialogue((Turn("Hi", None), Turn("Who?", ()))),
    )


@pytest.mark.parametrize(
    "line",
    [
        b'{"question": "What?", "expect": ["this"]',
        b"[" * 100_000,
        b'["What?"]',
        b'{"expect": ["this"]}',
        b'{"question": " ", "expect": ["this"]}',
        b'{"question": "What?"}',
        b'{"question": "What?", "expect": "this"}',
        b'{"question": "What?", "expect": [""]}',
        b'{"question": "What?", "expect": [1]}',
        b'{"question": "What?", "expect": null}',
        b'{"conversation": []}',
        b'{"conversation": ["What?"]}',
        b'{"question": "caf\xe9", "expect": []}',
    ],
)
def test_a_malformed_line_is_an_error_that_names_file_and_line(file, line):
    path = file(b'{"question": "Fine?", "expect": []}', line)
    with pytest.raises(EvaluationError, match=r"questions\.jsonl, line 2: "):
        read_questions(path)


def test_a_file_without_a_question_to_judge_is_an_error(file):
    with pytest.raises(EvaluationError, match="holds no question"):
        read_questions(file(b'{"conversation": [{"question": "Hi"}]}'))


def test_a_missing_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(EvaluationError, match=r"missing\.jsonl cannot be read"):
        read_questions(tmp_path / "missing.jsonl")


def test_a_reply_is_right_when_its_first_passage_holds_expected_words():
    judgement = judge("When?", ("at ten", "at nine"), MONDAYS)
    assert judgement.right
    assert not judgement.worded


def test_a_reply_is_worded_when_its_text_holds_expected_words():
    judgement = judge("When?", ("closed on Mondays",), MONDAYS)
    assert judgement.right
    assert judgement.worded


def test_case_white_space_and_the_kind_of_quotes_do_not_matter():
    assert judge("What?", ('the "red lion"\nOPENS',), MONDAYS).right
    assert judge("When?", ("it's closed",), MONDAYS).worded


def test_other_words_are_wrong():
    judgement = judge("When?", ("at ten",), MONDAYS)
    assert not judgement.right
    assert not judgement.worded


@pytest.mark.parametrize("kind", ["not_found", "clarify", "small_talk"])
def test_a_reply_that_is_no_answer_is_wrong_where_words_are_expected(kind):
    reply = reply_quoting("It’s closed on Mondays.", kind)
    assert not judge("When?", ("closed",), reply).right


def test_where_nothing_is_expected_only_not_found_is_right():
    assert judge("Why?", (), Reply("not_found", "No.", "c")).right
    assert not judge("Why?", (), MONDAYS).right
    assert not judge("Why?", (), Reply("clarify", "Which?", "c")).right


def test_an_evaluation_counts_what_was_judged_each_dialogue_by_itself(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "inn.txt").write_text(
        "The inn opens its doors at nine in the morning.\n\n"
        "A room at the inn costs forty pounds a night.\n\n"
        "Breakfast with eggs and toast is served in the garden.\n",
        encoding="utf-8",
    )
    questions = (
        Dialogue((Turn("When does the inn open in the morning?", ("at nine",)),)),
        Dialogue(
            (
                Turn("Hello", None),
                Turn("What does a room at the inn cost?", ("FORTY pounds",)),
                Turn("How do I bake sourdough bread?", ()),
            )
        ),
        Dialogue((Turn("When does the inn open in the morning?", ("at ten",)),)),
    )
    evaluation = evaluate(Chatbot.open(corpus), questions)
    assert [judgement.right for judgement in evaluation.judgements] == [
        True,
        True,
        True,
        False,
    ]
    assert [miss.expected for miss in evaluation.wrong] == [("at ten",)]
    assert len(evaluation.answerable) == 3
    assert len(evaluation.worded) == 3
    assert len(evaluation.worded_answers) == 2
    assert (
        evaluation.judgements[1].reply.conversation
        == evaluation.judgements[2].reply.conversation
        != evaluation.judgements[0].reply.conversation
    )
