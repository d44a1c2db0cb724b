"""A bot measured on a small collection, with half of the documents held out."""

import tempfile
from dataclasses import replace

import pytest

from chatbot.evaluation.collection import read_collection
from chatbot.evaluation.collection_run import (
    measure_answers,
    measure_collection,
    measure_confidence,
    measure_ranking,
    open_over,
)
from chatbot.evaluation.protocol import chosen_queries, held_out_documents
from chatbot.settings import Settings


@pytest.fixture
def collection(collection_folder):
    return read_collection(collection_folder)


@pytest.fixture
def queries(collection):
    return chosen_queries(collection)


def test_plain_questions_find_their_passages(collection, queries):
    with open_over(collection.passages, Settings()) as bot:
        ranking = measure_ranking(bot, collection, queries)
    assert ranking.first == 1
    assert ranking.ndcg == 1


def test_the_answers_hold_gold_words_in_few_words(collection, queries):
    with open_over(collection.passages, Settings()) as bot:
        answers = measure_answers(bot, queries)
    assert answers.with_gold == 4
    assert answers.answer_share is not None
    assert answers.answer_share >= 0.75
    assert 5 < answers.median_words < 30
    assert answers.replies_per_second > 0


def test_questions_are_covered_when_a_relevant_document_is_kept(collection, queries):
    kept = [each for each in collection.passages if each.doc in ("delivery", "stores")]
    with open_over(kept, Settings()) as bot:
        confidence = measure_confidence(bot, collection, kept, queries)
    assert (confidence.covered, confidence.off_corpus) == (3, 2)
    assert confidence.auroc == 1


def test_a_threshold_of_1_answers_nothing_but_still_judges_the_confidence(
    collection, queries
):
    kept = collection.passages
    with open_over(kept, Settings(threshold=1.0)) as bot:
        confidence = measure_confidence(bot, collection, kept, queries)
    assert confidence.covered_answered == 0
    assert confidence.answer_calibration_error is None
    assert 0 < confidence.calibration_error < 1


def test_progress_counts_every_question_of_all_rounds(collection, queries):
    told = []
    measures = measure_collection(
        collection, Settings(), progress=lambda done, total: told.append((done, total))
    )
    total = 4 * len(queries)
    assert told == [(done, total) for done in range(1, total + 1)]
    assert (measures.collection, measures.passages) == ("brightwater", 8)
    assert measures.queries == len(queries) == 5
    assert measures.confidence is not None


def test_the_figures_are_the_same_each_time(collection):
    first, second = (measure_collection(collection, Settings()) for _ in range(2))
    unhurried = replace(first.answers, replies_per_second=1.0)
    assert replace(second.answers, replies_per_second=1.0) == unhurried
    assert replace(second, answers=first.answers) == first


def test_the_confidence_of_a_collection_of_one_document_is_not_measured(collection):
    passages = tuple(replace(each, doc="faq") for each in collection.passages)
    measures = measure_collection(replace(collection, passages=passages), Settings())
    assert measures.confidence is None


def test_without_titles_a_question_that_only_a_title_answers_finds_nothing(collection):
    (payment,) = (each for each in collection.passages if each.id == "payment")
    untitled = [replace(payment, title="Zebrawood")]
    for titles in (True, False):
        with open_over(untitled, Settings(), titles=titles) as bot:
            assert bool(bot.search("zebrawood")) is titles


def test_nothing_is_left_and_the_settings_folders_are_not_touched(
    collection, tmp_path, monkeypatch
):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    settings = Settings(corpus=str(tmp_path / "none"), index=str(tmp_path / "index"))
    measure_collection(collection, settings)
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "index").exists()


def test_off_corpus_are_the_questions_on_documents_held_out(collection, queries):
    held_out = held_out_documents(collection)
    document_of = {each.id: each.doc for each in collection.passages}
    off_corpus = [
        query
        for query in queries
        if {document_of[id_] for id_ in collection.relevant(query)} <= held_out
    ]
    confidence = measure_collection(collection, Settings()).confidence
    assert confidence.off_corpus == len(off_corpus)
    assert confidence.covered == len(queries) - len(off_corpus)
    assert confidence.off_corpus_answered == 0
