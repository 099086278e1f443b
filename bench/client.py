"""One client process for `bench.syncing`: syncs and tells what it cost, as JSON on stdout; it draws nothing."""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import github  # noqa: F401 - not part of what is measured

from bench.world import NOW, Home, world_of
from vep_tui.remote.client import Remote
from vep_tui.remote.line import Line, Reply
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection
from vep_tui.sync.run import SyncRun


class Overheard(Line):
    """Keeps every answer in a file, to be read again by the bare client."""

    answers: Path
    raw = 0

    def send(self, verb: str, path: str, body: Mapping[str, Any] | None, deadline: float) -> Reply:
        """As the line does."""
        reply = super().send(verb, path, body, deadline)
        type(self).raw += len(reply.text.encode())
        with self.answers.open("a", encoding="utf-8") as file:
            file.write(reply.text.replace("\n", " ") + "\n")
        return reply


def bare(answers: Path, into: Path) -> float:
    """Processor time of the least that any client must do: parse every answer, and insert its nodes as JSON text.

    Importing, connecting and receiving are not in it; in ours all is but the import of PyGithub.
    """
    store = sqlite3.connect(into)
    store.execute("CREATE TABLE node (kind TEXT, id TEXT, json TEXT)")
    begun = time.process_time()
    with answers.open(encoding="utf-8") as file, store:
        for line in file:
            rows: list[tuple[str, str, str]] = []
            _collect(json.loads(line), rows)
            store.executemany("INSERT INTO node VALUES (?, ?, ?)", rows)
    return time.process_time() - begun


def _collect(value: Any, rows: list[tuple[str, str, str]]) -> None:
    """Every node of every list, as text."""
    if isinstance(value, dict):
        for part in value.values():
            _collect(part, rows)
        nodes = value.get("nodes")
        for node in nodes if isinstance(nodes, list) else ():
            if isinstance(node, dict):
                slim = {k: v for k, v in node.items() if not (isinstance(v, dict) and "nodes" in v)}
                rows.append((str(node.get("__typename", "")), str(node.get("id", "")), json.dumps(slim)))
    elif isinstance(value, list):
        for part in value:
            _collect(part, rows)


def main(folder: Path, url: str) -> None:
    """Sync fully, with nothing new, and fully again."""
    import vep_tui.remote.client as client

    Overheard.answers = folder / "answers.jsonl"
    client.Line = Overheard  # type: ignore[misc]
    home = Home(folder, url)
    for path in (home.mirror, home.outbox):
        path.parent.mkdir(parents=True, exist_ok=True)
    mirror, outbox = Mirror.open(home.mirror), Outbox.open(home.outbox)
    remote = Remote(url, "t", now=lambda: NOW, deadline=120)
    run = SyncRun(mirror, outbox, Projection(mirror), remote, lambda: world_of(mirror))
    told: dict[str, float] = {}
    for name, full in (("full", True), ("idle", False), ("again", True)):
        before, raw = remote.requests, Overheard.raw
        begun = time.process_time()
        report = run.run(full=full)
        if report.errors:
            raise SystemExit(f"{name}: {report.errors}")
        told |= {f"{name}_cpu": time.process_time() - begun, f"{name}_requests": remote.requests - before}
        told[f"{name}_raw"] = Overheard.raw - raw
        if name == "full":
            told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            told["bare_cpu"] = bare(Overheard.answers, folder / "bare.db")
            Overheard.answers = Path("/dev/null")
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
