"""Puts rows away for a while: until a day, the next date of the release, or a change; noted on this machine only."""

from __future__ import annotations

from datetime import UTC, datetime, time

from vep_tui.store.errors import StoreError
from vep_tui.tui.screens.acts_once import Once
from vep_tui.tui.screens.undoing import PutAway
from vep_tui.tui.when import day, later


class Snoozing(Once):
    """What is put away comes back by itself."""

    def action_snooze(self) -> None:
        """Put the marked rows, or the selected one, away for a while."""
        from vep_tui.tui.screens.over import Choice

        numbers, now, header = self.selected_numbers(), self.bench.now(), self.bench.desk.header()
        if not numbers:
            self.say_no_row()
            return
        freeze = (
            (("4", "next", f"until {header.next_name} ({day(header.next_day)})"),)
            if header.next_name and header.next_day and header.next_day > now.date()
            else ()
        )
        choices = (
            ("1", "1", f"until tomorrow ({day(later(now, 1).date())})"),
            ("2", "7", f"for a week ({day(later(now, 7).date())})"),
            ("3", "30", f"for a month ({day(later(now, 30).date())})"),
            *freeze,
            ("d", "day", "until a day that you name"),
            ("c", "change", "until something changes"),
            ("0", "wake", "not at all: bring it back"),
        )

        def chosen(answer: str | None) -> None:
            if answer == "day":
                self._ask_day(numbers)
            elif answer == "next" and header.next_day:
                self._snooze(numbers, datetime.combine(header.next_day, time.min, UTC))
            elif answer in ("change", "wake"):
                self._snooze(numbers, None, until_change=answer == "change")
            elif answer:
                self._snooze(numbers, later(now, int(answer)))

        self.app.push_screen(Choice(self.bench, f"Snooze {self.names(numbers)}", choices), chosen)

    def _ask_day(self, numbers: tuple[int, ...]) -> None:
        from vep_tui.core.schedule_table import coming_day  # not before the first frame
        from vep_tui.tui.screens.acts_ask import Ask

        now = self.bench.now()

        def wrong(line: str) -> str:
            found = coming_day(line, now.date())
            if found is None:
                return "Write the day as 2026-10-21 or 21 October."
            return "" if found > now.date() else "That day is not ahead."

        def named(line: str | None) -> None:
            found = coming_day(line or "", now.date())
            if found is not None:
                self._snooze(numbers, datetime.combine(found, time.min, UTC))

        prompt = "Until which day? It comes back on its morning (UTC)."
        text = later(now, 7).date().isoformat()
        self.app.push_screen(Ask(self.bench, f"Snooze {self.names(numbers)}", prompt, text=text, wrong=wrong), named)

    def _snooze(self, numbers: tuple[int, ...], until: datetime | None, *, until_change: bool = False) -> None:
        away: list[int] = []
        trouble = ""
        try:
            for number in numbers:
                self.bench.desk.snooze(number, until, until_change)
                away.append(number)
        except StoreError as error:
            trouble = str(error)
        if away:
            self.queue.unmark(away if trouble or len(away) == 1 else None)
            when = f"on {day(until.date())}" if until else "when something changes" if until_change else "now"
            back = ""
            if until or until_change:
                self.can_be_undone(PutAway(tuple(away)))
                back = f"; {self.key('undo')} brings {'it' if len(away) == 1 else 'them'} back now"
            self.say(f"{self.names(away)} {'comes' if len(away) == 1 else 'come'} back {when}{back}.")
        if trouble:
            self.say(f"Not put away{f' {self.names(numbers[len(away) :])}' if away else ''}: {trouble}", careful=True)
        self.reload(leave=True)  # put off: on to the next
