"""Links and copies: what the keys open and put into the clipboard; nothing is sent to GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vep_tui.tui import links
from vep_tui.tui.screens.acts_snooze import Snoozing

if TYPE_CHECKING:
    from vep_tui.tui.lines import Lines


class Linking(Snoozing):
    """The links of what is selected: opened, copied, gone through."""

    def action_browse(self) -> None:
        """Open what is selected on GitHub."""
        if self.focused is self.detail and self.detail.chosen is not None:
            self.detail.action_visit(self.detail.chosen)
        elif self.subject is not None and self.subject.url:
            self.visit(self.subject.url, self.bench.site)
        else:
            self.say_no_row()

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
        else:
            self.say_no_row()

    def action_copy_link(self) -> None:
        """Copy the address of the selected link, else that of what is shown."""
        if address := self._address():
            self.copy(address)
        else:
            self.say_no_row()

    def action_copy_checkout(self) -> None:
        """Copy the command that checks out the pull request, to try what it does."""
        if words := links.checkout(self._address(), self.bench.site):
            self.copy(words)
        else:
            key = self.key("next-link")
            self.say(f"Select a pull request first: in the tab of the pull requests {key} does.", careful=True)

    def _address(self) -> str:
        """Where the selected link leads, else the address of what is shown; "" when nothing is."""
        detail = self.detail
        if self.focused is detail and detail.page is not None and detail.chosen is not None:
            href = detail.page.places[detail.chosen].href
            return links.resolve(href, detail.base) or href
        return self.subject.url if self.subject is not None else ""

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
