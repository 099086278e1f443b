"""Comments, check-ins, links and copies: what the keys say and open; nothing is sent but through the desk."""

from __future__ import annotations

from vep_tui.core.commands import prow_commands
from vep_tui.store.errors import StoreError
from vep_tui.tui import links
from vep_tui.tui.lines import Lines
from vep_tui.tui.screens.ticking import Ticking


class Deeds(Ticking):
    """What is said about the selected VEP, and where its links lead."""

    # ---------------------------------------------------------------- saying

    def action_comment(self) -> None:
        """Write a comment on what is selected."""
        self.compose_comment("comment", "Comment on", "")

    def compose_comment(self, kind: str, title: str, text: str) -> None:
        """Open the editor for a comment and put what comes back into the outbox."""
        from vep_tui.tui.screens.editor import Editor

        if self.subject is None:
            return
        number = self.subject.number

        def written(body: str | None) -> None:
            if body is not None and body.strip():
                self.send(number, body.strip(), kind)

        editor = Editor(self.bench, f"{title} {number}", draft=f"{kind}:{number}", text=text)
        self.app.push_screen(editor, written)

    def send(self, number: int, body: str, kind: str) -> None:
        """Into the outbox; Prow commands only once the user has seen exactly what will be sent."""
        from vep_tui.tui.screens.over import Choice

        def confirmed(answer: str | None) -> None:
            if answer == "send":
                self._into_outbox(number, body, "command")
            else:
                self.bench.desk.save_draft(f"{kind}:{number}", body)
                self.say("Not sent; the text is kept as a draft.")

        if prow_commands(body):
            choices = (("enter", "send", "send exactly this"), ("esc", "", "do not send, keep it as a draft"))
            text = f"Prow will act on this text in {number}:\n\n{body}\n"
            self.app.push_screen(Choice(self.bench, "This is a command", choices, text), confirmed)
        else:
            self._into_outbox(number, body, kind)

    def _into_outbox(self, number: int, body: str, kind: str) -> None:
        try:
            self.bench.desk.say(number, body, kind)
        except StoreError as trouble:
            self.bench.desk.save_draft(f"{kind}:{number}", body)
            self.say(f"Not sent: {trouble} The text is kept as a draft.", careful=True)
            return
        self.say(f"Your {kind} on {number} waits to be sent.")
        self.after_wish()

    def action_check_in(self) -> None:
        """Write a check-in from its short form."""
        from vep_tui.tui.screens.over import Choice

        vep = self.subject.vep if self.subject else None
        if vep is None:
            self.say("A check-in belongs to a VEP, and none is known here.", careful=True)
            return
        choices = (("1", "on track", "on track"), ("2", "at risk", "at risk"), ("3", "retarget to v", "retarget"))
        last = ("4", "no plans this cycle", "no plans this cycle")
        about = f" v{vep.release}" if vep.release else ""

        def chosen(answer: str | None) -> None:
            if answer:
                self.compose_comment("check-in", "Check-in on", f"**Check-in{about}:** {answer}\n\nNext step: ")

        self.app.push_screen(Choice(self.bench, f"Check-in on {vep.number}", (*choices, last)), chosen)

    def action_block(self) -> None:
        """Show the tracker's stage section as it should read."""
        from vep_tui.tui.screens.block import Block

        vep = self.subject.vep if self.subject else None
        if vep is None:
            self.say("No VEP is known here, so there is no tracker to complete.", careful=True)
            return
        shown = Block(self.bench, vep)

        def chosen(answer: str | None) -> None:
            if answer == "copy":
                self.copy(shown.text)
            elif answer == "comment":
                self.compose_comment("comment", "Comment on", shown.asking)

        self.app.push_screen(shown, chosen)

    # ---------------------------------------------------------------- looking further

    def action_browse(self) -> None:
        """Open what is selected on GitHub."""
        focused = self.focused
        if isinstance(focused, Lines) and focused.chosen is not None:
            focused.action_visit(focused.chosen)
        elif self.subject is not None and self.subject.url:
            self.visit(self.subject.url, self.bench.site)

    def on_lines_visit(self, message: Lines.Visit) -> None:
        """A link was clicked or followed."""
        self.visit(message.href, self.detail.base)

    def visit(self, href: str, base: str) -> None:
        """Open an address; one that leads elsewhere is shown first, with the host it really has."""
        from vep_tui.tui.screens.over import Choice

        url = links.resolve(href, base)
        if url is None:
            self.say(f"Only http and https addresses are opened, and this is none: {href[:200]}", careful=True)
            return
        if links.is_home(url, self.bench.site):
            self.open_or_copy(url)
            return

        def chosen(answer: str | None) -> None:
            if answer == "open":
                self.open_or_copy(url)
            elif answer == "copy":
                self.copy(url)

        text = f"This leads to {links.host(url)}:\n\n{url}\n"
        choices = (("o", "open", "open it"), ("y", "copy", "copy the address"), ("esc", "", "stay here"))
        self.app.push_screen(Choice(self.bench, "Another site", choices, text), chosen)

    def open_or_copy(self, url: str) -> None:
        """Start the browser; without one, the address is copied and shown."""
        if links.open_url(url):
            self.say(f"Opened {url}")
        else:
            self.copy(url, "There is no browser here. ")

    def copy(self, text: str, lead: str = "") -> None:
        """Copy through the terminal (OSC 52), and show the text because not every terminal does that."""
        self.app.copy_to_clipboard(text)
        self.say(f"{lead}Copied: {text}")

    def action_copy_number(self) -> None:
        """Copy number and title."""
        if self.subject is not None:
            self.copy(f"#{self.subject.number} {self.subject.title}")

    def action_copy_link(self) -> None:
        """Copy the address."""
        if self.subject is not None:
            self.copy(self.subject.url)

    def action_next_link(self) -> None:
        """Select the next link of the detail."""
        self.detail.choose(1)

    def action_previous_link(self) -> None:
        """Select the link before."""
        self.detail.choose(-1)

    def action_follow(self) -> None:
        """Open the selected link."""
        if self.detail.chosen is not None:
            self.detail.action_visit(self.detail.chosen)

    def action_fold(self) -> None:
        """Fold or unfold bots."""
        self.detail.toggle_bots()
