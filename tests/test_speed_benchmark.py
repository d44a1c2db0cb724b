"""The benchmark of speed: what it searches and asks, and the tables it prints."""

import json
import re
from collections import Counter
from importlib.util import find_spec
from itertools import islice

import numpy as np
import pytest

from benchmarks.speed.corpora import (
    FILE,
    draw_questions,
    given_passages,
    indexed_texts,
    write_corpus,
)
from benchmarks.speed.generated import (
    CHUNK,
    LENGTHS,
    STOP_WORDS,
    cumulative_shares,
    generate,
    word,
)
from benchmarks.speed.results import (
    Asking,
    Building,
    CorpusResults,
    Latency,
    Serving,
    Start,
    SystemResults,
    Update,
    latency_of,
    per_second_of,
)
from benchmarks.speed.systems import CLASSES, OWN, missing_packages, system_class
from benchmarks.speed.tables import corpus_table, shown, start_table, update_table

needs_packages = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("matplotlib", "psutil", "tantivy")),
    reason="needs the packages of requirements-bench.txt",
)


def words_of(text):
    return re.findall(r"\w+", text.lower())


@pytest.fixture(scope="module")
def many():
    return list(generate(CHUNK, LENGTHS["short"]))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("speed") / "corpus"
    return write_corpus("small", folder, generate(200, LENGTHS["short"]))


def test_the_same_seed_gives_the_same_passages(many):
    assert list(generate(300, LENGTHS["short"])) == many[:300]
    assert list(generate(300, LENGTHS["short"], seed=1)) != many[:300]


def test_a_larger_corpus_begins_with_the_smaller(many):
    longer = list(islice(generate(CHUNK + 5, LENGTHS["short"]), CHUNK + 5))
    assert longer[:CHUNK] == many
    assert len(longer) == CHUNK + 5
    assert longer[CHUNK:] != many[:5]


@pytest.mark.parametrize(
    ("name", "least", "most"), [("short", 11, 14), ("long", 90, 105)]
)
def test_passages_are_as_long_as_a_summary_or_a_paragraph(name, least, most):
    lengths = [len(words_of(each.text)) for each in generate(1000, LENGTHS[name])]
    assert least <= np.mean(lengths) <= most
    assert min(lengths) >= 4
    assert np.percentile(lengths, 95) > 1.4 * np.median(lengths)


def test_sentences_begin_with_a_capital_and_end_with_a_full_stop(many):
    for passage in many[:100]:
        for sentence in passage.text.split(". "):
            assert sentence[0].isupper()
            assert len(words_of(sentence)) <= 22
        assert passage.text.endswith(".")


def test_frequencies_fall_with_the_rank(many):
    counts = Counter(each for passage in many for each in words_of(passage.text))
    total = counts.total()
    stop_words = sum(counts[each] for each in STOP_WORDS)
    assert counts.most_common(1)[0][0] == "the"
    assert 0.4 < stop_words / total < 0.5
    ranked = [count for _, count in counts.most_common()]
    ratios = [ranked[rank] / ranked[4 * rank] for rank in (10, 30)]
    assert all(3 < ratio < 6 for ratio in ratios)
    assert sum(count == 1 for count in ranked) > 0.4 * len(ranked)


