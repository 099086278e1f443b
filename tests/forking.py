"""A process that has loaded what `vep-tui` leans on, and whose children each run one order; and the side that orders.

Starting Python and loading PyGithub and ourselves takes ten times as long as most commands. A child is a process of
its own, with its own environment, folders and output; it differs from one that was started afresh in what is loaded
already. `test_every_command_starts_by_itself` holds that each of them loads all that it needs.

An order is a line of JSON: argv, env, out (a folder for what it writes), and, if it is to be killed, `after` so many
seconds, or `most` as the longest it may take. The answer is a line of JSON: killed, status, seconds, and what the child
said about itself.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOADED = (
    *("github", "markdown_it", "platformdirs", "tomlkit", "vep_tui.cli.commands", "vep_tui.cli.report"),
    *("vep_tui.core.vep", "vep_tui.core.yamls", "vep_tui.remote.client", "vep_tui.store.desk"),
    *("vep_tui.store.projection", "vep_tui.store.refreshing", "vep_tui.sync.run", "vep_tui.settings.writing"),
)
"""What a command would load first; the rest is loaded by the children."""
Order = dict[str, Any]


def serve(live: Callable[[Order, int], object]) -> None:
    """Run every order of stdin in a child of its own; `live` is handed a pipe for words about itself."""
    for name in LOADED:
        import_module(name)
    for line in sys.stdin:
        order = json.loads(line)
        hear, tell = os.pipe()
        begun = time.monotonic()
        pid = os.fork()
        if pid == 0:
            os.close(hear)
            try:
                become(order)
                live(order, tell)
            except BaseException:
                traceback.print_exc()
            os._exit(1)  # as Python does after a traceback
        os.close(tell)
        if "after" in order:
            time.sleep(order["after"])
            os.kill(pid, signal.SIGKILL)  # not yet waited for, so the id is still the child's
        with os.fdopen(hear) as said:
            answer = json.loads(said.read() or "{}")
        _, ended = os.waitpid(pid, 0)
        killed = os.WIFSIGNALED(ended)
        status = None if killed else os.WEXITSTATUS(ended)
        seconds = time.monotonic() - begun
        print(json.dumps({"moments": 0, **answer, "killed": killed, "status": status, "seconds": seconds}), flush=True)


def become(order: Order) -> None:
    """Take on the environment of an order, its words and its files for what is written."""
    os.environ.clear()
    os.environ.update(order["env"])
    time.tzset()  # a zone in the environment is read at start only
    sys.argv = ["vep-tui", *order["argv"]]
    out = Path(order["out"])
    for number, path in enumerate((Path(os.devnull), out / "out", out / "err")):
        os.dup2(os.open(path, os.O_CREAT | os.O_TRUNC | (os.O_WRONLY if number else os.O_RDONLY)), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    signal.alarm(order.get("most", 0))


class Lives:
    """The side that orders; use it as a context manager."""

    def __init__(self, script: Path, *words: str) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        argv = [sys.executable, str(script), *words]
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)

    def __enter__(self) -> Lives:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    def __call__(self, argv: Sequence[str], env: Mapping[str, str], out: Path, **death: Any) -> dict[str, Any]:
        """Let one child live, and perhaps die as told."""
        assert self.process.stdin is not None and self.process.stdout is not None
        order = {"argv": list(argv), "env": dict(env), "out": str(out), **death}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found


def _whole(order: Order, tell: int) -> None:
    from vep_tui.cli import run

    run()


if __name__ == "__main__":
    serve(_whole)
