"""The command line: what is printed where, and the exit status."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.channels.terminal.commands import MOST_SKIPPED_SHOWN, main

REPOSITORY = Path(__file__).parents[3]

COST = "What does a membership card cost?"
COST_QUOTE = "A membership card costs twelve euros a year."
BREAD = "How do I bake sourdough bread?"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch, environment):
    for name in set(os.environ) - set(environment):
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def type_in(monkeypatch):
    """Make bytes the standard input of this process."""

    def type_in(data):
        stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stream)

    return type_in


def test_an_answer_is_the_quote_with_its_source_and_status_0(capsys):
    assert main(["ask", COST]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == COST_QUOTE
    assert lines[-1] == "library.txt, line 4 · under “Membership”"


def test_what_the_documents_do_not_cover_has_status_1(capsys):
    assert main(["ask", BREAD]) == 1
    assert "library.txt, line" not in capsys.readouterr().out


def test_a_question_back_lists_the_headings_and_has_status_3(capsys, corpus):
    (corpus / "cafe.md").write_text("# Tea\n\nCake.\n\n# Coffee\n\nCake.\n")
    assert main(["ask", "cake"]) == 3
    assert capsys.readouterr().out.endswith("\n\n  1. Tea\n  2. Coffee\n")


def test_words_without_quotes_are_one_question(capsys):
    assert main(["ask", *COST.split()]) == 0
    assert capsys.readouterr().out.startswith(COST_QUOTE)


def test_a_question_is_read_from_standard_input(capsys, type_in):
    type_in(f"{COST}\n".encode())
    assert main(["ask"]) == 0
    assert capsys.readouterr().out.startswith(COST_QUOTE)


def test_json_is_the_reply_with_the_quotes_offsets(capsys, corpus):
    assert main(["ask", "--json", COST]) == 0
    reply = json.loads(capsys.readouterr().out)
    quote = reply["quotes"][0]
    text = (corpus / "library.txt").read_text(encoding="utf-8")
    assert reply["kind"] == "answer"
    assert text[quote["start"] : quote["end"]] == quote["text"] == COST_QUOTE


@pytest.mark.parametrize("arguments", [["ask", ""], ["ask", " "], ["ask", "x" * 3000]])
def test_a_question_that_cannot_be_asked_is_refused_in_one_line(capsys, arguments):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("chatbot: The message is")
    assert err.count("\n") == 1


def test_an_endless_question_is_refused(capsys, type_in):
    type_in(b"why " * 10_000)
    assert main(["ask"]) == 2
    assert "too long" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "x", "--corpus", "no-such-folder"],
        ["index", "--corpus", "no-such-folder"],
        ["evaluate", "no-such-file.jsonl"],
    ],
)
def test_an_error_is_one_line_on_standard_error_and_status_2(capsys, arguments):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("chatbot: ")
    assert arguments[-1] in err
    assert err.count("\n") == 1


def test_a_bad_setting_is_an_error_but_help_still_works(capsys, monkeypatch):
    monkeypatch.setenv("CHATBOT_PORT", "http")
    assert main(["ask", COST]) == 2
    assert "CHATBOT_PORT" in capsys.readouterr().err
    assert main(["--help"]) == 0


@pytest.mark.parametrize("arguments", [["ak"], ["ask", "--jsn", "x"], ["evaluate"]])
def test_a_wrong_command_line_says_how_to_get_help(capsys, arguments):
    assert main(arguments) == 2
    assert "--help" in capsys.readouterr().err


def test_an_unforeseen_error_is_one_line_that_says_what_to_do(capsys, monkeypatch):
    def fail(*arguments, **settings):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("chatbot.bot.Chatbot.open", fail)
    assert main(["ask", COST]) == 2
    err = capsys.readouterr().err
    assert "ZeroDivisionError: by zero" in err
    assert "report" in err
    assert err.count("\n") == 1


def test_a_folder_is_named_before_the_command_or_after_it(
    capsys, corpus, monkeypatch, tmp_path
):
    monkeypatch.delenv("CHATBOT_CORPUS")
    folders = ["--corpus", str(corpus), "--index", str(tmp_path / "index")]
    assert main([*folders, "ask", COST]) == 0
    before = capsys.readouterr().out
    assert main(["--corpus", "no-such-folder", "ask", *folders, COST]) == 0
    assert capsys.readouterr().out == before
    assert (tmp_path / "index").is_dir()


def test_an_empty_folder_name_is_refused(capsys):
    assert main(["ask", "--corpus", "", COST]) == 2
    assert "empty" in capsys.readouterr().err


def test_index_says_what_it_holds_and_what_was_skipped(capsys, corpus):
    (corpus / "photo.txt").write_bytes(b"\x00\x01\x02")
    assert main(["index"]) == 0
    out = capsys.readouterr().out
    figures = dict(line.rsplit(maxsplit=1) for line in out.splitlines()[:5])
    assert figures["files"] == "1"
    assert int(figures["read now"]) <= 2
    assert int(figures["passages"]) >= 3
    assert int(figures["terms"]) > 10
    assert float(figures["seconds"]) >= 0
    assert "skipped photo.txt: " in out


def test_ask_names_a_few_skipped_files_on_standard_error(capsys, corpus):
    for number in range(MOST_SKIPPED_SHOWN + 2):
        (corpus / f"photo{number}.txt").write_bytes(b"\x00")
    assert main(["ask", COST]) == 0
    out, err = capsys.readouterr()
    assert "skipped" not in out
    assert err.count("chatbot: skipped photo") == MOST_SKIPPED_SHOWN
    assert "chatbot: skipped 2 more" in err


def test_evaluate_prints_the_figures_and_each_miss(capsys, tmp_path):
    file = tmp_path / "questions.jsonl"
    file.write_text(
        f'{{"question": "{COST}", "expect": ["TWELVE  euros"]}}\n'
        f'{{"question": "{BREAD}", "expect": []}}\n'
        '{"question": "How many books may a reader borrow?", "expect": ["six"]}\n'
    )
    assert main(["evaluate", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:6] == [
        "questions  3",
        "right      2  (66.7%)",
        "wrong      1  (33.3%)",
        "expected words in the reply itself:",
        "  1 of 2 questions that expect words (50.0%)",
        "  2 of all 3, rightly “not found” included (66.7%)",
    ]
    assert lines[6].startswith(
        "wrong: How many books may a reader borrow? | expected: “six” | came: answer, "
    )
    assert len(lines) == 7

    assert main(["evaluate", "--json", str(file)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["questions"], data["right"], data["wrong"]) == (3, 2, 1)
    assert data["misses"][0]["expect"] == ["six"]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*")}


def test_evaluate_measures_on_a_collection_without_writing_into_its_folder(
    capsys, collection_folder
):
    before = contents(collection_folder)
    assert main(["evaluate", str(collection_folder)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == "brightwater: 8 passages, 5 questions"
    assert lines[1].split() == ["nDCG@10", "1.000"]
    assert "relevant passage first" in lines[2]
    assert "AUROC of the confidence" in out
    assert contents(collection_folder) == before


def test_the_measures_of_a_collection_are_printed_as_json(capsys, collection_folder):
    assert main(["evaluate", "--json", str(collection_folder)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["collection"], data["queries"]) == ("brightwater", 5)
    assert data["ranking"] == {"ndcg": 1.0, "first": 1.0}
    assert data["answers"]["with_gold"] == 4
    assert data["confidence"]["covered"] + data["confidence"]["off_corpus"] == 5


def test_a_collection_can_be_measured_without_its_titles(capsys, collection_folder):
    passages = collection_folder / "passages.jsonl"
    text = passages.read_text("utf-8").replace("Warranty", "Where repairs are taken in")
    passages.write_text(text, "utf-8")
    first = []
    for options in ([], ["--no-titles"]):
        assert main(["evaluate", "--json", *options, str(collection_folder)]) == 0
        first.append(json.loads(capsys.readouterr().out)["ranking"]["first"])
    assert first[0] < first[1]


def test_a_collection_is_asked_its_own_passages(capsys, collection_folder, corpus):
    assert main(["evaluate", "--corpus", str(corpus), str(collection_folder)]) == 2
    assert "leave --corpus and --index out" in capsys.readouterr().err


def test_titles_are_left_out_of_collections_only(capsys, tmp_path):
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "Why?", "expect": []}\n')
    assert main(["evaluate", "--no-titles", str(file)]) == 2
    assert "--no-titles is for" in capsys.readouterr().err


def test_a_collection_that_cannot_be_used_is_an_error_in_one_line(
    capsys, collection_folder
):
    (collection_folder / "qrels.tsv").write_text("q0\n")
    assert main(["evaluate", str(collection_folder)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "qrels.tsv, line 1: " in err
    assert err.count("\n") == 1


def test_help_loads_no_heavy_module_and_a_piped_answer_no_terminal_library(run):
    program = (
        "import sys\n"
        "from chatbot.channels.terminal.commands import main\n"
        "main(['--help'])\n"
        "print({'numpy', 'rich', 'prompt_toolkit'} & set(sys.modules))\n"
        f"main(['ask', {COST!r}])\n"
        "print({'rich', 'prompt_toolkit'} & set(sys.modules))\n"
    )
    done = run("-c", program)
    assert done.stderr == b""
    assert done.stdout.decode().count("set()") == 2


def test_the_same_question_gives_the_same_bytes_in_any_process(run):
    replies = {
        run("-m", "chatbot", "ask", "--json", COST, PYTHONHASHSEED=seed).stdout
        for seed in ("1", "2")
    }
    assert len(replies) == 1


def test_output_that_cannot_hold_a_character_is_no_error(run):
    done = run("-m", "chatbot", "ask", COST, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"line 4 \\xb7 under \\u201cMembership\\u201d" in done.stdout


def test_a_question_with_bytes_that_are_not_utf8_is_answered(run):
    done = run("-m", "chatbot", "ask", stdin=b"\xff membership card cost?")
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_reader_that_goes_away_ends_the_program_quietly(environment):
    process = subprocess.Popen(
        [sys.executable, "-m", "chatbot", "ask", COST],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == -signal.SIGPIPE


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_one_line_on_standard_error(environment):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "chatbot", "ask", COST],
            cwd=REPOSITORY,
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"chatbot: ")
    assert done.stderr.count(b"\n") == 1
