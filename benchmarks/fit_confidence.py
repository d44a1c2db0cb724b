"""Fits the confidence's coefficients on collections of questions with known answers.

    python -m benchmarks.fit_confidence FOLDER > chatbot/answering/confidence.toml

FOLDER holds a folder per collection (`chatbot/evaluation/collection.py` says of what).
Half of each collection's documents are held out of its corpus; their questions are the
ones that it does not cover. Prints the coefficients as TOML and, on standard error, for
every collection how well coefficients fitted on the others do on it.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.quality import has_own_titles
from chatbot.answering.answer import answer_question
from chatbot.answering.confidence import Signals
from chatbot.answering.question import read_question
from chatbot.evaluation.collection import Collection, read_collection
from chatbot.evaluation.measures import auroc, calibration_error
from chatbot.evaluation.protocol import (
    chosen_queries,
    held_out_documents,
    temporary_corpus,
)
from chatbot.index.opening import open_index
from chatbot.settings import Settings

NO_SIGNALS = Signals(0.0, 0.0, 0.0, 0.0)
COLLECTIONS = ("squad2_test", "xquad_*")
"""Each question has an answer in one passage and the documents' topics are far apart:
elsewhere another document may answer a question on a held out one as well."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Asked questions: signals float64 (N, 4), whether the quote was right, bool (N,),
    and whether the corpus covers the question, bool (N,)."""

    signals: NDArray[np.float64]
    right: NDArray[np.bool_]
    covered: NDArray[np.bool_]


def ask(collection: Collection, *, titles: bool) -> Sample:
    """Index one half of a collection's documents and ask questions on both halves."""
    held_out = held_out_documents(collection)
    document_of = {passage.id: passage.doc for passage in collection.passages}
    kept = [passage for passage in collection.passages if passage.doc not in held_out]
    with temporary_corpus(kept, titles=titles) as corpus:
        index, _ = open_index(Settings(corpus=str(corpus)))
        rows, right, covered = [], [], []
        for query in chosen_queries(collection):
            question = read_question(query.question, index)
            answer = answer_question(question, index)
            wanted = collection.relevant(query)
            rows.append(astuple(answer.signals or NO_SIGNALS))
            right.append(bool(answer.quotes) and answer.quotes[0].passage.id in wanted)
            covered.append(not {document_of[p] for p in wanted} <= held_out)
    return Sample(np.array(rows), np.array(right), np.array(covered))


def fit(samples: list[Sample]) -> LogisticRegression:
    """Fit so that every collection weighs the same."""
    weights = np.concatenate([np.full(len(s.right), 1 / len(s.right)) for s in samples])
    model = LogisticRegression(C=1e3, max_iter=10_000)
    signals = np.vstack([sample.signals for sample in samples])
    right = np.concatenate([sample.right for sample in samples])
    return model.fit(signals, right, sample_weight=weights * len(weights))


def describe(name: str, model: LogisticRegression, sample: Sample) -> str:
    probability = model.predict_proba(sample.signals)[:, 1]
    answered = probability >= Settings().threshold
    return (
        f"{name:12} AUROC {auroc(probability, sample.covered):.3f}  "
        f"calibration error {calibration_error(probability, sample.right):.3f}  "
        f"answered: covered {answered[sample.covered].mean():.3f}, "
        f"not covered {answered[~sample.covered].mean():.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fit_confidence", description=__doc__.splitlines()[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", default=COLLECTIONS)
    arguments = parser.parse_args()
    folders = [
        found
        for name in arguments.names
        for found in sorted(arguments.folder.glob(name))
    ]
    samples = {
        folder.name: ask(read_collection(folder), titles=has_own_titles(folder.name))
        for folder in folders
    }
    for name, sample in samples.items():
        others = [other for other in samples if other != name] or [name]
        model = fit([samples[other] for other in others])
        print(describe(name, model, sample), file=sys.stderr)
    model = fit(list(samples.values()))
    print("# Written by `python -m benchmarks.fit_confidence`, from", end=" ")
    print(f"{len(samples)} collections of questions.")
    print("# The signals are those of `confidence.py`.")
    print(f"intercept = {model.intercept_[0]:.2f}")
    for field, weight in zip(fields(Signals), model.coef_[0], strict=True):
        print(f"{field.name} = {weight:.2f}")


if __name__ == "__main__":
    main()
