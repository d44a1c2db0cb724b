"""What is measured on, and of which versions."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

import psutil

from benchmarks.speed.systems import system_class

CPU_INFORMATION = Path("/proc/cpuinfo")


def machine() -> str:
    """The processor, its cores that may be used, the memory and the system."""
    cores = (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1
    )
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{processor()}, {cores} core{'s' * (cores != 1)}, {memory:.0f} GB, "
        f"{platform.system()}"
    )


def processor() -> str:
    """The processor's name."""
    if CPU_INFORMATION.exists():
        for line in CPU_INFORMATION.read_text(errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()


def versions(systems: Sequence[str]) -> dict[str, str]:
    """The versions of Python and of what the systems are made of, by name."""
    found = {"Python": platform.python_version()}
    for name in systems:
        found |= system_class(name).versions()
    return found
