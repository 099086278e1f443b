"""Why a row is where it is in the queue: every reason with its weight and how it came to it; it weighs nothing."""

from __future__ import annotations

from textual.content import Content

from vep_tui.core.models import QueueRow
from vep_tui.core.text import clean
from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import CAREFUL, DIM
from vep_tui.tui.screens.over import Reading
from vep_tui.tui.sheet import Sheet, said
from vep_tui.tui.when import both


class Why(Reading[None]):
    """The reasons of one row."""

    def __init__(self, bench: Bench, row: QueueRow) -> None:
        super().__init__(bench, f"Why is {bench.name(row.number)} here?", "esc:close")
        self._row = row

    def write(self, sheet: Sheet) -> None:
        """Score, reasons, and where the weights come from."""
        from vep_tui.core.queue import score_rule, weighed  # loads all that reads texts

        now, world = self.bench.now(), self.bench.desk.world
        row = self._row
        sheet.write(said(row.title, "bold"))
        sheet.write(Content.styled(f"changed {both(row.updated_at, now)}", DIM))
        sheet.write(Content.styled(f"as fetched {both(self.bench.desk.header().synced_at, now)}", DIM))
        if not row.reasons:
            sheet.write(Content("Nothing about it needs anybody: it is here because the view shows all."))
            return
        sheet.write(Content.styled(f"score {row.score:.0f}; rows with a higher score stand above", DIM))
        sheet.put(Content(""))
        for reason in row.reasons:
            style = CAREFUL if reason.mine else DIM
            sheet.write(
                Content.styled(clean(reason.text), style),
                first=Content.styled(f"{reason.weight:>5.0f}  ", "bold" if reason.mine else DIM),
            )
            turn = "your turn" if reason.mine else "not your turn: it does not shout"
            since = f"since {both(reason.since, now)}" if reason.since else "no date known"
            rest = Content(" " * 7)
            how = weighed(reason, world)
            rule = f"rule {reason.reason}" + (f" ({sheet.glyphs(how)})" if how else "")
            sheet.write(Content.styled(f"{turn}; {since}; {rule}", DIM), first=rest, rest=rest)
        sheet.put(Content(""))
        sheet.write(Content.styled(score_rule(world), DIM))
        sheet.write(
            Content.styled("Weights and thresholds: [process.weights] and [process.thresholds] in config.toml.", DIM)
        )
