"""Documents as core has read them, kept by their content with the mirror; it understands no document itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from vep_tui import __version__
from vep_tui.core.models import Criterion, Document, Stage, Targets
from vep_tui.store.database import to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vep_tui.core.process import Process
    from vep_tui.store.mirror import Mirror

_VERSION = 5
"""Raise it when the same text should be read as another document."""


class Readings:
    """What was read before; read again only what is new."""

    def __init__(self, mirror: Mirror, process: Process) -> None:
        self._mirror = mirror
        self._process = process
        self._salt = hashlib.sha256(repr((__version__, _VERSION, process)).encode("utf-8", "replace")).digest()
        self._fresh: dict[str, str] = {}
        self._met: set[str] = set()

    def document(self, text: str, metadata: str) -> Document:
        """A document by its text and that of the file beside it."""
        digest = hashlib.sha256(self._salt)
        for part in (text, metadata):
            digest.update(f"{len(part)}\\n{part}".encode("utf-8", "replace"))
        key = digest.hexdigest()
        self._met.add(key)
        row = self._mirror.database.row("SELECT value FROM reading WHERE key = ?", (key,))
        if row is not None:
            return _document(json.loads(row[0]))
        from vep_tui.core.document import read_document

        document = read_document(text, self._process, metadata)
        self._fresh[key] = to_json(asdict(document))
        return document

    def keep(self, *, complete: bool = False) -> None:
        """Write down what was read since the last time; with `complete` that was all there is to be read."""
        database = self._mirror.database
        if self._fresh:
            with self._mirror.transaction():
                rows = list(self._fresh.items())
                database.run_many("INSERT OR REPLACE INTO reading (key, value) VALUES (?, ?)", rows)
            self._fresh.clear()
        if complete:
            met = json.dumps(sorted(self._met))
            database.run("DELETE FROM reading WHERE key NOT IN (SELECT value FROM json_each(?))", (met,))


def _document(kept: Mapping[str, Any]) -> Document:
    """The document of which `asdict` made this."""
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    plain["targets"] = Targets(**kept["targets"])
    plain["stage"] = Stage(kept["stage"]) if kept.get("stage") else None
    plain["graduation"] = tuple(
        (Stage(stage), tuple(Criterion(**one) for one in criteria)) for stage, criteria in kept["graduation"]
    )
    return Document(**plain)
