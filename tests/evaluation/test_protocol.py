"""The protocol: which queries are asked, and what a corpus is made of."""

import json

import pytest

from chatbot.errors import EvaluationError
from chatbot.evaluation.collection import Collection, CollectionPassage, Query
from chatbot.evaluation.protocol import (
    MOST_QUERIES,
    chosen_queries,
    held_out_documents,
    temporary_corpus,
)


def collection(queries, relevance, documents=("a",)):
    passages = [CollectionPassage(doc, doc, "", "text") for doc in documents]
    return Collection("numbers", tuple(passages), tuple(queries), relevance)


def test_queries_without_a_relevant_passage_and_titles_are_not_asked():
    queries = [
        Query("relevant", "?"),
        Query("unjudged", "?"),
        Query("irrelevant", "?"),
        Query("title", "?", is_original=True),
    ]
    relevance = {
        "relevant": {"a": 1.0},
        "irrelevant": {"a": 0.0},
        "title": {"a": 1.0},
    }
    assert chosen_queries(collection(queries, relevance)) == queries[:1]


def test_a_collection_without_a_query_to_ask_is_an_error_that_names_it():
    with pytest.raises(EvaluationError, match="numbers has no query"):
        chosen_queries(collection([Query("q", "?")], {}))


def test_many_queries_are_shuffled_and_cut_the_same_way_each_time():
    queries = [Query(str(number), "?") for number in range(MOST_QUERIES + 50)]
    relevance = {query.id: {"a": 1.0} for query in queries}
    chosen = chosen_queries(collection(queries, relevance))
    assert len(set(chosen)) == MOST_QUERIES
    assert chosen != queries[:MOST_QUERIES]
    assert chosen == chosen_queries(collection(queries, relevance))


@pytest.mark.parametrize(("documents", "held_out"), [("a", 1), ("ab", 1), ("abcde", 3)])
def test_every_second_document_is_held_out(documents, held_out):
    chosen = held_out_documents(collection([], {}, documents))
    assert len(chosen) == held_out
    assert chosen <= set(documents)
    assert chosen == held_out_documents(collection([], {}, documents[::-1]))


def test_a_temporary_corpus_is_json_lines_and_goes():
    passages = [CollectionPassage("1", "a", "Über uns", "Zeile\u2028zwei")]
    with temporary_corpus(passages) as folder:
        (file,) = folder.iterdir()
        record = json.loads(file.read_text("utf-8"))
    assert record == {"id": "1", "title": "Über uns", "text": "Zeile\u2028zwei"}
    assert not folder.exists()


def test_titles_can_be_left_out():
    with temporary_corpus(
        [CollectionPassage("1", "a", "Title", "text")], titles=False
    ) as folder:
        assert "Title" not in (folder / "passages.jsonl").read_text("utf-8")
