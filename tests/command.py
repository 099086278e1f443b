"""Runs `vep-tui` as a user does, in a process of its own with folders of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from secret import TOKEN


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

    def __call__(self, *words: str, timeout: float = 60) -> Done:
        argv = [sys.executable, "-m", "vep_tui", *words]
        done = subprocess.run(
            argv, capture_output=True, text=True, timeout=timeout, env=self.environment(), check=False
        )
        assert TOKEN not in done.stdout + done.stderr, "a command shows the token"
        return Done(done.returncode, done.stdout, done.stderr)

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
