"""Collections: what the three files say, and what is wrong with them."""

import pytest

from chatbot.errors import EvaluationError
from chatbot.evaluation.collection import (
    CollectionPassage,
    Message,
    Query,
    read_collection,
)


def test_a_collection_is_its_passages_its_queries_and_their_relevance(
    collection_folder,
):
    collection = read_collection(collection_folder)
    assert collection.name == "brightwater"
    assert len(collection.passages) == 8
    assert collection.passages[3] == CollectionPassage(
        "warranty",
        "warranty",
        "Warranty",
        "The tracker comes with a warranty of three years. Damage from salt water is "
        "covered; a cracked screen is not.",
    )
    assert [query.id for query in collection.queries] == [f"q{n}" for n in range(7)]
    assert collection.relevance["q0"] == {"delivery-time": 1, "delivery-cost": 0}


def test_a_query_holds_what_is_known_about_it(collection_folder):
    queries = read_collection(collection_folder).queries
    assert queries[3].answers == ("Gdańsk", "Gdansk")
    assert queries[4].history[0] == Message("user", "Do you deliver?")
    assert queries[5].is_original
    assert queries[6].answerable is False
    assert queries[2] == Query(
        "q2", "How long is the tracker's warranty?", ("three years",)
    )


def test_the_question_is_the_rewrite_where_there_is_one(collection_folder):
    queries = read_collection(collection_folder).queries
    assert queries[4].question == "What are the costs of shipping?"
    assert queries[3].question == "Where are repairs taken in?"


def test_relevant_is_what_is_judged_above_0(collection_folder):
    collection = read_collection(collection_folder)
    assert collection.relevant(collection.queries[0]) == {"delivery-time"}
    assert collection.relevant(collection.queries[6]) == set()


def test_a_passage_may_be_without_a_title_a_document_and_text(collection_folder):
    passages = collection_folder / "passages.jsonl"
    with passages.open("a") as file:
        file.write('{"id": "bare", "title": null, "text": ""}\n')
    collection = read_collection(collection_folder)
    assert collection.passages[-1] == CollectionPassage("bare", "", "", "")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("passages.jsonl", '{"id": "x"'),
        ("passages.jsonl", "[" * 100_000),
        ("passages.jsonl", '["x"]'),
        ("passages.jsonl", '{"text": "no id"}'),
        ("passages.jsonl", '{"id": " ", "text": "x"}'),
        ("passages.jsonl", '{"id": 7, "text": "x"}'),
        ("passages.jsonl", '{"id": "returns", "text": "again"}'),
        ("passages.jsonl", '{"id": "x", "text": ["x"]}'),
        ("passages.jsonl", '{"id": "x", "text": "\\ud800"}'),
        ("queries.jsonl", '{"id": "x"}'),
        ("queries.jsonl", '{"id": "x", "text": " "}'),
        ("queries.jsonl", '{"id": "q1", "text": "Again?"}'),
        ("queries.jsonl", '{"id": "x", "text": "?", "answers": "x"}'),
        ("queries.jsonl", '{"id": "x", "text": "?", "answers": [""]}'),
        ("queries.jsonl", '{"id": "x", "text": "?", "answerable": "yes"}'),
        ("queries.jsonl", '{"id": "x", "text": "?", "history": ["Hello"]}'),
        ("queries.jsonl", '{"id": "x", "text": "?", "history": [{"text": "Hello"}]}'),
        ("queries.jsonl", '{"id": "x", "text": "?", "rewrite": 1}'),
        ("queries.jsonl", '{"id": "x", "text": "?", "is_original": 1}'),
        ("qrels.tsv", "q1 warranty 1"),
        ("qrels.tsv", "q1\twarranty"),
        ("qrels.tsv", "q1\twarranty\tvery"),
        ("qrels.tsv", "q1\twarranty\tnan"),
        ("qrels.tsv", "q1\twarranty\t1\t1"),
        ("qrels.tsv", "nobody\twarranty\t1"),
        ("qrels.tsv", "q1\tnothing\t1"),
        ("qrels.tsv", "q1\treturns\t1"),
    ],
)
def test_a_line_that_cannot_be_used_is_an_error_that_names_it(
    collection_folder, name, line
):
    file = collection_folder / name
    number = file.read_text("utf-8").count("\n") + 1
    with file.open("a") as stream:
        stream.write(f"{line}\n")
    with pytest.raises(EvaluationError, match=rf"{name}, line {number}: .+\.$"):
        read_collection(collection_folder)


@pytest.mark.parametrize("name", ["passages.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_an_error_that_names_it(collection_folder, name):
    (collection_folder / name).unlink()
    with pytest.raises(EvaluationError, match=f"{name} cannot be read"):
        read_collection(collection_folder)


@pytest.mark.parametrize("name", ["passages.jsonl", "queries.jsonl"])
def test_an_empty_file_is_an_error_that_names_it(collection_folder, name):
    (collection_folder / name).write_text("\n")
    with pytest.raises(EvaluationError, match=f"{name} is empty"):
        read_collection(collection_folder)


def test_lines_may_end_as_on_windows(collection_folder):
    expected = read_collection(collection_folder)
    for file in collection_folder.iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_collection(collection_folder) == expected
