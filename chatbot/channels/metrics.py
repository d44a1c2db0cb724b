"""What Prometheus reads of a server: requests, replies, their times, the index.

With `PROMETHEUS_MULTIPROC_DIR` (of the package `prometheus_client`) the processes of a
server count together, in the files of that folder.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import (
    MultiProcessCollector,
    mark_process_dead,
)
from prometheus_client.registry import Collector

from chatbot.errors import UnansweredError
from chatbot.index.report import IndexReport
from chatbot.reply import Reply

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
_TENTHS = tuple(tenth / 10 for tenth in range(1, 11))


class Metrics:
    """The figures of one server; safe to share between threads."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "chatbot_requests",
            "HTTP requests.",
            ["method", "route", "status"],
            registry=registry,
        )
        self._request_seconds = Histogram(
            "chatbot_request_seconds",
            "Time from a request's arrival to its response.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._replies = Counter(
            "chatbot_replies", "Replies.", ["channel", "kind"], registry=registry
        )
        self._reply_seconds = Histogram(
            "chatbot_reply_seconds",
            "Time from a question's arrival to its reply.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._confidence = Histogram(
            "chatbot_reply_confidence",
            "Confidence of answers and of “not found”.",
            buckets=_TENTHS,
            registry=registry,
        )
        self._refused = Counter(
            "chatbot_questions_refused",
            "Questions without a reply.",
            ["channel", "reason"],
            registry=registry,
        )
        self.inside = Gauge(
            "chatbot_questions_inside",
            "Questions at work and waiting for their turn.",
            registry=registry,
            multiprocess_mode="livesum",
        )

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that was responded to. `route` is its rule, not its path."""
        self._requests.labels(method, route, status).inc()
        self._request_seconds.observe(seconds)

    def replied(self, channel: str, reply: Reply, seconds: float) -> None:
        """Count a reply."""
        self._replies.labels(channel, reply.kind).inc()
        self._reply_seconds.observe(seconds)
        if reply.kind != "small_talk":
            self._confidence.observe(reply.confidence)

    def refused(self, channel: str, error: UnansweredError) -> None:
        """Count a question that got no reply."""
        self._refused.labels(channel, type(error).__name__).inc()

    def exposition(self, report: IndexReport) -> bytes:
        """All figures, and those of an index as it is now, as Prometheus reads them."""
        registry = self._registry
        if _FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry) + generate_latest(_IndexFigures(report))


class _IndexFigures(Collector):
    """What is served: the documents, the passages, the generation and its age."""

    def __init__(self, report: IndexReport) -> None:
        self._report = report

    def collect(self) -> Iterator[Metric]:
        report, prefix = self._report, "chatbot_index"
        yield GaugeMetricFamily(f"{prefix}_documents", "Documents.", report.files)
        yield GaugeMetricFamily(f"{prefix}_passages", "Passages.", report.passages)
        name = {"name": report.generation.name}
        yield InfoMetricFamily(f"{prefix}_generation", "What serves.", name)
        try:
            built_at = report.generation.stat().st_mtime
        except OSError:  # another process has built, and has taken this one away
            return
        age = max(time.time() - built_at, 0)
        yield GaugeMetricFamily(f"{prefix}_age_seconds", "Since it was built.", age)


def forget_process(process: int) -> None:
    """Let what a process that has ended was about count no more."""
    if _FOLDER in os.environ:
        mark_process_dead(process)  # type: ignore[no-untyped-call]
