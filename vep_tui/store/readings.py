"""Documents as core has read them, kept with the mirror by GitHub's digests of them; it understands none itself."""

from __future__ import annotations

import json
import zlib
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
        # Not by `hashlib`: with OpenSSL's digests it takes more of the screen's memory than its documents do.
        self._reader = zlib.crc32(repr((__version__, _VERSION, process)).encode("utf-8", "replace"))
        self._fresh: dict[str, str] = {}
        self._met: set[str] = set()

    def document(self, path: str, beside: str = "") -> Document | None:
        """The document at a path, with the file beside it where one keeps its facts; None when it is not here."""
        repository = self._process.enhancements
        oid = self._mirror.oid(repository, path)
        if oid is None:
            return None
        key = f"{self._reader:x}:{oid}:{(self._mirror.oid(repository, beside) if beside else None) or ''}"
        self._met.add(key)
        row = self._mirror.database.row("SELECT value FROM reading WHERE key = ?", (key,))
        if row is not None:
            return _document(json.loads(row[0]))
        from vep_tui.core.document import read_document

        facts = (self._mirror.file(repository, beside) or "") if beside else ""
        document = read_document(self._mirror.file(repository, path) or "", self._process, facts)
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
