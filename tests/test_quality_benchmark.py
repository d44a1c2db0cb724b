"""The benchmark of quality: what it compares, and the tables it prints."""

from dataclasses import replace
from importlib.util import find_spec

import pytest

from benchmarks import quality
from chatbot.errors import EvaluationError
from chatbot.evaluation.collection import read_collection
from chatbot.evaluation.collection_run import measure_collection
from chatbot.settings import Settings

needs_bm25s = pytest.mark.skipif(
    find_spec("bm25s") is None or find_spec("Stemmer") is None,
    reason="needs the packages of requirements-bench.txt",
)


@pytest.fixture
def collection(collection_folder):
    return read_collection(collection_folder)


@pytest.mark.parametrize(
    ("name", "language"),
    [("xquad_de", "de"), ("xquad_en", "en"), ("stackfaq", "en"), ("squad2_test", "en")],
)
def test_a_translated_collection_is_in_the_language_of_its_names_end(name, language):
    assert quality.language_of(name) == language


def test_only_titles_in_the_language_of_the_text_are_indexed(collection):
    german = replace(collection, name="xquad_de")
    assert quality.texts_of(collection)[3].startswith("Warranty The tracker comes")
    assert quality.texts_of(german)[3].startswith("The tracker comes")


def test_tfidf_finds_a_passage_by_its_words_and_none_without(collection):
    none, first = quality.tfidf_hits(collection, ["zebrawood", "tracker warranty"])
    assert none == []
    assert collection.passages[first[0]].id == "warranty"


@needs_bm25s
@pytest.mark.parametrize("name", ["brightwater", "xquad_de", "xquad_vi"])
def test_bm25s_finds_a_passage_by_its_words_and_none_without(collection, name):
    named = replace(collection, name=name)
    none, first = quality.bm25s_hits(named, ["zebrawood", "tracker warranty"])
    assert none == []
    assert collection.passages[first[0]].id == "warranty"


def test_a_baseline_is_measured_as_the_bot_is(collection):
    ranking = quality.baseline(collection, quality.tfidf_hits)
    assert 0.5 < ranking.first <= 1
    assert quality.bot_ranking(collection).first == 1


@needs_bm25s
def test_the_first_table_has_a_row_for_each_collection(collection):
    head, line, *rows = quality.ranking_rows([collection, collection])
    assert head == "| nDCG@10 / first | questions | this bot | bm25s | TF-IDF cosine |"
    assert line.count("|") == head.count("|")
    assert len(rows) == 2
    assert rows[0].startswith("| brightwater | 5 | 1.000 / 1.000 | ")


def test_the_second_table_has_a_row_for_each_figure(collection):
    rows = list(quality.reply_rows(measure_collection(collection, Settings())))
    assert rows[:2] == ["| brightwater | this bot |", "|---|---|"]
    assert len(rows) == 10
    assert all(row.count("|") == 3 for row in rows)


@pytest.mark.parametrize(
    ("value", "shown"), [(0.96831, ".968"), (1.0, "1.000"), (0.0, ".000"), (None, "–")]
)
def test_fractions_have_three_places(value, shown):
    assert quality.fraction(value) == shown


def test_without_a_name_every_collection_of_the_folder_is_read(collection_folder):
    folder = collection_folder.parent
    (folder / "notes").mkdir()
    assert [each.name for each in quality.read_collections(folder, [])] == [
        "brightwater"
    ]
    with pytest.raises(EvaluationError, match="holds no folder of a collection"):
        quality.read_collections(folder / "notes", [])
