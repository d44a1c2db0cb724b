"""Which documents are in the corpus, and in which order."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.index.corpus_order import CorpusOrder


@pytest.fixture
def order() -> CorpusOrder:
    """Documents of 2, 1, 3, 0 and 2 passages; the second went, the last is first."""
    return CorpusOrder(
        np.array([4, 0, 2, 3], dtype=np.int32), np.array([0, 2, 3, 6, 6, 8])
    )


def test_passages_of_documents_that_went_are_not_in_the_corpus(
    order: CorpusOrder,
) -> None:
    assert order.passages == 7
    assert order.gone.tolist() == [2]
    assert order.ranks.tolist() == [1, -1, 2, 3, 0]


def test_places_ascend_in_corpus_order(order: CorpusOrder) -> None:
    passages = np.array([0, 1, 3, 4, 5, 6, 7], dtype=np.int32)
    in_order = passages[order.places(passages).argsort()]

    assert in_order.tolist() == [6, 7, 0, 1, 3, 4, 5]
    assert order.in_order(passages).tolist() == in_order.tolist()


def test_where_documents_ascend_passages_do() -> None:
    order = CorpusOrder(np.array([0, 2], dtype=np.int32), np.array([0, 2, 3, 6]))
    passages = np.array([0, 1, 3, 5], dtype=np.int32)

    assert order.in_order(passages).tolist() == passages.tolist()