def test_the_vocabulary_grows_slower_than_the_text(many):
    def different(passages):
        return len({each for passage in passages for each in words_of(passage.text)})

    growth = different(many) / different(many[: CHUNK // 10])
    assert 2 < growth < 7


def test_the_shares_are_those_of_the_formula():
    shares = np.diff(cumulative_shares(), prepend=0)
    assert cumulative_shares()[-1] == pytest.approx(1)
    assert shares[0] / shares[99] == pytest.approx(101 / 2)
    assert shares[9_999] / shares[39_999] == pytest.approx((40_001 / 10_001) ** 1.77)


def test_every_rank_has_a_word_of_its_own():
    made_up = [word(rank) for rank in range(len(STOP_WORDS), 50_000)]
    assert len(set(made_up)) == len(made_up)
    assert word(0) == "the"
    assert word(0, "ing") == "the"
    assert word(5000, "ing") == word(5000) + "ing"


def test_a_corpus_is_a_line_for_each_passage_numbered_from_0(corpus):
    lines = (corpus.folder / FILE).read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["id"] for record in records] == list(range(200))
    assert corpus.passages == 200
    assert corpus.text_bytes == sum(
        len((record["title"] + record["text"]).encode()) for record in records
    )
    assert list(given_passages(corpus.folder / FILE)) == list(
        generate(200, LENGTHS["short"])
    )
    assert next(indexed_texts(corpus.folder)) == (
        f"{records[0]['title']} {records[0]['text']}"
    )


def test_lines_without_a_text_are_no_passages(tmp_path):
    file = tmp_path / "given.jsonl"
    file.write_text(
        '{"text": "One."}\n\n{"text": " "}\n{"title": "T", "text": "Two."}\n'
    )
    assert [(each.title, each.text) for each in given_passages(file)] == [
        ("", "One."),
        ("T", "Two."),
    ]


def test_a_question_is_of_words_of_one_passage_in_its_order(corpus):
    passages = list(given_passages(corpus.folder / FILE))
    asked = draw_questions(corpus, 50)
    assert asked == draw_questions(corpus, 50)
    assert len(asked) == 50
    for each in asked:
        present = list(dict.fromkeys(words_of(passages[each.passage].text)))
        words = words_of(each.question)
        assert [word for word in present if word in words] == words
        assert len(words) == min(6, len(present)) or len(present) < 9


def test_a_question_has_a_rare_word_and_stop_words(corpus):
    passages = given_passages(corpus.folder / FILE)
    counts = Counter(w for passage in passages for w in set(words_of(passage.text)))
    asked = [words_of(each.question) for each in draw_questions(corpus, 50)]
    assert np.mean([any(w in STOP_WORDS for w in words) for words in asked]) > 0.9
    assert np.mean([min(counts[w] for w in words) <= 2 for words in asked]) > 0.9


@pytest.mark.parametrize("name", [name for name in CLASSES if name != "bm25s"])
def test_a_system_finds_the_passages_that_questions_come_from(name, corpus, tmp_path):
    if missing := missing_packages(name):
        pytest.skip(f"{missing} is not installed")
    system = system_class(name)()
    system.build(corpus.folder, tmp_path)
    system.open(corpus.folder, tmp_path)
    asked = draw_questions(corpus, 20)
    for find in system.ways().values():
        found = [find(each.question) for each in asked]
        assert all(len(numbers) <= 10 for numbers in found)
        hits = [
            each.passage in numbers for each, numbers in zip(asked, found, strict=True)
        ]
        assert np.mean(hits) >= 0.9
    assert system.search("zebrawood") == []


def test_percentiles_are_medians_over_the_rounds():
    times = [float(value) for value in range(101)]
    slow = [10 * value for value in times]
    assert latency_of([times, times, slow]) == Latency(50, 95, 99)
    assert per_second_of([[1.0, 3.0], [2.0, 2.0], [100.0, 100.0]]) == 500


def results_of(passages, *systems):
    return CorpusResults(
        f"{passages} passages", passages, 2_000_000, 5, list(systems), 0.2, ["A note."]
    )


def own_and_peer():
    def asking(asked, found):
        return Asking(asked, found, Latency(0.1234, 2.345, 34.56), 1234.5, 2345.6)

    building = Building(4.0, 300e6, 5_000_000)
    both = {"search": asking(100, 0.99), "reply": asking(100, 0.98)}
    return (
        SystemResults(OWN, building, Serving(both, 10**8, 15 * 10**7), 0.5),
        SystemResults(
            "peer", building, Serving({"search": asking(7, 1.0)}, 10**8, 10**8), 2.0
        ),
    )


def test_the_table_has_a_row_for_each_system_and_says_what_was_left_out():
    head, line, own, peer, *notes = corpus_table(
        results_of(1000, *own_and_peer())
    ).splitlines()
    assert head.startswith("| 1000 passages, 2.00 MB | build s | MB/s | ")
    assert {row.count("|") for row in (head, line, own, peer)} == {head.count("|")}
    assert own == (
        "| this bot | 4.00 | 0.500 | 300 | 5.00 | 100 / 150 | 0.123 / 2.35 / 34.6 "
        "| 0.123 / 2.35 / 34.6 | 1,234 / 2,346 | 1,234 / 2,346 | 0.50 | 0.990 |"
    )
    assert peer.count("| – ") == 2
    assert notes == [
        "",
        "A note.",
        "peer was asked the first 7 of 100 questions (search)",
    ]


def test_starts_are_compared_with_the_import_of_numpy():
    rows = start_table(
        Start(0.6, 0.3), [results_of(1000, *own_and_peer())]
    ).splitlines()
    assert rows[2:] == [
        "| `corpus/` | 0.60 | 0.30 | 2.00 |",
        "| 1000 passages | 0.50 | 0.20 | 2.50 |",
    ]


def test_updates_are_compared_with_a_fresh_build():
    rows = update_table(Update(1000, 5_600_000, 10.0, 0.2, 0.01)).splitlines()
    assert rows[0].startswith("| opening 1,000 files, 5.60 MB |")
    assert rows[3] == "| one has changed | 0.200 | 50.0 |"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.03817, "0.038"), (4.821, "4.82"), (20.24, "20.2"), (1204.4, "1,204")],
)
def test_measures_have_about_three_places(value, text):
    assert shown(value) == text


