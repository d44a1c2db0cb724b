"""What was found in a corpus to its next generation: all of it, or what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from chatbot.index.building import write_arrays
from chatbot.index.extending import extend_arrays, extension_of
from chatbot.index.generation_writer import new_generation
from chatbot.index.generations import Generation
from chatbot.index.scratch import Scratch
from chatbot.index.updating import Update
from chatbot.language.synonyms import SynonymRule


def write_generation(
    folder: Path,
    manifest: Mapping[str, Any],
    previous: Generation | None,
    update: Update,
    rules: Sequence[SynonymRule],
    scratch: Scratch,
) -> None:
    """Write the next generation of an index folder and switch to it.

    It goes on with the `previous` one where little has changed. `rules` are the owner's
    synonyms. Raises `IndexStorageError` when the folder cannot be written, and what the
    previous generation's arrays and `check` raise.
    """
    phrases = [phrase for rule in rules for phrase in (*rule.sources, *rule.targets)]
    vocabulary = update.words.vocabulary(
        {word for phrase in phrases for word in phrase}
    )
    extension = previous and extension_of(previous.arrays, update.segments, vocabulary)
    before = previous if extension else None
    with new_generation(folder, manifest, before) as writer:
        if extension:
            extend_arrays(extension, rules, writer, scratch)
        else:
            write_arrays(update.segments, vocabulary, rules, writer, scratch)
        if previous:
            previous.check()
