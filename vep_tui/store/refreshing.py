"""Computes rows of the queue anew from the mirror; it fetches nothing and answers no question."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from vep_tui.core.clues import clues_of, folder_number
from vep_tui.core.tracker import read_title
from vep_tui.store.entries import Entry, pull_entry, vep_entry, write_entries
from vep_tui.store.gathering import Gathering
from vep_tui.store.marks import concerned_by, mark_new
from vep_tui.store.projection import links_of, vep_of_ref
from vep_tui.store.threads import key_of

if TYPE_CHECKING:
    from vep_tui.core.models import Vep
    from vep_tui.core.world import World
    from vep_tui.store.mirror import Mirror
    from vep_tui.store.outbox import Outbox

_OPEN_PROPOSALS = "SELECT number, name FROM pull WHERE proposal = 1 AND state = 'OPEN'"
_OF_WANTED = (
    " AND number IN (SELECT value FROM json_each(:wanted) UNION SELECT pull.number FROM queue_link"
    " JOIN pull ON pull.ref = queue_link.ref WHERE queue_link.own > 0"
    " AND queue_link.number IN (SELECT value FROM json_each(:wanted)))"
)
_BATCH = 50
"""Rows written in one transaction: a key press must not wait long for the lock."""


class Refresh:
    """One round of computing; `run` it once."""

    def __init__(self, mirror: Mirror, outbox: Outbox, world: World) -> None:
        self._mirror, self._outbox, self._world = mirror, outbox, world
        self._gathering = Gathering(mirror, world)
        self._veps: dict[int, Vep] = {}
        """Those of the last batch: their pull requests are looked at right behind them."""
        self._served: dict[int, int] = {}
        """By pull request, the VEP its row was written for; 0 where none is known."""

    def run(self, numbers: set[int] | None, refs: Collection[str] = ()) -> int:
        """Compute these issues and VEP pull requests and what hangs on them, or all; returns how many rows.

        `refs` are other pull requests that changed: the VEPs that they may concern are computed, too.
        """
        mark_new(self._mirror, self._world.process)
        concerned = concerned_by(self._mirror, refs, self._world.process) if numbers is not None else None
        if numbers is not None and concerned is None:
            numbers = None
        wanted = self._everything() if numbers is None else self._spread(numbers | (concerned or set()))
        wanted |= self._note_title_numbers(wanted)
        # Taken down before the rows are written: a VEP that is one no more takes its links along.
        proposals = {number for number, _ in self._open_proposals(wanted)}
        count, numbered = 0, sorted(wanted - proposals)
        for start in range(0, len(numbered), _BATCH):
            batch = numbered[start : start + _BATCH]
            self._veps.clear()
            count += self._write((n, self._vep_entry(n)) for n in batch)
            count += self._write(self._pull_entries(p for p in self._belonging(batch) if p[0] in self._veps))
        # Which VEP a pull request belongs to is certain only now.
        belonging = self._belonging(wanted | proposals)
        count += self._write(self._pull_entries(p for p in belonging if self._served.get(p[1]) != p[0]))
        self._gathering.readings.keep(complete=numbers is None)
        return count

    def _everything(self) -> set[int]:
        """Every issue, and every row there is: what it stands for may be gone."""
        shown = self._mirror.database.rows("SELECT number FROM queue")
        return {*self._mirror.numbers(), *(r[0] for r in shown), *(r[0] for r in self._open_proposals())}

    def _open_proposals(self, wanted: Iterable[int] | None = None) -> list[tuple[int, str]]:
        """Number and ref of the open proposals; of these numbers and of the VEPs among them, where given."""
        rows = self._mirror.database.rows(
            _OPEN_PROPOSALS if wanted is None else _OPEN_PROPOSALS + _OF_WANTED,
            {} if wanted is None else {"wanted": json.dumps(sorted(wanted))},
        )
        return sorted((int(r[0]), str(r[1])) for r in rows)

    def _spread(self, numbers: set[int]) -> set[int]:
        """The numbers, the VEPs their pull requests belong or belonged to, and VEPs whose number a title wears."""
        wanted = set(numbers)
        for number in numbers:
            pull = self._mirror.proposal(number)
            if pull is None:
                rows = self._mirror.database.rows("SELECT worn FROM title_number WHERE number = ?", (number,))
            else:
                clues = clues_of(pull, self._world.process)
                wanted |= clues.numbers | clues.worded
                wanted.update(n for folder in clues.folders | clues.touched if (n := folder_number(folder)))
                rows = self._mirror.database.rows("SELECT number FROM queue_link WHERE ref = ?", (key_of(pull.ref),))
            wanted.update(r[0] for r in rows)
        return wanted

    def _note_title_numbers(self, numbers: Iterable[int]) -> set[int]:
        """Remember which trackers wear another number in their title, before any of them is judged.

        The numbers that are worn now and were not, or the other way round.
        """
        worn: list[tuple[int, int]] = []
        numbers = sorted(numbers)
        for number in numbers:
            row = self._mirror.database.row(
                "SELECT json_extract(node, '$.title') FROM issue WHERE number = ?", (number,)
            )
            _, title_number, _ = read_title(str(row[0] or "") if row else "", self._world.process)
            if title_number not in (None, number):
                worn.append((number, title_number or 0))
        database = self._mirror.database
        noted = "SELECT number, worn FROM title_number WHERE number IN (SELECT value FROM json_each(?))"
        before = {(int(r[0]), int(r[1])) for r in database.rows(noted, (json.dumps(numbers),))}
        with self._mirror.transaction():
            database.run_many("DELETE FROM title_number WHERE number = ?", [(n,) for n in numbers])
            database.run_many("INSERT INTO title_number (number, worn) VALUES (?, ?)", worn)
        return {number for _, number in before ^ set(worn)}

    def _vep_entry(self, number: int) -> Entry | None:
        """The row of an issue; None for one that is no VEP's."""
        gathering = self._gathering
        issue = gathering.issue(number)
        if issue is None:
            return None
        tracker = gathering.tracker(issue)
        if not gathering.is_vep(issue, tracker):
            return None
        around = gathering.around(issue, tracker)
        vep = gathering.vep(
            issue,
            tracker,
            refs=around,
            ticks=self._outbox.waiting(number),
            decisions=self._outbox.local.decisions(number),
        )
        self._veps[number] = vep
        return vep_entry(vep, around, self._world)

    def _belonging(self, numbers: Iterable[int]) -> list[tuple[int, int]]:
        """VEP (0 where none is known) and number of the open proposals among these numbers or of VEPs among them."""
        database = self._mirror.database
        return sorted((vep_of_ref(database, ref) or 0, number) for number, ref in self._open_proposals(numbers))

    def _pull_entries(self, belonging: Iterable[tuple[int, int]]) -> Iterator[tuple[int, Entry | None]]:
        """Rows of these proposals, as `_belonging` tells them."""
        for of, number in belonging:
            pull = self._mirror.proposal(number)
            if pull is None:
                continue
            if of not in self._veps:
                self._veps.clear()  # those of one VEP come one after another: no other need be kept for them
                if (known := self._known_vep(of)) is not None:
                    self._veps[of] = known
            vep = self._veps.get(of)
            self._served[number] = of
            serves = vep is not None or bool(clues_of(pull, self._world.process).touched)
            yield number, pull_entry(pull, vep, self._world) if serves else None

    def _known_vep(self, number: int) -> Vep | None:
        """A VEP as its row was just written, for the pull requests that belong to it."""
        issue = self._gathering.issue(number)
        if issue is None:
            return None
        return self._gathering.vep(
            issue,
            self._gathering.tracker(issue),
            refs=links_of(self._mirror.database, issue.number),
            ticks=self._outbox.waiting(issue.number),
            decisions=self._outbox.local.decisions(issue.number),
        )

    def _write(self, entries: Iterable[tuple[int, Entry | None]]) -> int:
        """Compute, then write or delete, a batch at a time; returns how many were written."""
        batch: list[tuple[int, Entry | None]] = []
        count = 0
        for entry in entries:
            batch.append(entry)
            if len(batch) == _BATCH:
                count += self._write_batch(batch)
                batch.clear()
        return count + self._write_batch(batch)

    def _write_batch(self, batch: list[tuple[int, Entry | None]]) -> int:
        if batch:
            with self._mirror.transaction():
                write_entries(self._mirror.database, batch)
            self._gathering.readings.keep()
        return sum(entry is not None for _, entry in batch)
