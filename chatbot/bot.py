"""The chatbot: open a corpus, reply to a message.

For example:

    bot = Chatbot.open("corpus")
    reply = bot.reply("How long does shipping take?")
    reply = bot.reply("and abroad?", conversation=reply.conversation)
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from os import PathLike

from chatbot.answering.answer import (
    Answer,
    answer_question,
    answer_under_heading,
)
from chatbot.answering.clarifying import headings_to_choose
from chatbot.answering.question import read_question
from chatbot.answering.ranking import rank
from chatbot.conversation.choices import Offer, chosen_heading
from chatbot.conversation.contents import Contents, contents
from chatbot.conversation.follow_ups import (
    Dependence,
    carried_words,
    continues,
    dependence,
)
from chatbot.conversation.memory import ConversationStore, new_conversation_id
from chatbot.conversation.small_talk import small_talk
from chatbot.conversation.suggestions import near_headings, starters
from chatbot.documents.document import Document, Passage
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.opening import Build, open_index
from chatbot.index.report import BuildProgress, IndexReport
from chatbot.reply import Reply
from chatbot.settings import Settings
from chatbot.wording import CLARIFY_TEXT, not_found_text, small_talk_text


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score; scores of one search can be compared."""

    passage: Passage
    score: float


class Chatbot:
    """Answers questions about one corpus; safe to share between threads."""

    def __init__(
        self, settings: Settings, index: CorpusIndex, report: IndexReport
    ) -> None:
        """`Chatbot.open` is the usual way to make one."""
        self.settings = settings
        self._opened = (index, report)
        self._conversations = ConversationStore()
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
        return self._opened[1]

    @property
    def _index(self) -> CorpusIndex:
        return self._opened[0]

    def reply(self, message: str, conversation: str | None = None) -> Reply:
        """Answer one message.

        `conversation` is the id of the conversation that the message belongs to, any
        string of the caller's, or None to start a new one under a fresh unguessable id.
        """
        conversation = conversation or new_conversation_id()
        index = self._index
        offer = self._conversations.offer(conversation)
        heading = chosen_heading(message, offer.headings) if offer else None
        if offer and heading:
            asked = read_question(offer.question, index)
            chosen = answer_under_heading(asked, heading, index)
            if chosen:
                self._conversations.add(conversation, heading, offer)
                return self._reply_of(chosen, conversation, index)
            message = heading
        talk = small_talk(message)
        if talk or not message.strip():
            return Reply(
                "small_talk",
                small_talk_text(talk or "help"),
                conversation,
                confidence=1.0,
                suggestions=starters(index),
            )
        earlier = self._conversations.questions(conversation)
        answer = self._answer(message, earlier, index)
        headings = self._choices(message, earlier, answer, index)
        offer = Offer(message, headings) if headings else None
        self._conversations.add(conversation, message, offer)
        if headings:
            return Reply(
                "clarify",
                CLARIFY_TEXT,
                conversation,
                answer.confidence,
                suggestions=headings,
                interpretation=replace(answer.interpretation, reasons=()),
            )
        return self._reply_of(answer, conversation, index)

    def search(
        self, query: str, limit: int = 10, history: Sequence[str] = ()
    ) -> list[Hit]:
        """The passages nearest to a query, best first; ties stand in corpus order.

        `history` is the earlier messages of the person who asks, oldest first. At most
        a hundred hits are given.
        """
        index = self._index
        analyzer = index.in_language_of(query).analyzer
        carried = carried_words(query, history, analyzer) if history else []
        ranking = rank(read_question(query, index, carried), index)
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
        return list(zip(store.sources, store.document_titles, strict=True))

    def document(self, source: str) -> Document | None:
        """The document of that path inside the corpus, or None when there is none."""
        store = self._index.store
        number = store.document_number(source)
        return None if number is None else store.document(number)

    def contents(self, documents: int, headings: int) -> tuple[Contents, ...]:
        """The first documents, ordered by source, each with its first headings."""
        return contents(self._index, documents, headings)

    def suggestions(self) -> tuple[str, ...]:
        """Headings worth asking about first."""
        return starters(self._index)

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
            serving = self._index
            index, report = open_index(self.settings, serving=serving, build=build)
            if index is not serving:
                index.warm_up()
            self._opened = (index, report)
            return report

    def _answer(
        self, message: str, earlier: Sequence[str], index: CorpusIndex
    ) -> Answer:
        """Answer a message, with what earlier questions said only as far as needed.

        A message that points back is read with them first, one that may stand on its
        own without them first. When neither reading is sure, it stands on its own.
        """

        def read_with(carried: Sequence[tuple[str, float]]) -> Answer:
            return answer_question(read_question(message, index, carried), index)

        if not earlier:
            return read_with(())
        analyzer = index.in_language_of(message).analyzer
        needs = dependence(message, analyzer)
        if needs is Dependence.NONE:
            return read_with(())
        threshold = self.settings.threshold
        carried = carried_words(message, earlier, analyzer)
        if needs is Dependence.CERTAIN:
            followed = read_with(carried)
            return followed if followed.confidence >= threshold else read_with(())
        bare = read_with(())
        if bare.confidence >= threshold:
            return bare
        followed = read_with(carried)
        return followed if followed.confidence >= threshold else bare

    def _choices(
        self,
        message: str,
        earlier: Sequence[str],
        answer: Answer,
        index: CorpusIndex,
    ) -> tuple[str, ...]:
        """The headings that a message could mean to which there is a sure answer.

        None for one that goes on with what was asked earlier.
        """
        threshold = self.settings.threshold
        follows = answer.interpretation.follow_up_of or continues(message)
        if answer.confidence < threshold or (earlier and follows):
            return ()
        return headings_to_choose(message, index, threshold)

    def _reply_of(self, answer: Answer, conversation: str, index: CorpusIndex) -> Reply:
        """The answer when it is sure enough, or else “not found”."""
        if answer.quotes and answer.confidence >= self.settings.threshold:
            return Reply(
                "answer",
                answer.quotes[0].text,
                conversation,
                answer.confidence,
                answer.quotes,
                near_headings(answer),
                answer.interpretation,
            )
        return Reply(
            "not_found",
            not_found_text(answer.interpretation.absent),
            conversation,
            answer.confidence,
            suggestions=near_headings(answer) or starters(index),
            interpretation=replace(answer.interpretation, reasons=()),
        )
