"""What is said on GitHub and to the list: comments, check-ins, Prow commands, letters; all of it through the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vep_tui.store.errors import StoreError
from vep_tui.tui.screens.ticking import Ticking

if TYPE_CHECKING:
    from vep_tui.core.models import Vep
    from vep_tui.core.offers import Offer


class Acts(Ticking):
    """What is said about the selected rows."""

    # ---------------------------------------------------------------- comments

    def action_comment(self) -> None:
        """Write a comment on what is selected."""
        if self.subject is not None:
            self.compose_comment(self.subject.number)

    def compose_comment(self, number: int, text: str = "") -> None:
        """Open the editor for a comment and put what comes back into the outbox; a text follows what was begun."""
        from vep_tui.tui.screens.editor import Editor

        draft = f"comment:{number}"
        if begun := self.bench.desk.draft(draft):
            text = begun if text.strip() in begun else f"{begun.rstrip()}\n\n{text}"

        def written(body: str | None) -> None:
            if body is not None and body.strip():
                self.send(number, body.strip(), "comment", draft)
            self.load_detail()  # which tells of a draft, or no longer

        editor = Editor(self.bench, f"Comment on {self.bench.name(number)}", draft=draft, text=text, over=True)
        self.app.push_screen(editor, written)

    def action_block(self) -> None:
        """Show the tracker's stage section as it should read."""
        from vep_tui.tui.screens.block import Block

        vep = self.vep
        if vep is None:
            self.say(
                f"No {self.bench.process.proposal} is known here, so there is no tracker to complete.", careful=True
            )
            return
        shown = Block(self.bench, vep)

        def chosen(answer: str | None) -> None:
            if answer == "copy":
                self.copy(shown.text)
            elif answer == "comment":
                self.compose_comment(vep.number, shown.asking)

        self.app.push_screen(shown, chosen)

    def copy(self, text: str, lead: str = "") -> None:
        """Put a text into the clipboard and say so."""
        raise NotImplementedError

    # ---------------------------------------------------------------- sending

    def send(self, number: int, body: str, kind: str, draft: str) -> bool:
        """Into the outbox; Prow commands only once the user has seen exactly what will be sent.

        True when it is in the outbox already.
        """
        from vep_tui.core.commands import prow_commands  # not before the first frame

        if not prow_commands(body):
            sent = self._into_outbox(number, body, kind, draft)
            if sent:
                self.forget(draft)
            return sent
        self._confirm(number, body, kind, draft)
        return False

    def _confirm(self, number: int, body: str, kind: str, draft: str = "") -> None:
        from vep_tui.core.offers import idle_commands
        from vep_tui.tui.screens.over import Choice

        def answered(answer: str | None) -> None:
            if answer == "send":
                if self._into_outbox(number, body, "command", draft) and draft:
                    self.forget(draft)
            else:
                self.say("Not sent; the text is kept as a draft." if draft else "Not sent.")
            self.load_detail()

        keep = "do not send it" if kind == "command" else "do not send it, keep it as a draft"
        choices = (("y", "send", "send exactly this, once"), ("esc", "", keep))
        place = "pull" if self.bench.desk.pull(number) is not None else "issue"
        idle = idle_commands(body, self.bench.process, place)
        warning = f"\nNothing there listens to {', '.join(idle)}.\n" if idle else ""
        name = self.bench.name(number)
        text = f"Prow will act on this text in {name}:\n\n{body}\n{warning}"
        self.app.push_screen(Choice(self.bench, f"Command on {name}", choices, text), answered)

    def _into_outbox(self, number: int, body: str, kind: str, draft: str) -> bool:
        """True when the desk has it; what was kept as a draft is one until then."""
        try:
            self.bench.desk.say(number, body, kind)
        except StoreError as trouble:
            kept = " The text is kept as a draft." if draft else ""
            self.say(f"Not sent: {trouble}{kept}", careful=True)
            return False
        self.say(f"Your {kind} on {self.bench.name(number)} waits to be sent.")
        self.after_wish()
        return True

    # ---------------------------------------------------------------- check-ins

    def action_check_in(self) -> None:
        """Write a check-in in its short form on the marked rows, else on the selected one."""
        from vep_tui.tui.screens.acts_checkin import PROGRESS, CheckInForm, check_in_title
        from vep_tui.tui.screens.over import Choice

        veps = self._chosen_veps()
        if not veps:
            self.say(f"A check-in belongs to a {self.bench.process.proposal}, and none is known here.", careful=True)
            return

        def chosen(answer: str | None) -> None:
            if answer:
                form = CheckInForm(self.bench, veps, PROGRESS[int(answer) - 1])
                self.app.push_screen(form, lambda letters: self._check_in(letters or (), form.draft))

        choices = tuple((str(n), str(n), progress.value) for n, progress in enumerate(PROGRESS, 1))
        self.app.push_screen(Choice(self.bench, check_in_title(self.bench, veps), choices), chosen)

    def _check_in(self, letters: Sequence[tuple[int, str]], draft: str) -> None:
        sent = [number for number, body in letters if self._into_outbox(number, body, "check-in", draft)]
        if letters and len(sent) == len(letters):
            self.forget(draft)
        if len(sent) > 1:
            self.queue.unmark()
            self.say(f"{len(sent)} check-ins wait to be sent.")

    def _chosen_veps(self) -> tuple[Vep, ...]:
        """The VEPs of the marked rows, each once; of a pull request the VEP it belongs to."""
        desk, found = self.bench.desk, {}
        for number in self.selected_numbers():
            vep = desk.vep(number) or desk.vep(desk.vep_of_pull(number) or 0)
            if vep is not None:
                found[vep.number] = vep
        return tuple(found.values())

    # ---------------------------------------------------------------- Prow

    def action_prow(self) -> None:
        """Choose a Prow command that would do something here."""
        from vep_tui.tui.screens.acts_prow import ProwMenu, menu_of

        if self.subject is None:
            return
        menu = menu_of(self.subject, self.bench.desk)
        if not menu:
            self.say(f"No command would do anything on {self.bench.name(self.subject.number)}.")
            return
        self.app.push_screen(ProwMenu(self.bench, menu), self._complete)

    def _complete(self, chosen: tuple[int, Offer] | None) -> None:
        """Ask for what a command needs behind it, then show the whole text."""
        from vep_tui.tui.screens.acts_ask import Ask

        if chosen is None:
            return
        number, offer = chosen

        def asked(said: str | None) -> None:
            if said is not None:
                self._confirm(number, offer.line(said), "command")

        if offer.argument:
            ask = Ask(self.bench, f"{offer.text} on {self.bench.name(number)}", offer.argument, required=offer.required)
            self.app.push_screen(ask, asked)
        else:
            asked("")
