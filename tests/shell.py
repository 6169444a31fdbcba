"""What tests of the command line share: files to put, and ways to run."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archkit.cli import main

GOOD = "blueprint: 1\ntitle: Spam filter\narchitecture:\n  flows:\n    - mail_gateway -> classifier -> inbox\n"
BAD = GOOD.replace("title", "titel")
WARNED = GOOD.replace("-> inbox", "-> inbox: 郵便")

Out = pytest.CaptureFixture[str]


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of one's own, with no environment variable that the program looks at."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "ARCHKIT_DEBUG"):
        monkeypatch.delenv(name, raising=False)


def put(name: str, content: str | bytes = GOOD) -> str:
    """Write a file and return its name."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def run(capsys: Out, *words: str) -> tuple[int, str, str]:
    """Run a command in this process; return its exit code, output and errors."""
    code = main(words)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def program(*words: str, **more: Any) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **more.pop("env", {})}
    command = [sys.executable, "-m", "archkit", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, **more)
