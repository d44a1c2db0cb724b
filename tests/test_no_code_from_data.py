"""Nothing that is read or said is ever run: no pickle, no eval, no template of it."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.bot import Chatbot

ROOT = Path(__file__).parents[1]
FILES = [ROOT / "server.py", *sorted((ROOT / "chatbot").rglob("*.py"))]

MODULES = {"pickle", "cPickle", "dill", "marshal", "shelve", "joblib", "cloudpickle"}
"""They make objects of any kind from bytes, and run what those say."""

CALLS = {"eval", "exec", "compile", "__import__"}
ATTRIBUTES = {
    *("os.system", "os.popen", "pandas.read_pickle"),
    *("flask.render_template_string", "yaml.load", "yaml.unsafe_load"),
}
TEMPLATES = {"render_template_string", "from_string", "Template", "literal_eval"}


def _findings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (n.name for n in node.names if n.name.split(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").split(".")[0] in MODULES:
                yield str(node.module)
            yield from (name.name for name in node.names if name.name in TEMPLATES)
        elif isinstance(node, ast.Call):
            yield from _findings_of_call(node)


def _findings_of_call(node: ast.Call) -> Iterator[str]:
    called = ast.unparse(node.func)
    given = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
    if called in CALLS | ATTRIBUTES or called.rpartition(".")[2] in TEMPLATES:
        yield called
    if called.endswith(("np.load", "np.save")) and given.get("allow_pickle") != "False":
        yield f"{called} without allow_pickle=False"
    if given.get("shell", "False") != "False":
        yield f"{called} with a shell"
    if called.rpartition(".")[2] == "Environment" and "autoescape" not in given:
        yield f"{called} without autoescape"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_is_made_from_data(path: Path) -> None:
    assert list(_findings(ast.parse(path.read_bytes()))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from marshal import loads",
        "eval(text)",
        "np.load(path)",
        "np.load(path, allow_pickle=True)",
        "subprocess.run(command, shell=True)",
        "flask.render_template_string(question)",
        "environment.from_string(question)",
    ],
)
def test_what_would_make_code_from_data_is_found(source: str) -> None:
    assert list(_findings(ast.parse(source)))


def test_templates_mark_nothing_as_safe() -> None:
    for path in (ROOT / "chatbot").rglob("*.html"):
        template = path.read_text(encoding="utf-8")
        assert "|safe" not in template.replace(" ", ""), path
        assert "autoescapefalse" not in template.replace(" ", ""), path


def test_an_index_is_opened_without_unpickling_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ferry.txt").write_text("The ferry leaves the harbour at noon.")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something is unpickled")

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    built = Chatbot.open(tmp_path).reply("When does the ferry leave?")

    assert Chatbot.open(tmp_path).reply("When does the ferry leave?").text == built.text
