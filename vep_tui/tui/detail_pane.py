"""The detail of what is selected, one tab at a time, painted outside the UI thread; it reads no store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.events import Resize

from vep_tui.tui import links
from vep_tui.tui.bindings import bindings
from vep_tui.tui.commands import Scope
from vep_tui.tui.glyphs import DIM
from vep_tui.tui.lines import Lines
from vep_tui.tui.painter import Painted, Painter
from vep_tui.tui.sheet import Page, Sheet

if TYPE_CHECKING:
    from vep_tui.core.models import PullRequest, Vep
    from vep_tui.core.signoff import Signs
    from vep_tui.store.desk import DocumentText
    from vep_tui.tui.bench import Bench
    from vep_tui.tui.scene import Scene


@dataclass(frozen=True, slots=True)
class Subject:
    """What is selected: a VEP, or a VEP pull request with its VEP where that is known."""

    number: int
    vep: Vep | None
    pull: PullRequest | None
    seen: datetime | None = None
    """When it was marked as seen last; what was said later is marked as new."""
    signs: Signs | None = None
    """What stands on the pull request."""

    @property
    def url(self) -> str:
        """Its address on GitHub."""
        return self.pull.url if self.pull is not None else self.vep.issue.url if self.vep is not None else ""

    @property
    def title(self) -> str:
        """Its title as GitHub has it."""
        if self.pull is not None:
            return self.pull.title
        return (self.vep.tracker.title or self.vep.issue.title) if self.vep is not None else ""


class DetailPane(Lines):
    """Shows one tab of the subject; what is on the screen stays until its successor is ready."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.DETAIL, prefix="screen.")

    def __init__(self, bench: Bench, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._bench = bench
        self._painter = Painter(self.post_message)
        self._subject: Subject | None = None
        self._document: DocumentText | None = None
        self._tab = "overview"
        self._folded = True
        self._shown: tuple[object, ...] = ()
        self._wanted: tuple[object, ...] = ()
        self._top: int | None = 0
        self._pages: LRUCache[tuple[object, ...], Page] = LRUCache(8)
        self.begin_at: tuple[int, str, int] | None = None
        """Number, tab and line with which the session before ended: taken up when they are shown first."""

    @property
    def place(self) -> tuple[int, str]:
        """Number and tab of what is shown."""
        return (self._subject.number if self._subject else 0, self._tab)

    @property
    def settled(self) -> bool:
        """True when nothing is being painted."""
        return self._painter.idle

    def dress(self, bench: Bench) -> None:
        """Paint everything anew, with the signs of this bench."""
        self._bench = bench
        self._pages.clear()
        self.repaint()

    def show_subject(self, subject: Subject | None, document: DocumentText | None, tab: str) -> None:
        """Show this; the scroll stays when it is what was shown before."""
        self._subject, self._document, self._tab = subject, document, tab
        self.repaint()

    def show_tab(self, tab: str) -> None:
        """Show another tab of the same subject."""
        self._tab = tab
        self.repaint()

    def toggle_bots(self) -> None:
        """Fold or unfold what bots say."""
        self._folded = not self._folded
        self.repaint()

    def repaint(self) -> None:
        """Paint the tab for the width and the colours of the moment."""
        if self.room < 8:
            return
        if self._subject is None or self._tab == "checklist":
            self._painter.forget()
            self.show(self._nothing() if self._subject is None else None)
            self._shown = ()
            return
        place = (self._subject.number, self._tab)
        key = (self._subject, self._document, self._tab, self.room, self.app.theme, self._folded, self._minute())
        self._wanted = key
        self._top = None if self._shown[:2] == place else 0
        known = self._pages.get(key)
        if known is not None:
            self._painter.forget()
            self._put(known)
            return
        job = self._job()
        if self._tab in ("document", "conversation") or self._subject.pull is not None:
            self._painter.paint(job)
        else:
            # Overview and lists take a few milliseconds: at once is better than in a moment.
            self._painter.forget()
            self._keep(job(lambda: False))

    def _nothing(self) -> Page:
        sheet = Sheet(self.ink(), self.room, self._bench.glyphs)
        sheet.write(Content.styled("Nothing is selected: what you select in the queue is told here.", DIM))
        return sheet.page()

    def _minute(self) -> object:
        return self._bench.now().replace(second=0, microsecond=0)

    def _job(self) -> Callable[[Callable[[], bool]], Page]:
        ink, width, scene = self.ink(), self.room, self._bench.scene()
        subject, document, tab, folded = self._subject, self._document, self._tab, self._folded
        glyphs = self._bench.glyphs
        hyperlink = partial(links.hyperlink, base=self.base, site=self._bench.site)

        def paint(cancelled: Callable[[], bool]) -> Page:
            sheet = Sheet(ink, width, glyphs, cancelled=cancelled, hyperlink=hyperlink)
            assert subject is not None
            return sheet.page(begin=write_tab(sheet, tab, subject, document, scene, folded=folded))

        return paint

    def on_painted(self, message: Painted) -> None:
        """Show a page that came back, unless something else is wanted by now."""
        message.stop()
        if not self._painter.awaits(message.ticket) or not self.is_attached:
            return
        if message.page is None:
            sheet = Sheet(self.ink(), self.room, self._bench.glyphs)
            sheet.write(
                Content.styled(
                    f"This text could not be laid out; {self._bench.key('browse')} opens it in the browser.", DIM
                )
            )
            self._put(sheet.page())
            return
        self._keep(message.page)

    def _keep(self, page: Page) -> None:
        self._pages[self._wanted] = page
        self._put(page)

    def _put(self, page: Page) -> None:
        assert self._subject is not None
        top = self._top
        begin, self.begin_at = self.begin_at, None
        if begin is not None and begin[:2] == (self._subject.number, self._tab):
            top = begin[2]
        elif top == 0:
            top = page.begin
        self._shown = (self._subject.number, self._tab)
        self.show(page, top=top)

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """Wrap for the new width; the old lines stay, cropped, until the new ones are there."""
        self.repaint()

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        if self.is_mounted and self._subject is not None:
            self.repaint()

    @property
    def base(self) -> str:
        """The address against which links of the page are to be read."""
        if self._tab == "document" and self._document is not None:
            return self._document.url
        return self._subject.url if self._subject is not None else self._bench.site


def write_tab(
    sheet: Sheet, tab: str, subject: Subject, document: DocumentText | None, scene: Scene, *, folded: bool
) -> int:
    """Write one tab of a subject; returns the line to begin reading at."""
    from vep_tui.tui.conversation import posts_of_issue, posts_of_pull, write_conversation

    vep, pull = subject.vep, subject.pull
    if vep is None and pull is None:
        sheet.write(Content(f"{subject.number} is not in the store yet; {scene.key('sync')} syncs."))
    elif tab == "conversation":
        posts = posts_of_pull(pull) if pull is not None else posts_of_issue(vep.issue) if vep is not None else ()
        return write_conversation(sheet, posts, scene, folded=folded, seen=subject.seen)
    elif tab == "document":
        write_document(sheet, document, scene)
    elif tab == "pulls":
        from vep_tui.tui.pulls import write_pulls

        if vep is not None:
            write_pulls(sheet, vep, scene)
        else:
            sheet.write(Content.styled(f"No {scene.proposal} is known for this pull request.", DIM))
    else:
        from vep_tui.tui.overview import write_overview, write_proposal

        if pull is not None:
            write_proposal(sheet, pull, vep, scene, subject.signs)
        elif vep is not None:
            write_overview(sheet, vep, scene)
    return 0


def write_document(sheet: Sheet, document: DocumentText | None, scene: Scene) -> None:
    """The proposal itself, or what its absence means."""
    from vep_tui.tui.markdown import write_markdown

    if document is None:
        sheet.write(Content(f"No document is known for this {scene.proposal}."))
        where = sheet.glyphs.quoted("Pull requests")
        sheet.write(Content.styled(f"It may not be merged yet: its pull request is under {where}.", DIM))
        return
    sheet.write(sheet.linked(document.path, document.url))
    sheet.blank()
    write_markdown(sheet, document.text)
