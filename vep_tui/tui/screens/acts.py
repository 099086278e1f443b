"""What is said on GitHub and to the list: comments, check-ins, Prow commands, letters; all of it through the desk."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
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
        """Write a comment on the marked rows, else on the selected one."""
        self.catch_up()
        if numbers := self.selected_numbers():
            self.compose_comment(numbers)
        else:
            self.say_no_row()

    def compose_comment(self, numbers: tuple[int, ...], text: str = "") -> None:
        """Open the editor for a comment and put what comes back into the outbox; a text follows what was begun."""
        from vep_tui.tui.screens.editor import Editor

        one = len(numbers) == 1
        draft = f"comment:{numbers[0]}" if one else "comment"
        if begun := self.bench.desk.draft(draft):
            text = begun if text.strip() in begun else f"{begun.rstrip()}\n\n{text}"

        def written(body: str | None) -> None:
            if body is not None and body.strip():
                self.send(numbers, body.strip(), draft)
            self.load_detail()  # which tells of a draft, or no longer

        title, verb = f"Comment on {self.names(numbers)}", "send" if one else "look over"
        self.app.push_screen(Editor(self.bench, title, draft=draft, text=text, verb=verb, over=True), written)

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
                self.compose_comment((vep.number,), shown.asking)

        self.app.push_screen(shown, chosen)

    def copy(self, text: str, lead: str = "") -> None:
        """Put a text into the clipboard and say so."""
        raise NotImplementedError

    # ---------------------------------------------------------------- sending

    def send(self, numbers: tuple[int, ...], body: str, draft: str) -> None:
        """A comment into the outbox; one to many, or with Prow commands, only once its user has seen where it goes."""
        from vep_tui.core.commands import prow_commands  # not before the first frame

        kind = "command" if prow_commands(body) else "comment"
        letters = [(number, body) for number in numbers]
        if kind == "command" or len(letters) > 1:
            self._confirm(letters, kind, draft)
        else:
            self._into_outbox(letters, kind, draft)

    def _confirm(self, letters: Sequence[tuple[int, str]], kind: str, draft: str = "") -> None:
        """Show exactly what will be sent, and where; each text with the rows that it goes to."""
        from vep_tui.tui.screens.over import Choice

        def answered(answer: str | None) -> None:
            if answer == "send":
                self._into_outbox(letters, kind, draft)
            else:
                self.say("Not sent; the text is kept as a draft." if draft else "Not sent.")
            self.load_detail()

        places: dict[str, list[int]] = {}
        for number, body in letters:
            places.setdefault(body, []).append(number)
        parts = []
        for body, there in places.items():
            where = ", ".join(map(self.bench.name, there))
            where = f"{self.names(there)} ({where})" if len(there) > 1 else where
            lead = "Prow will act on this text in" if kind == "command" else f"This {kind} goes to"
            parts.append(f"{lead} {where}:\n\n{body}\n{self._idle(tuple(there), body)}")
        numbers = [number for number, _ in letters]
        to_all = f" to all {len(numbers)}" if len(numbers) > 1 else ""
        keep = "do not send it, keep it as a draft" if draft else "do not send it"
        choices = (("y", "send", f"send exactly this{to_all}, once"), ("esc", "", keep))
        title = f"{kind.capitalize()} on {self.names(numbers)}"
        self.app.push_screen(Choice(self.bench, title, choices, "\n".join(parts)), answered)

    def _idle(self, numbers: tuple[int, ...], body: str) -> str:
        """Which commands of a text nothing listens to, and where; in lines of their own."""
        from vep_tui.core.offers import idle_commands

        said, pulls = "", [number for number in numbers if self.bench.desk.pull(number) is not None]
        for place, here in (("pull", pulls), ("issue", [number for number in numbers if number not in pulls])):
            if here and (idle := idle_commands(body, self.bench.process, place)):
                where = "there" if len(here) == len(numbers) else f"in {', '.join(map(self.bench.name, here))}"
                said += f"\nNothing {where} listens to {', '.join(idle)}.\n"
        return said

    def _into_outbox(self, letters: Sequence[tuple[int, str]], kind: str, draft: str) -> None:
        """Texts of one kind, by number, into the outbox.

        What was kept as a draft is one until all of them are there, and a row that got none stays marked.
        """
        refused: dict[int, StoreError] = {}
        for number, body in letters:
            try:
                self.bench.desk.say(number, body, kind)
            except StoreError as trouble:
                refused[number] = trouble
        sent = [number for number, _ in letters if number not in refused]
        if sent:
            self.queue.unmark(sent if refused or len(sent) == 1 else None)
            what = f"Your {kind} on {self.names(sent)} waits" if len(sent) == 1 else f"{len(sent)} {kind}s wait"
            self.say(f"{what} to be sent.")
            self.after_wish()
        if refused:
            rest = [*refused]
            self._hand_draft(draft, rest)
            where = f" to {self.names(rest)}" if sent else ""
            kept = " The text is kept as a draft." if draft else ""
            self.say(f"Not sent{where}: {next(iter(refused.values()))}{kept}", careful=True)
        elif draft and sent:
            self.forget(draft)

    def _hand_draft(self, draft: str, rest: list[int]) -> None:
        """Of a text for many that one alone did not get, the draft is that one's."""
        if draft and ":" not in draft and len(rest) == 1:
            with suppress(StoreError):  # then it is still where it was
                self.bench.desk.save_draft(f"{draft}:{rest[0]}", self.bench.desk.draft(draft))
                self.forget(draft)

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
                send = self._into_outbox if len(veps) == 1 else self._confirm
                self.app.push_screen(form, lambda letters: send(letters, "check-in", form.draft) if letters else None)

        choices = tuple((str(n), str(n), progress.value) for n, progress in enumerate(PROGRESS, 1))
        self.app.push_screen(Choice(self.bench, check_in_title(self.bench, veps), choices), chosen)

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
        """Choose a Prow command that would do something on the marked rows, else on the selected one."""
        from vep_tui.tui.screens.acts_prow import ProwMenu, menu_of

        self.catch_up()
        numbers = self.selected_numbers()
        menu = menu_of(numbers, self.bench)
        if menu:
            self.app.push_screen(ProwMenu(self.bench, menu), self._complete)
        elif numbers:
            self.say(f"No command would do anything on {self.names(numbers)}.")
        else:
            self.say_no_row()

    def _complete(self, chosen: tuple[tuple[int, ...], Offer] | None) -> None:
        """Ask for what a command needs behind it, then show the whole text."""
        from vep_tui.tui.screens.acts_ask import Ask

        if chosen is None:
            return
        numbers, offer = chosen

        def asked(said: str | None) -> None:
            if said is not None:
                self._confirm([(number, offer.line(said)) for number in numbers], "command")

        if offer.argument:
            title = f"{offer.text} on {self.names(numbers)}"
            self.app.push_screen(Ask(self.bench, title, offer.argument, required=offer.required), asked)
        else:
            asked("")
