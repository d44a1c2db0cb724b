"""The columns of the last whole build and of what came since, searched as one."""

from __future__ import annotations

from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chatbot.index.corpus_order import CorpusOrder
from chatbot.index.postings import Postings
from chatbot.index.pruned_search import PrunedSearch
from chatbot.index.search import Found, exhaustive_search
from tests.index.test_search import columns_of

TERMS = 4
WEIGHTS = st.integers(1, 12).flatmap(
    lambda passages: arrays(
        np.float32,
        (passages, TERMS),
        elements=st.sampled_from([0, 0, 0.25, 0.5, 1, 1.5]),
    )
)
NOTHING = np.zeros((0, TERMS), dtype=np.float32)


def postings_of(
    whole: np.ndarray, recent: np.ndarray, order: CorpusOrder, numbers: np.ndarray
) -> Postings:
    gone = order.gone[order.gone < len(whole)]
    idf = np.array([0.5, 1.25, 2.0, 3.0])
    columns = columns_of(whole, (0,), gone.tolist())
    return Postings(columns, columns_of(recent), numbers, idf, order)


def search(postings: Postings, terms: dict[int, float], limit: int) -> list[Found]:
    """What both kinds of search find."""
    both = (postings.whole, postings.recent)
    return [
        postings.search(terms, limit, *(partial(exhaustive_search, c) for c in both)),
        postings.search(terms, limit, *map(PrunedSearch, both)),
    ]


@st.composite
def orders(draw: st.DrawFn, size: int) -> tuple[CorpusOrder, int]:
    """Documents of a passage each, some gone; those of the last whole build ascend.

    Also how many it wrote.
    """
    whole = draw(st.integers(0, size))
    order = np.array(draw(st.permutations(range(size))), dtype=np.int32)
    order[order < whole] = np.arange(whole)
    gone = draw(st.sets(st.integers(0, size - 1)))
    left = order[~np.isin(order, list(gone))]
    return CorpusOrder(left, np.arange(size + 1, dtype=np.int64)), whole


@given(st.data(), WEIGHTS, st.integers(1, 14))
def test_what_is_found_is_what_a_whole_build_finds_to_the_last_bit(
    data: st.DataObject, weights: np.ndarray, limit: int
) -> None:
    order, whole = data.draw(orders(len(weights)))
    recent = order.documents[order.documents >= whole]
    weight = st.sampled_from([0.3, 1.0])
    terms = data.draw(st.dictionaries(st.integers(0, TERMS - 1), weight))
    everything = order.documents
    fresh = CorpusOrder(
        np.arange(len(everything), dtype=np.int32), np.arange(len(everything) + 1)
    )
    none = np.zeros(0, dtype=np.int32)

    extended = postings_of(weights[:whole], weights[recent], order, recent)
    written_anew = postings_of(weights[everything], NOTHING, fresh, none)

    expected = search(written_anew, terms, limit)[0]
    for found in search(extended, terms, limit):
        assert found.passages.tolist() == everything[expected.passages].tolist()
        assert found.scores.tobytes() == expected.scores.tobytes()
    for term in range(TERMS):
        held = everything[written_anew.passages_with(term)]
        assert extended.passages_with(term).tolist() == sorted(held.tolist())
