"""The calendar: every release with its days and phase, and the VEPs of my SIGs on it; it never guesses a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from vep_tui.core.models import QueueRow, Release
from vep_tui.core.models.words import stage_word
from vep_tui.core.schedule import current_release, next_milestone, phase_of
from vep_tui.core.text import one_line
from vep_tui.core.versions import version_key
from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import ACCENT, CAREFUL, DIM, EMPTY, GOOD, TITLE
from vep_tui.tui.lines import Lines
from vep_tui.tui.screens.over import Reading
from vep_tui.tui.sheet import Sheet
from vep_tui.tui.when import until

_DAYS = (("enhancement_freeze", "Enhancement Freeze"), ("code_freeze", "Code Freeze"), ("ga", "GA"))
_ROWS = 2000
"""More VEPs than any community has open."""


class Calendar(Reading[int]):
    """Dismissed with the number of the VEP that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "choose(1)", "Next VEP"),
        Binding("N", "choose(-1)", "VEP before"),
        Binding("enter", "follow", "Show it"),
        Binding("o", "browse", "Browser"),
    ]

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Calendar", "n:next VEP  enter:show it  o:browser  esc:close")
        self._numbers: list[int] = []

    def write(self, sheet: Sheet) -> None:
        """The release at hand first, then those to come, then those that are over."""
        world, now = self.bench.desk.world, self.bench.now()
        self._numbers = []
        rows = self._rows()
        known = {release.version: release for release in world.releases}
        wanted = {row.release for row in rows if row.release} | set(known)
        at_hand = current_release(world.releases, now)
        first = version_key(at_hand.version) if at_hand else ()
        ahead = sorted((v for v in wanted if version_key(v) >= first), key=version_key)
        over = sorted((v for v in wanted if version_key(v) < first), key=version_key, reverse=True)
        for version in (*ahead, *over):
            here = [row for row in rows if row.release == version]
            release = known.get(version)
            # What is over matters only for the VEPs that are still open on it, or when it has just ended.
            if version in over and not here and version != next(iter(over), None):
                continue
            self._write_head(sheet, version, release, at_hand=release is not None and release == at_hand)
            if release is not None:
                self._write_days(sheet, release)
            self._write_veps(sheet, here)
        if not wanted:
            sheet.write(Content(f"No schedule is known yet: a sync brings it (esc, then {self.bench.key('sync')})."))
        nowhere = [row for row in rows if row.release is None]
        if nowhere:
            sheet.title("No release", "neither tracker nor document names one")
            self._write_veps(sheet, nowhere)

    def _rows(self) -> tuple[QueueRow, ...]:
        query = "kind:vep is:open" + (" sig:@mine" if self.bench.desk.world.my_sigs else "")
        return self.bench.desk.page(query, sort="number", limit=_ROWS).rows

    def _write_head(self, sheet: Sheet, version: str, release: Release | None, *, at_hand: bool) -> None:
        sheet.blank()
        phase = phase_of(release, self.bench.now()).value
        words = "no schedule file yet" if release is None else "" if phase == "unknown" else phase.title()
        sheet.heading(1, f"v{version}")
        sheet.write(
            Content.assemble(
                (f"{self.bench.process.title} v{version}", TITLE),
                (f"  {words}", "bold" if at_hand else DIM),
                (sheet.glyphs(" · at hand") if at_hand else "", DIM),
            )
        )

    def _write_days(self, sheet: Sheet, release: Release) -> None:
        moved = dict(release.moved)
        ahead = next_milestone(release, self.bench.now())
        rcs = [(f"RC {n}", day, None) for n, day in release.candidates]
        days = [(label, getattr(release, name), name) for name, label in _DAYS]
        for label, day, name in (*days[:2], *rcs, days[2]):
            if day is None:
                sheet.write(Content.styled(f"  {label:<19} no day named", DIM))
                continue
            next_one = ahead is not None and (label, day) == ahead
            sheet.write(self._day_line(sheet, label, day, next_one=next_one, moved=name in moved))
            if name in moved:
                was = moved[name]
                told = f"the schedule file says {was.isoformat()}" if was else "the schedule file names none"
                sheet.write(Content.styled(f"moved by config.toml; {told}", CAREFUL), first=Content(" " * 22))

    def _day_line(self, sheet: Sheet, label: str, day: date, *, next_one: bool, moved: bool) -> Content:
        style = f"bold {ACCENT}" if next_one else DIM if day < self.bench.now().date() else ""
        lead = sheet.glyphs("▸ ") if next_one else "  "
        star = "*" if moved else " "
        weekday = f" {day:%a}" if sheet.width >= 60 else ""
        return Content.assemble(
            (f"{lead}{label:<19} {day.isoformat()}{weekday}{star}", style),
            (f"  {until(day, self.bench.now())}", style or DIM),
        )

    def _write_veps(self, sheet: Sheet, rows: Iterable[QueueRow]) -> None:
        scene = self.bench.scene()
        for row in rows:
            done = row.checklist_total and row.checklist_done == row.checklist_total
            progress = sheet.glyphs.progress(row.checklist_done, row.checklist_total)
            end = Content.assemble(
                (f"  {row.owning_sig or '?':<8.8} {stage_word(row.stage, '?'):<6}", DIM),
                (f"{progress:<5}", GOOD if done else DIM),
            )
            number = sheet.linked(str(row.number), scene.url_of(f"{scene.home}#{row.number}"))
            self._numbers.append(row.number)
            left = Content(" " * max(0, 5 - number.cell_length))
            room = max(8, sheet.width - 6 - end.cell_length)
            title = Content(f" {one_line(row.title)}")
            if title.cell_length > room:
                title = title.truncate(room - 1).rstrip() + Content(sheet.glyphs.ellipsis)
            gap = Content(" " * max(0, room - title.cell_length))
            sheet.put(EMPTY.join([left, number, title, gap, end]))

    # ---------------------------------------------------------------- choosing

    def action_choose(self, step: int) -> None:
        """Select a VEP."""
        self.lines.choose(step)

    def action_follow(self) -> None:
        """Show the selected VEP on the main screen."""
        if self.lines.chosen is not None:
            self.dismiss(self._numbers[self.lines.chosen])

    def action_browse(self) -> None:
        """Open the selected VEP on GitHub."""
        if self.lines.chosen is not None and self.lines.page is not None:
            self.visit(self.lines.page.places[self.lines.chosen].href)

    def on_lines_visit(self, message: Lines.Visit) -> None:
        """A VEP was clicked: show it."""
        message.stop()
        self.dismiss(int(message.href.rpartition("/")[2]))
