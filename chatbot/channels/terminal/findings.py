"""What `doctor` found, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from chatbot.channels.diagnosis import Finding
from chatbot.channels.terminal.rendering import Fragment


def render_findings(findings: Sequence[Finding]) -> list[Fragment]:
    """A line for each finding; what is to be mended stands last."""
    ordered = sorted(findings, key=lambda finding: finding.level == "ok", reverse=True)
    level_width = max(len(finding.level) for finding in findings)
    part_width = max(len(finding.part) for finding in findings)
    lines = [
        f"{finding.level:<{level_width}}  {finding.part:<{part_width}}  {finding.text}"
        for finding in ordered
    ]
    return [("\n".join(lines), "text")]


def findings_data(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings as plain dictionaries."""
    return [asdict(finding) for finding in findings]
