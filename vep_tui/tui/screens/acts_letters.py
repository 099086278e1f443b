"""Letters to the mailing list: exception request, announcement, status; copied or handed to the mail program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

from vep_tui.tui import links
from vep_tui.tui.screens.acts import Acts

if TYPE_CHECKING:
    from vep_tui.core.models import Vep
    from vep_tui.core.world import World
    from vep_tui.tui.screens.letter import Writing

Write: TypeAlias = "Callable[[Iterable[Vep], str, str | None, World], str]"
"""Writes a letter about the VEPs of a release and a SIG, or of all SIGs."""


class Letters(Acts):
    """What goes to the list rather than to GitHub."""

    def action_exception(self) -> None:
        """Write an exception request for the VEP."""
        from vep_tui.core.report import exception_request  # letters are rare: not before the first frame

        vep = self.vep
        if vep is None:
            self.say(
                f"An exception is asked for a {self.bench.process.proposal}, and none is known here.", careful=True
            )
            return
        world = self.bench.desk.world
        self._edit_letter(
            f"Exception for {self.bench.name(vep.number)}",
            f"exception:{vep.number}",
            exception_request(vep, "", "", "", world),
        )

    def action_announce(self) -> None:
        """Write the announcement of what is approved for the release at hand."""
        from vep_tui.core.report import announcement

        release = self._aimed_release()
        if release:
            title = f"Announcement for v{release}"
            self._letter_about_many(title, f"announcement:{release}", release, None, announcement)

    def action_report(self) -> None:
        """Write the status of the release at hand, of my SIG where I have one."""
        from vep_tui.core.report import weekly_report

        header = self.bench.desk.header()
        if header.release is None:
            self.say("There is no schedule file yet, so there is no release to report on.", careful=True)
            return
        sig = header.my_sigs[0] if len(header.my_sigs) == 1 else None
        release = header.release
        self._letter_about_many(f"Status of v{release}", f"status:{release}", release, sig, weekly_report)

    def _aimed_release(self) -> str | None:
        """The release whose Enhancement Freeze is ahead or was last."""
        from vep_tui.core.cycle import open_cycle

        upcoming, header = open_cycle(self.bench.desk.world), self.bench.desk.header()
        near = upcoming is not None and (upcoming.to_design or 0) <= upcoming.loud_before
        release = upcoming.version if upcoming is not None and near else header.release
        if release is None:
            self.say("There is no schedule file yet, so there is no release to announce for.", careful=True)
        return release

    def _letter_about_many(self, title: str, draft: str, release: str, sig: str | None, write: Write) -> None:
        """Open a letter about the VEPs of a release at once; it is written while the keys go on working."""
        from vep_tui.core.report import aims_at
        from vep_tui.tui.screens.letter import Writing

        desk = self.bench.desk
        draft = f"{draft}:{self.bench.now().date().isoformat()}"  # next week's letter begins with what is true then
        chosen = (vep if aims_at(vep, release, sig) else None for vep in desk.veps())
        self._show_letter(title, draft, Writing(chosen, lambda veps: write(veps, release, sig, desk.world)))

    def _edit_letter(self, title: str, draft: str, text: str) -> None:
        from vep_tui.core.report import first_gap
        from vep_tui.tui.screens.editor import Editor

        def written(said: str | None) -> None:
            if said is not None:
                self._show_letter(title, draft, said)

        editor = Editor(self.bench, title, draft=draft, text=text, verb="preview", begin=first_gap)
        self.app.push_screen(editor, written)

    def _show_letter(self, title: str, draft: str, text: str | Writing) -> None:
        from vep_tui.tui.screens.letter import Letter

        letter = Letter(self.bench, title, text)

        def chosen(answer: str | None) -> None:
            text = letter.text
            if answer == "copy":
                self.app.copy_to_clipboard(text)
                self.say(f"Copied: {title.lower()}.")
            elif answer == "mail":
                self._offer_mail(title, draft, text)
            elif answer == "edit":
                self._edit_letter(title, draft, text)

        self.app.push_screen(letter, chosen)

    def _offer_mail(self, title: str, draft: str, text: str) -> None:
        """Hand the letter to the mail program, when the user says so once more."""
        from vep_tui.core.report import split_letter
        from vep_tui.tui.screens.over import Choice

        to = self.bench.process.mail.get("list", "")
        subject, body = split_letter(text)
        if not to:
            self.say("The process names no mailing list: [process.mail] list = ... in config.toml.", careful=True)
            return
        address, whole = links.mail_to(to, subject, body)

        def chosen(answer: str | None) -> None:
            if answer != "open":
                self._show_letter(title, draft, text)
                return
            if not whole:
                self.app.copy_to_clipboard(body)
            if links.open_url(address):
                self.say("Your mail program has it." if whole else "Your mail program is open; paste the text there.")
            else:
                self.app.copy_to_clipboard(text)
                self.say(f"No mail program was found. Copied instead: {title.lower()}.", careful=True)

        note = "" if whole else "\nIt is too long for a link: the text is copied, paste it into the mail.\n"
        said = f"To: {to}\nSubject: {subject}\n{note}"
        choices = (("m", "open", "open the mail program with it"), ("esc", "", "do not"))
        self.app.push_screen(Choice(self.bench, "Mail", choices, said), chosen)
