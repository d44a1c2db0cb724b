"""The errors raised on purpose.

Each message says what happened, to which file or setting, and what to do.
"""


class ChatbotError(Exception):
    """Base of all of them: catch this to show the message to a person."""


class SettingsError(ChatbotError):
    """A setting has a value that cannot be used."""


class CorpusError(ChatbotError):
    """The corpus folder is missing, unreadable, or holds nothing to answer from."""


class DocumentError(ChatbotError):
    """One file cannot be read as a document; the rest is served without it."""


class IndexStorageError(ChatbotError):
    """An index folder cannot be written, or holds no index that can be used."""


class DatabaseError(ChatbotError):
    """The database cannot be reached, read or written."""


class EvaluationError(ChatbotError):
    """A file or collection of questions with known answers cannot be used."""


class MessageError(ChatbotError):
    """A message cannot be answered as it is; `code` names the reason to programs."""

    def __init__(self, code: str, advice: str) -> None:
        super().__init__(advice)
        self.code = code


class UnansweredError(ChatbotError):
    """A question gets no reply now; it may be asked again in a moment."""


class OverloadedError(UnansweredError):
    """More questions are at work and waiting than the server is set up for."""


class DeadlineError(UnansweredError):
    """A question was not answered in the time that it may take."""


class TooManyMessagesError(UnansweredError):
    """A conversation has more messages than its limit; `wait` seconds help."""

    def __init__(self, advice: str, wait: int) -> None:
        super().__init__(advice)
        self.wait = wait
