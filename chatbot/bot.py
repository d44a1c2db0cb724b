"""The chatbot: open a corpus, reply to a message.

For example:

    bot = Chatbot.open("corpus")
    reply = bot.reply("How long does shipping take?")
    reply = bot.reply("and abroad?", conversation=reply.conversation)
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from os import PathLike
from pathlib import Path

from chatbot.conversation.contents import Contents, contents
from chatbot.conversation.conversation import Conversation
from chatbot.conversation.conversations import Conversations, Resumed
from chatbot.conversation.memory import Memory, MemoryOfProcess
from chatbot.conversation.suggestions import starters
from chatbot.conversation.understanding import language_of_message, understand
from chatbot.dialogue.responding import respond
from chatbot.dialogue.response import Response
from chatbot.documents.document import Document, Passage
from chatbot.errors import IndexStorageError
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.opening import Build, open_index
from chatbot.index.report import BuildProgress, IndexReport
from chatbot.reply import Reply
from chatbot.settings import Settings
from chatbot.wording.table import wording

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score; scores of one search can be compared."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A response to a message in a conversation, before its turn is remembered."""

    message: str
    response: Response
    resumed: Resumed

    @property
    def reply(self) -> Reply:
        """The reply, without the id of its conversation."""
        return self.response.reply


class _Serving:
    """An index that is served: what opening it did, and what it says first.

    What a message gets that begins a conversation depends on nothing else: it is kept
    for the next who asks the same.
    """

    def __init__(
        self, index: CorpusIndex, report: IndexReport, settings: Settings
    ) -> None:
        self.index = index
        self.report = report
        self._respond = partial(respond, index=index, threshold=settings.threshold)
        self._respond_first = lru_cache(settings.kept_replies)(
            partial(self._respond, conversation=Conversation())
        )

    def respond(self, message: str, conversation: Conversation) -> Response:
        """What the bot says to a message in a conversation."""
        if conversation.questions:
            return self._respond(message, conversation)
        return self._respond_first(message)


class Chatbot:
    """Answers questions about one corpus; safe to share between threads."""

    def __init__(
        self, settings: Settings, index: CorpusIndex, report: IndexReport
    ) -> None:
        """`Chatbot.open` is the usual way to make one."""
        self.settings = settings
        self._serving = _Serving(index, report, settings)
        self._conversations = Conversations(MemoryOfProcess())
        self._reloading = threading.Lock()

    @classmethod
    def open(
        cls,
        corpus: str | PathLike[str] | None = None,
        index: str | PathLike[str] | None = None,
        *,
        settings: Settings | None = None,
        progress: BuildProgress | None = None,
    ) -> Chatbot:
        """Open a corpus, building its index when missing and updating it when stale.

        `corpus` and `index` are folders that replace those of `settings`, which are
        read from the environment when not given. `progress` is called while files are
        read. Raises `CorpusError`, `IndexStorageError` or `SettingsError`.
        """
        chosen = settings or Settings.from_environment(os.environ)
        chosen = chosen.with_values(
            corpus=None if corpus is None else os.fspath(corpus),
            index=None if index is None else os.fspath(index),
        )
        return cls(chosen, *open_index(chosen, progress))

    @property
    def report(self) -> IndexReport:
        """What opening or reloading the index did, and what it holds."""
        return self._serving.report

    @property
    def index_folder(self) -> Path:
        """The folder in which the index is kept."""
        return self.report.generation.parent

    @property
    def _index(self) -> CorpusIndex:
        return self._sound.index

    @property
    def _sound(self) -> _Serving:
        """What is served; looked through first when it is large, and built anew when it
        is damaged. Raises what `open` raises."""
        try:
            self._serving.index.check()
        except IndexStorageError as error:
            _log.warning("%s", error)
            self.reload()
        return self._serving

    def reply(self, message: str, conversation: str | None = None) -> Reply:
        """Answer one message.

        `conversation` is the id of the last reply, or None to start a new conversation
        under a fresh unguessable id. An id that is unknown, or whose conversation is
        over, starts a new one as well, and the reply's `notice` says so. A caller may
        also name its conversations, as "channel:name": those begin when first named.
        """
        return self.remember(self.draft(message, conversation))

    def draft(self, message: str, conversation: str | None = None) -> Draft:
        """The reply to a message, of which nothing is remembered yet."""
        serving = self._sound
        resumed = self._conversations.resume(conversation)
        response = serving.respond(message, resumed.conversation)
        return Draft(message, response, resumed)

    def remember(self, draft: Draft) -> Reply:
        """The reply of a draft, whose turn is remembered from now on."""
        response, resumed = draft.response, draft.resumed
        is_remembered = self._conversations.remember(
            resumed, response.turn, starts_over=response.starts_over
        )
        notice = ""
        if resumed.is_over or resumed.is_lost or not is_remembered:
            language = language_of_message(draft.message, self._serving.index)
            says = wording(language).says
            notice = says.new_conversation if resumed.is_over else says.not_remembered
        return replace(response.reply, conversation=resumed.id, notice=notice)

    def remember_in(self, memory: Memory) -> None:
        """Keep conversations there from now on; at first they are kept in memory."""
        self._conversations = Conversations(memory)

    def search(
        self, query: str, limit: int = 10, history: Sequence[str] = ()
    ) -> list[Hit]:
        """The passages nearest to a query, best first; ties stand in corpus order.

        `history` is the earlier messages of the person who asks, oldest first. At most
        a hundred hits are given.
        """
        index = self._index
        ranking = understand(query, history, index, self.settings.threshold).ranking
        return [
            Hit(
                index.store.passage(int(ranking.evidence.passages[place])),
                float(ranking.scores[place]),
            )
            for place in ranking.order[:limit].tolist()
        ]

    def documents(self) -> list[tuple[str, str]]:
        """The (source, title) of every document, ordered by source."""
        store = self._index.store
        return [(store.sources[n], store.document_titles[n]) for n in store.documents]

    def document(self, source: str) -> Document | None:
        """The document of that path inside the corpus, or None when there is none."""
        store = self._index.store
        number = store.document_number(source)
        return None if number is None else store.document(number)

    def contents(self, documents: int, headings: int) -> tuple[Contents, ...]:
        """The first documents, ordered by source, each with its first headings."""
        return contents(self._index, documents, headings)

    def suggestions(self) -> tuple[str, ...]:
        """What is worth asking first."""
        index = self._index
        return starters(index, wording(index.analyzer.language).says)

    def warm_up(self) -> None:
        """Load now what the first question with an unknown word would wait for."""
        self._index.warm_up()

    def reload(self, build: Build | None = None) -> IndexReport:
        """Take in what changed in the corpus since it was opened.

        Questions that are being answered finish on what was there before. When nothing
        has changed nothing is opened; a new index is warmed up before it takes over.
        `build` does the building in place of `build_index`. Raises what `open` raises,
        and goes on serving what was there.
        """
        with self._reloading:
            serving = self._serving.index
            index, report = open_index(self.settings, serving=serving, build=build)
            if index is serving:
                self._serving.report = report
            else:
                index.warm_up()
                self._serving = _Serving(index, report, self.settings)
            return report
