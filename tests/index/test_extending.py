"""Changed documents to a generation that goes on with the one before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot import Chatbot
from chatbot.index import building, extending
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.opening import open_index
from chatbot.index.statistics import Statistics
from chatbot.settings import Settings
from tests.index.held_contents import held_contents

STAYS = {
    "d.md": "# Ferries\n\nA ferry carries cars.\n\n## Pay\n\nA pilot earns $90.",
    "m.txt": "What stays. Milk, tea and sugar (MTS). Tea boats sail at noon.",
    "p.jsonl": '{"text": "Oars are long.", "title": "Oars"}\n{"text": "A boat."}',
    "s.txt": "Der Kahn fährt auf dem Fluss und die Fähre auf dem See.",
}
NAMES = ("a.txt", "e.md", "m.txt", "q.jsonl", "z.txt")
CONTENTS = (
    "One cup of tea. Tea is hot, and tea is what they drink.",
    "# Tea\n\nA cup of tea (COT) and milk.\n\n## Milk\n\nNone. Sailing boats.",
    '{"text": "A zeppelin", "title": "Airships"}\n{"text": "Boating on a boat."}',
    "Der Tee wächst in den Hügeln und wird in der Sonne getrocknet (DTS).",
    "The ferry leaves the harbour at noon. The ferries leave, and oars too.",
)
CHANGES = st.dictionaries(
    st.sampled_from(NAMES), st.none() | st.sampled_from(CONTENTS), min_size=1
)
QUESTIONS = (
    "When does the ferry leave?",
    "What is a COT?",
    "How much does a pilot earn?",
    "tea",
    "zeppelins and airships",
    "sailboat",
    "Wo fährt der Kahn?",
    "What is MTS?",
    "what can you answer?",
)


@pytest.fixture
def _at_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much has changed, the next generation goes on with the one before."""
    monkeypatch.setattr(extending, "MOST_CHANGED", 10**6)
    for module in (building, extending):
        monkeypatch.setattr(module, "rounded_mean", lambda words, passages: 8.0)


def opened(corpus: Path) -> CorpusIndex:
    return open_index(Settings(corpus=str(corpus)))[0]


def change(corpus: Path, files: Mapping[str, str | None]) -> None:
    for name, content in files.items():
        if content is None:
            (corpus / name).unlink(missing_ok=True)
        else:
            (corpus / name).write_text(content, encoding="utf-8")


def is_extended(index: CorpusIndex) -> bool:
    return (
        len(index.arrays["passage_lines"]) > Statistics.of(index.arrays).whole_passages
    )


@given(st.lists(st.tuples(CHANGES, st.booleans()), min_size=1, max_size=4))
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@pytest.mark.usefixtures("_at_any_size")
def test_an_extended_index_holds_what_a_fresh_one_does_to_the_last_bit(
    new_corpus: Callable[[Mapping[str, str]], Path],
    changes: list[tuple[Mapping[str, str | None], bool]],
) -> None:
    """Now and then all is written anew from an index that went on with others."""
    updated = new_corpus(STAYS)
    opened(updated)
    for files, is_whole in changes:
        change(updated, files)
        with pytest.MonkeyPatch.context() as patch:
            if is_whole:
                patch.setattr(extending, "MOST_CHANGED", -1)
            extended = opened(updated)
    fresh = new_corpus({})
    for path in updated.glob("[!.]*"):
        shutil.copy(path, fresh)

    assert held_contents(extended) == held_contents(opened(fresh))
    asked = [Chatbot.open(corpus) for corpus in (updated, fresh)]
    for question in QUESTIONS:
        first, second = (bot.reply(question).to_dict() for bot in asked)
        for reply in (first, second):
            reply["conversation"] = reply["id"] = ""
        assert first == second


FEW = {f"{number:02}.txt": f"Boat {number} sails.\nAnd back.\n" for number in range(16)}


def test_a_file_that_changes_is_written_behind_the_others(new_corpus) -> None:
    corpus = new_corpus(FEW)
    whole = opened(corpus)
    change(corpus, {"03.txt": "A ferry sails.\nAnd back.\n"})
    index = opened(corpus)

    assert is_extended(index)
    assert not is_extended(whole)
    assert index.store.documents == [0, 1, 2, 16, *range(4, 16)]
    before, after = (i.arrays["column_passages"] for i in (whole, index))
    assert before.tobytes() == after.tobytes()


def test_when_much_has_changed_all_is_written_anew(new_corpus) -> None:
    corpus = new_corpus(FEW)
    opened(corpus)
    found = []
    for number in range(4):
        change(corpus, {f"{number:02}.txt": "A ferry sails.\nAnd back.\n"})
        found.append(is_extended(opened(corpus)))

    assert found == [True, False, True, False]


def test_when_texts_become_longer_on_average_all_is_written_anew(new_corpus) -> None:
    corpus = new_corpus(FEW)
    opened(corpus)
    change(corpus, {"03.txt": f"{'A ferry sails and sails. ' * 20}\nAnd back.\n"})

    assert not is_extended(opened(corpus))


def test_a_language_that_comes_or_goes_has_all_written_anew(new_corpus) -> None:
    corpus = new_corpus(FEW)
    opened(corpus)
    change(corpus, {"03.txt": "Der Kahn fährt auf dem Fluss und auf dem See."})

    index = opened(corpus)
    assert index.languages == ["english", "german"]
    assert not is_extended(index)


def test_documents_that_go_leave_no_trace_in_what_is_asked(new_corpus) -> None:
    corpus = new_corpus(FEW)
    opened(corpus)
    change(corpus, {"03.txt": None})
    bot = Chatbot.open(corpus)

    assert "03.txt" not in [source for source, _ in bot.documents()]
    assert bot.document("03.txt") is None
    assert bot.report.passages == 30
    assert bot.reply("Boat 3").kind == "not_found"
