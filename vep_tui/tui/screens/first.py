"""The first start without a token: what to do, in one screen, with the demo one key away."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import ACCENT, DIM
from vep_tui.tui.screens.over import Reading
from vep_tui.tui.sheet import Sheet


class FirstStart(Reading[str]):
    """Explains the token; dismissed with "demo", "look" or "quit"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "choose('demo')", "Demo"),
        Binding("escape", "choose('look')", "Look around"),
        Binding("q", "choose('quit')", "Quit"),
    ]

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Welcome to vep-tui", "d:open the demo  esc:look around  q:quit")

    def write(self, sheet: Sheet) -> None:
        """Three steps and a way out."""
        host = self.bench.site.partition("://")[2]
        what = f"{self.bench.process.proposal}s"
        sheet.write(
            Content(f"To read {what} from {host} and to comment on them, vep-tui needs a token. None was found.")
        )
        sheet.title("The short way")
        sheet.write(Content.assemble("Sign in with GitHub's own tool, then start again:"))
        elsewhere = "" if host == "github.com" else f" --hostname {host}"
        sheet.write(Content.styled(f"gh auth login{elsewhere}", ACCENT), first=Content("    "))
        sheet.title("By hand")
        sheet.write(
            Content(f"Make a classic token at https://{host}/settings/tokens with the one scope public_repo, then")
        )
        if elsewhere:
            sheet.write(Content("put it into the variable that vep-tui doctor names for this host, and export that."))
        else:
            sheet.write(Content.styled("export GH_TOKEN=...", ACCENT), first=Content("    "))
        sheet.write(Content.styled("The token is only ever sent to that host, and never written to disk.", DIM))
        sheet.title("Just looking")
        sheet.write(Content("d opens a demo: the same program on a small world of its own, without token or network."))
        sheet.put(Content(""))
        sheet.write(Content.styled("If something is odd: vep-tui doctor", DIM))

    def action_choose(self, what: str) -> None:
        """Close with what was chosen."""
        self.dismiss(what)
