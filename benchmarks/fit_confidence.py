"""Fits the confidence's coefficients on collections of questions with known answers.

    python -m benchmarks.fit_confidence FOLDER [NAME ...]

FOLDER holds a folder per collection (`chatbot/evaluation/collection.py` says of what).
Half of each collection's documents are held out of its corpus; their questions are the
ones that it does not cover. Prints the coefficients for
`chatbot/answering/confidence.py` and, for every collection, how well coefficients
fitted on the others do on it.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from chatbot.answering.answer import answer_question
from chatbot.answering.confidence import Signals
from chatbot.answering.question import read_question
from chatbot.evaluation.collection import Collection, read_collection
from chatbot.evaluation.measures import auroc, calibration_error
from chatbot.evaluation.protocol import temporary_corpus
from chatbot.index.opening import open_index
from chatbot.settings import Settings

COLLECTIONS = ("xquad_en", "squad2_test")
QUESTIONS_PER_COLLECTION = 600
NO_SIGNALS = Signals(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """Asked questions: signals float64 (N, 2), whether the quote was right, bool (N,),
    and whether the corpus covers the question, bool (N,)."""

    signals: NDArray[np.float64]
    right: NDArray[np.bool_]
    covered: NDArray[np.bool_]


def ask(collection: Collection, seed: int) -> Sample:
    """Index one half of a collection's documents and ask questions on both halves."""
    shuffle = random.Random(seed).shuffle
    documents = sorted({passage.doc for passage in collection.passages})
    shuffle(documents)
    held_out = set(documents[::2])
    document_of = {passage.id: passage.doc for passage in collection.passages}
    queries = [
        query
        for query in collection.queries
        if collection.relevant(query) and not query.is_original
    ]
    shuffle(queries)
    kept = [passage for passage in collection.passages if passage.doc not in held_out]
    with temporary_corpus(kept) as corpus:
        index, _ = open_index(Settings(corpus=str(corpus)))
        rows, right, covered = [], [], []
        for query in queries[:QUESTIONS_PER_COLLECTION]:
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
    samples = {
        name: ask(read_collection(arguments.folder / name), seed)
        for seed, name in enumerate(arguments.names)
    }
    for name, sample in samples.items():
        others = [other for other in samples if other != name] or [name]
        print(describe(name, fit([samples[other] for other in others]), sample))
    model = fit(list(samples.values()))
    print(f"intercept {model.intercept_[0]:.2f}")
    for field, weight in zip(fields(Signals), model.coef_[0], strict=True):
        print(f"{field.name} {weight:.2f}")


if __name__ == "__main__":
    main()