@needs_packages
def test_a_whole_run_prints_a_table_and_keeps_what_it_measured(tmp_path, capsys):
    from benchmarks.speed.__main__ import main

    plot, data = tmp_path / "plot.svg", tmp_path / "data.json"
    systems = ["tantivy, 2 threads", "SQLite FTS5"]
    options = ["--sizes", "200", "--rounds", "1", "--questions", "10"]
    files = ["--plot", str(plot), "--json", str(data)]
    main([*options, *files, "--systems", *systems])
    printed = capsys.readouterr().out
    assert "| 200 short passages, 0.018 MB | build s |" in printed
    assert all(f"| {system} | " in printed for system in systems)
    (measured,) = json.loads(data.read_text(encoding="utf-8"))["corpora"]
    assert [each["system"] for each in measured["systems"]] == systems
    for each in measured["systems"]:
        assert each["building"]["seconds"] > 0
        assert each["building"]["index_bytes"] > 1000
        assert each["building"]["peak_bytes"] > 10**6
        assert each["serving"]["bytes_of_two"] > each["serving"]["bytes_of_one"]
        assert each["start_seconds"] > 0
        asking = each["serving"]["asking"]["search"]
        assert asking["asked"] == 10
        assert asking["found"] >= 0.9
        latency = asking["latency"]
        assert 0 < latency["p50"] <= latency["p95"] <= latency["p99"]
    assert all(f">{system}<" in plot.read_text("utf-8") for system in systems)


@needs_packages
def test_the_same_measures_draw_the_same_plot(tmp_path):
    from benchmarks.speed.plot import write_plot

    corpora = [results_of(size, *own_and_peer()) for size in (1000, 100_000)]
    files = [tmp_path / name for name in ("first.svg", "second.svg")]
    for file in files:
        write_plot(corpora, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].stat().st_size < 100_000


@needs_packages
def test_a_system_that_fails_says_how(tmp_path):
    from benchmarks.speed.processes import Worker, WorkerError

    with (
        Worker("SQLite FTS5", one_thread=True) as worker,
        pytest.raises(WorkerError, match="SQLite FTS5 failed: FileNotFoundError"),
    ):
        worker.build(tmp_path / "missing", tmp_path)


@needs_packages
def test_a_given_corpus_must_hold_a_passage(tmp_path, capsys):
    from benchmarks.speed.__main__ import main

    file = tmp_path / "empty.jsonl"
    file.write_text("\n")
    for given, message in (
        (file, "holds no line with a “text”"),
        (tmp_path / "missing.jsonl", "--corpus"),
    ):
        with pytest.raises(SystemExit, match="2"):
            main(["--corpus", str(given)])
        assert message in capsys.readouterr().err


@needs_packages
def test_an_update_is_measured_beside_a_fresh_build(tmp_path):
    from benchmarks.speed.updating import measure_update

    update = measure_update(tmp_path, rounds=1, files=2, paragraphs=3)
    assert update.files == 2
    assert update.unchanged < update.fresh
    assert "Round 0" in (tmp_path / "files" / "00000.txt").read_text("utf-8")


@pytest.mark.skipif(
    bool(missing_packages("bm25s")),
    reason="needs the packages of requirements-bench.txt",
)
def test_bm25s_finds_nothing_for_stop_words_alone(corpus, tmp_path):
    system = system_class("bm25s")()
    system.build(corpus.folder, tmp_path)
    system.open(corpus.folder, tmp_path)
    assert system.search("Of the and?") == []
