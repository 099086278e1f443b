"""The short form of a check-in, with what will be posted shown below while it is typed; it sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from vep_tui.core.answers import Progress, render_check_in
from vep_tui.core.cycle import minor
from vep_tui.core.models import Vep
from vep_tui.core.text import clean
from vep_tui.core.versions import read_version, version_key
from vep_tui.core.world import World
from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import CAREFUL, DIM
from vep_tui.tui.screens.over import Over

PROGRESS = (Progress.ON_TRACK, Progress.AT_RISK, Progress.RETARGET, Progress.NO_PLANS)
"""In the order of their number keys."""

Letters = tuple[tuple[int, str], ...]
"""(number of the VEP, text of the comment) of every check-in."""


class CheckInForm(Over[Letters]):
    """Asks for the next step (and the new release); dismissed with the comments, exactly as they were shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Keep as draft"),
        Binding("ctrl+s", "send", "Send", priority=True),
    ]

    def __init__(self, bench: Bench, veps: Sequence[Vep], progress: Progress) -> None:
        send = "send" if len(veps) == 1 else "look over"
        super().__init__(bench, f"{check_in_title(bench, veps)}: {progress.value}", f"enter:{send}  esc:keep as draft")
        self._veps = tuple(veps)
        self._progress = progress
        self.draft = f"next-step:{veps[0].number}" if len(veps) == 1 else "next-step"
        """Key under which the next step is kept until all is in the outbox."""

    def body(self) -> ComposeResult:
        """The lines to fill, and the comment as it will stand on GitHub."""
        if self._progress is Progress.RETARGET:
            yield Static("Retarget to release", markup=False)
            yield Input(next_release(self._veps, self.bench.desk.world), id="release", compact=True)
        yield Static("Next step (may stay empty)", markup=False)
        yield Input(self.bench.desk.draft(self.draft), id="step", compact=True)
        yield Static("", id="complaint", markup=False)
        yield Static("", id="preview", markup=False)

    def on_mount(self) -> None:
        """Begin with the next step: the release is a good guess already."""
        super().on_mount()
        self.query_one("#step", Input).focus()
        self._preview()

    @on(Input.Changed)
    def _preview(self) -> None:
        """Show the comment for what is there now."""
        letters = self.letters()
        number, text = letters[0]
        name = self.bench.name(number)
        lead = f"On {name} as a comment:" if len(letters) == 1 else f"On {name}, and so on the other ones:"
        others = ", ".join(str(n) for n, _ in letters[1:])
        parts = [Content.styled(lead, DIM), Content(clean(text).rstrip())]
        parts += [Content.styled(f"The others: {others}", DIM)] if others else []
        self.query_one("#preview", Static).update(Content("\n\n").join(parts))

    def letters(self) -> Letters:
        """What would be sent now."""
        step = self.query_one("#step", Input).value
        release = self._release()
        return tuple((v.number, render_check_in(self._progress, step, release, v.release)) for v in self._veps)

    def _release(self) -> str | None:
        found = self.query("#release").results(Input)
        return read_version(next((line.value for line in found), ""))

    @on(Input.Submitted)
    def action_send(self) -> None:
        """Hand over what is shown, once it says to which release."""
        if self._progress is Progress.RETARGET and self._release() is None:
            complaint = Content.styled("Say to which release, as in 1.11.", CAREFUL)
            self.query_one("#complaint", Static).update(complaint)
            self.query_one("#release", Input).focus()
            return
        if self.keep():
            self.dismiss(self.letters())

    def keep(self) -> bool:
        """Keep the next step for the next time."""
        steps = self.query("#step").results(Input)  # there are none before the form is drawn
        return all(self.keep_draft(self.draft, step.value) for step in steps)

    def action_close(self) -> None:
        """Close; the next step stays."""
        if self.keep():
            self.dismiss(None)


def check_in_title(bench: Bench, veps: Sequence[Vep]) -> str:
    """What is checked in on, for the title of a dialog."""
    about = bench.name(veps[0].number) if len(veps) == 1 else f"{len(veps)} {bench.process.proposal}s"
    return f"Check-in on {about}"


def next_release(veps: Sequence[Vep], world: World) -> str:
    """The release after the one the VEPs are heading for: the next with a schedule, else the next number."""
    versions = sorted((v.release for v in veps if v.release), key=version_key)
    if not versions:
        return ""
    last = versions[-1]
    later = sorted((r.version for r in world.releases if version_key(r.version) > version_key(last)), key=version_key)
    return later[0] if later else f"{last.partition('.')[0]}.{minor(last) + 1}"
