"""Runs `vep-tui` as a user does, in a process of its own with folders of its own."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import forking
from forking import Lives
from secret import TOKEN


@lru_cache(maxsize=1)
def _lives() -> tuple[Lives, Path]:
    """One process for all commands of these tests, and the folder in which they leave what they say."""
    left = ExitStack()
    atexit.register(left.close)
    return left.enter_context(Lives(Path(forking.__file__))), Path(left.enter_context(TemporaryDirectory()))


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


@dataclass
class Command:
    """`command("list", "--json")` against one GitHub, in the folders below `home`."""

    api_url: str
    home: Path
    env: dict[str, str] = field(default_factory=dict)
    afresh: bool = os.name != "posix"
    """Starts Python for every command, instead of letting a process run it that has libraries loaded already."""

    def __call__(self, *words: str, timeout: int = 60) -> Done:
        done = self._start(words, timeout) if self.afresh else self._fork(words, timeout)
        assert TOKEN not in done.out + done.err, "a command shows the token"
        return done

    def _start(self, words: Sequence[str], timeout: int) -> Done:
        argv, env = [sys.executable, "-m", "vep_tui", *words], self.environment()
        done = subprocess.run(argv, capture_output=True, text=True, timeout=timeout, env=env, check=False)
        return Done(done.returncode, done.stdout, done.stderr)

    def _fork(self, words: Sequence[str], timeout: int) -> Done:
        lives, out = _lives()
        found = lives(words, self.environment(), out, most=timeout)
        assert not found["killed"], f"{words} took longer than {timeout} s"
        return Done(found["status"], (out / "out").read_text("utf-8"), (out / "err").read_text("utf-8"))

    def environment(self) -> dict[str, str]:
        """Nothing of the machine's but what Python needs."""
        folders = {
            "HOME": self.home,
            "XDG_CACHE_HOME": self.home / "cache",
            "XDG_DATA_HOME": self.home / "data",
            "XDG_CONFIG_HOME": self.home / "config",
            "XDG_STATE_HOME": self.home / "state",
        }
        own = {
            "VEP_TUI_API_URL": self.api_url,
            "VEP_TUI_TOKEN": TOKEN,
            "PATH": os.environ.get("PATH", ""),
            "PYTHONUTF8": "1",
        }
        return {**{name: str(path) for name, path in folders.items()}, **own, **self.env}
