"""Which sentence of the best passages answers."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.answering.question import read_question
from chatbot.answering.ranking import rank
from chatbot.answering.sentences import HEADING_CREDIT, SentenceScores, score_sentences
from chatbot.index.corpus_index import CorpusIndex

TEXT = """\
# Lighthouse

The lighthouse was built in 1871. The lighthouse is painted white. Gulls nest there.

# Ferry

The ferry sails at noon.
"""


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"island.md": TEXT})


def scored(text: str, index: CorpusIndex) -> SentenceScores:
    ranking = rank(read_question(text, index), index)
    return score_sentences(ranking, ranking.order[:1], index)


def test_the_sentences_of_a_passage_stand_in_the_order_of_the_text(index):
    sentences = scored("Is the lighthouse painted white?", index)
    assert sentences.first_rows.tolist() == [0, 3]
    assert sentences.scores.argmax() == 1


def test_a_sentence_with_the_kind_of_thing_asked_for_answers_better(index):
    sentences = scored("When was the lighthouse built?", index)
    assert sentences.asks_for_kind
    assert sentences.holds_kind.tolist() == [True, False, False]
    assert sentences.scores.argmax() == 0


def test_yes_or_no_asks_for_no_kind_that_a_sentence_holds(index):
    sentences = scored("Is the lighthouse white?", index)
    assert not sentences.asks_for_kind
    assert not sentences.holds_kind.any()


def test_a_sentence_holds_no_more_alone_than_with_a_neighbour(index):
    sentences = scored("Which gulls nest at the white lighthouse?", index)
    assert (sentences.before >= sentences.own).all()
    assert (sentences.after >= sentences.own).all()
    assert sentences.before[0] == sentences.own[0]
    assert sentences.after[-1] == sentences.own[-1]


def test_neighbours_are_of_the_same_passage(index):
    ranking = rank(read_question("gulls ferry", index), index)
    sentences = score_sentences(ranking, ranking.order[:2], index)
    last = sentences.first_rows[1:] - 1
    assert np.array_equal(sentences.after[last], sentences.own[last])


def test_the_header_of_a_table_counts_alike_for_every_row(open_corpus):
    rows = "".join(f"| {name} | 7 |\n" for name in ("Tern", "Skua", "Gull"))
    index = open_corpus({"birds.md": f"| Bird | Eggs |\n|---|---|\n{rows}"})

    alike = scored("How many eggs has a bird?", index)
    assert alike.own[0] == pytest.approx(HEADING_CREDIT)
    assert len(set(alike.own.tolist())) == len(set(alike.holds_kind.tolist())) == 1
    assert scored("How many eggs has a skua?", index).scores.argmax() == 1


def test_a_row_has_no_neighbours(open_corpus):
    index = open_corpus(
        {"birds.md": "| Bird | Eggs |\n|---|---|\n| Tern | 2 |\n| Skua | 9 |\n"}
    )
    sentences = scored("tern and skua", index)
    assert (sentences.before == sentences.own).all()
    assert (sentences.after == sentences.own).all()


def test_a_header_counts_for_rows_in_the_passages_below_it(open_corpus):
    names = [f"Bird{number}" for number in range(90)]
    rows = "".join(f"| {name} | 7 |\n" for name in names)
    index = open_corpus({"birds.md": f"| Bird | Eggs |\n|---|---|\n{rows}"})
    ranking = rank(read_question("How many eggs has Bird88?", index), index)
    sentences = score_sentences(ranking, ranking.order, index)
    own = sentences.own.tolist()
    assert len(index.store) > 2
    assert len(set(own)) == 2
    assert min(own) > 0
    assert sentences.own.argmax() == sentences.scores.argmax()
