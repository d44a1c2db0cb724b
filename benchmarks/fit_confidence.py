"""Fits the confidence's coefficients on collections of questions with known answers.

    python -m benchmarks.fit_confidence FOLDER [NAME ...]

FOLDER holds a folder per collection: `passages.jsonl` (id, doc, title, text),
`queries.jsonl` (id, text, rewrite) and `qrels.tsv` (query, passage, relevance). Half of
each collection's documents are held out of its corpus; their questions are the ones
that it does not cover. Prints the coefficients for `chatbot/answering/confidence.py`
and, for every collection, how well coefficients fitted on the others do on it.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from chatbot.answering.answer import answer_question
from chatbot.answering.confidence import Signals
from chatbot.answering.question import read_question
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


def read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def ask(folder: Path, seed: int) -> Sample:
    """Index one half of a collection's documents and ask questions on both halves."""
    shuffle = random.Random(seed).shuffle
    passages = read_lines(folder / "passages.jsonl")
    documents = sorted({passage["doc"] for passage in passages})
    shuffle(documents)
    held_out = set(documents[::2])
    document_of = {passage["id"]: passage["doc"] for passage in passages}
    relevant: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        query, passage, relevance = line.split("\t")
        if float(relevance) > 0:
            relevant.setdefault(query, set()).add(passage)
    queries = [
        query
        for query in read_lines(folder / "queries.jsonl")
        if query["id"] in relevant and not query.get("is_original")
    ]
    shuffle(queries)
    with tempfile.TemporaryDirectory() as corpus:
        kept = [passage for passage in passages if passage["doc"] not in held_out]
        lines = (json.dumps(passage, ensure_ascii=False) for passage in kept)
        (Path(corpus) / "passages.jsonl").write_text("\n".join(lines), "utf-8")
        index, _ = open_index(Settings(corpus=corpus))
        rows, right, covered = [], [], []
        for query in queries[:QUESTIONS_PER_COLLECTION]:
            question = read_question(query["rewrite"] or query["text"], index)
            answer = answer_question(question, index)
            wanted = relevant[query["id"]]
            rows.append(astuple(answer.signals or NO_SIGNALS))
            right.append(bool(answer.quotes) and answer.quotes[0].passage.id in wanted)
            covered.append(not {document_of[p] for p in wanted} <= held_out)
    return Sample(np.array(rows), np.array(right), np.array(covered))


def calibration_error(probability: NDArray, outcome: NDArray, bins: int = 10) -> float:
    """Expected calibration error over equally wide bins (Naeini et al., 2015)."""
    bin_of = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [
        abs(probability[bin_of == b].mean() - outcome[bin_of == b].mean())
        * np.mean(bin_of == b)
        for b in np.unique(bin_of)
    ]
    return float(sum(gaps))


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
        f"{name:12} AUROC {roc_auc_score(sample.covered, probability):.3f}  "
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
        name: ask(arguments.folder / name, seed)
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
