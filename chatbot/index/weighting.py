"""Counts to weights: the saturated, length-normalised TF-IDF as a transformer.

For example:

    pipeline = make_pipeline(CountVectorizer(), SaturatedTfidf())
    weights = pipeline.fit_transform(texts)     # sparse, one row per text
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from chatbot.index.document_frequency import inverse_document_frequency
from chatbot.index.saturation import K1, B, saturated_frequency


class SaturatedTfidf(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Weighs term counts by the BM25 form of TF-IDF.

    The weight of a term that occurs tf times in a text of length dl (the sum of its
    counts) is

        idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · dl / avgdl))
        idf = log(1 + (N - df + 0.5) / (df + 0.5))

    with N texts of mean length avgdl, df of which hold the term. Source: Robertson and
    Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); the idf
    is that of Lucene's BM25Similarity, which is never negative.

    Parameters
    ----------
    k1 : saturation; 0 makes a second occurrence worth nothing.
    b : length normalisation, 0 (none) to 1 (full).

    Attributes
    ----------
    idf_ : ndarray of shape (n_features,), float64
    average_length_ : float
    n_texts_, total_length_, document_frequency_ : what these were learnt from
    """

    def __init__(self, k1: float = K1, b: float = B) -> None:
        self.k1 = k1
        self.b = b

    def fit(self, X: Any, y: Any = None) -> SaturatedTfidf:  # noqa: N803
        """Learn idf and mean length from counts of shape (n_texts, n_features)."""
        for name in [name for name in vars(self) if name.endswith("_")]:
            delattr(self, name)
        return self.partial_fit(X)

    def partial_fit(self, X: Any, y: Any = None) -> SaturatedTfidf:  # noqa: N803
        """Learn from some more texts, counts of shape (n_texts, n_features)."""
        is_first = not hasattr(self, "n_texts_")
        counts = self._counts(X, reset=is_first)
        found = np.bincount(counts.indices, minlength=counts.shape[1])
        if is_first:
            self.n_texts_, self.total_length_ = 0, 0.0
            self.document_frequency_ = np.zeros_like(found)
        self.n_texts_ += counts.shape[0]
        self.total_length_ += float(counts.sum())
        self.document_frequency_ = self.document_frequency_ + found
        self.idf_ = inverse_document_frequency(self.document_frequency_, self.n_texts_)
        self.average_length_ = self.total_length_ / self.n_texts_ or 1.0
        return self

    def transform(self, X: Any) -> sparse.csr_matrix:  # noqa: N803
        """Weigh counts of shape (n_texts, n_features); float64, same sparsity."""
        check_is_fitted(self)
        counts = self._counts(X, reset=False)
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        row_lengths = np.repeat(lengths, np.diff(counts.indptr))
        saturated = saturated_frequency(
            counts.data, row_lengths, self.average_length_, self.k1, self.b
        )
        weights = counts.copy()
        weights.data = saturated * self.idf_[counts.indices]
        return weights

    def _counts(self, counts: Any, *, reset: bool) -> sparse.csr_matrix:
        """`counts` validated, as float64 rows without stored zeros."""
        validated = validate_data(
            self,
            counts,
            accept_sparse="csr",
            dtype=np.float64,
            reset=reset,
            ensure_non_negative=True,
        )
        matrix = sparse.csr_matrix(validated, copy=True)
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        return matrix

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.input_tags.positive_only = True
        return tags
