"""Single lines: the header, the views, the tabs, the titles of panes and the status; each is painted for its width."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from vep_tui.core.text import clean, one_line
from vep_tui.core.views import SORTS, View
from vep_tui.tui.commands import Command, keys_of
from vep_tui.tui.glyphs import ACCENT, BAD, CAREFUL, DIM, EMPTY, Glyphs
from vep_tui.tui.layout import TABS
from vep_tui.tui.when import clock, day, until

if TYPE_CHECKING:
    from vep_tui.store.desk import Header
    from vep_tui.tui.scene import Scene

Paint = Callable[[int], Content]

_FILTER = 24
"""Cells of a filter that are seen before the views say how much is in them."""


class Bar(Widget):
    """One line; shows what its painter makes of the width."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"
    auto_links = False  # Textual would repaint whatever can be clicked in colours of its own

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._paint: Paint = lambda _width: EMPTY
        self._shown: tuple[int, Content] = (0, EMPTY)

    def set(self, paint: Paint) -> None:
        """Show this from now on; a line that says what it said already is not drawn again."""
        self._paint = paint
        before = self._shown
        if self._lay_out() != before[0] or not self._shown[1].is_same(before[1]):
            self.refresh()

    def _lay_out(self) -> int:
        width = self.size.width
        self._shown = (width, self._paint(width).truncate(width) if width else EMPTY)
        return width

    def render(self) -> Content:
        """The line as it stands."""
        if self._shown[0] != self.size.width:
            self._lay_out()
        return self._shown[1]

    def buttons(self) -> tuple[tuple[int, str], ...]:
        """Where in the line something can be clicked, and the action that it leads to."""
        line = self.render()
        places = ((line[: span.start].cell_length, _action_of(span.style)) for span in line.spans)
        return tuple((cell, action.removeprefix("screen.")) for cell, action in places if action)


def _action_of(style: str | Style) -> str:
    return str(style.meta.get("@click", "")) if isinstance(style, Style) else ""


def spread(left: Content, right: Content, width: int) -> Content:
    """`left` and `right` at the two ends of a line; the right end gives way when they do not fit."""
    gap = width - left.cell_length - right.cell_length
    if gap >= 1:
        return left + Content(" " * gap) + right
    return left.truncate(width, ellipsis=False)


def button(text: str, action: str, style: str = "") -> Content:
    """Text that a click acts on."""
    return Content.styled(text, style).stylize(Style.from_meta({"@click": action}))


def header_line(header: Header | None, project: str, scene: Scene, glyphs: Glyphs, width: int) -> Content:
    """Project and release, phase, days to the next freeze; at the right what waits, what is held, and who I am."""
    name = Content.styled(" vep-tui ", f"bold {ACCENT}")
    if header is None:
        return name
    release = f"{project} v{header.release}" if header.release else project
    if not header.release and header.synced_at is not None:  # before the first sync nothing can be said of files
        release += ": no schedule file yet"
    phase = header.phase.value.title() if header.phase.value != "unknown" else ""
    freeze, short = "", ""
    if header.next_name and header.next_day:
        short = f"{header.next_name} {until(header.next_day, scene.now)}"
        freeze = f"{short} ({day(header.next_day)})"
    dot = glyphs(" · ")
    whole = dot.join(p for p in (phase, freeze) if p)
    versions = (
        (release, whole, header.me or ""),
        (release, whole, ""),
        (release, dot.join(p for p in (phase, short) if p), ""),
        (release, short, ""),
        (f"v{header.release}" if header.release else "", short, ""),
    )
    for head, rest, me in versions:
        right = _counts(header, glyphs, me)
        left = name + Content.styled(f" {clean(head)}", "bold") + Content(f"  {clean(rest)}")
        if left.cell_length + right.cell_length < width:
            return spread(left, right, width)
    # What waits and what is held is seen at any width; our own name is the first to give way.
    for words, brevity in ((short, 0), (short, 1), ("", 1), ("", 2)):
        left, right = Content(f" {clean(words)}" if words else ""), _counts(header, glyphs, "", brevity)
        if left.cell_length + right.cell_length < width:
            return spread(left, right, width)
    return right


def _counts(header: Header, glyphs: Glyphs, me: str, brevity: int = 0) -> Content:
    """What waits, what is being sent, what is held and what could not be fetched, seen from everywhere; and who I am.

    With `brevity` 1 what concerns the sync is said in fewer words, and with 2 in none.
    """
    parts: list[Content] = []
    if header.stale and brevity < 2:
        words = header.stale[0] if len(header.stale) == 1 else f"{len(header.stale)} parts"
        parts.append(Content.styled("! not fetched" + ("" if brevity else f": {clean(words)[:30]}"), CAREFUL))
    if header.few_points and brevity < 2:
        left, until_then = header.few_points
        more = "" if brevity else f" left until {clock(until_then)}"
        parts.append(Content.styled(f"! {left} points{more}", CAREFUL))
    if header.waiting:
        parts.append(button(glyphs(f"↑ {header.waiting} waiting"), "screen.outbox", ACCENT))
    if header.in_doubt:
        parts.append(button(glyphs(f"⇡ {header.in_doubt} sending"), "screen.outbox", CAREFUL))
    if header.held:
        parts.append(button(glyphs(f"× {header.held} held"), "screen.outbox", f"bold {BAD}"))
    if me:
        parts.append(Content.styled(clean(me), DIM))
    return Content.styled(glyphs(" · "), DIM).join(parts) + Content(" ")


def views_line(
    views: Sequence[View],
    counts: Sequence[int | None],
    current: int,
    typed: str,
    sort: str,
    width: int,
    *,
    glyphs: Glyphs,
    wrong: bool = False,
) -> Content:
    """The views with their counts, the filter and the sort; brackets tell the current view beside its colour.

    A filter that is `wrong` has a mark: not all of its words choose. Names and counts give way to it, then its end.
    Where room is scarce the usual sort goes without saying, and the names of the views are told before their counts.
    """
    mark, style = ("! ", BAD) if wrong else ("", CAREFUL)
    lead = Content(f"  {mark}/ {clean(typed)}" if typed else "")
    room = width - sum(Content(v.label).cell_length + 4 for v in views) - lead.cell_length + 4 * bool(typed)
    counted = room >= 4 * len(views) + 14
    named = counted or room >= (5 if sort == SORTS[0] else 19)
    line = _views(views, counts, current, named=named, counted=counted or not named)
    if line.cell_length + min(lead.cell_length, _FILTER) > width:
        line = _views(views, counts, current, named=False, counted=False)
    if typed:
        room = width - line.cell_length
        if lead.cell_length > room:
            lead = lead.truncate(max(0, room - 1)).rstrip() + Content(glyphs.ellipsis)
        line += button(lead.plain, "screen.filter", style)
    return spread(line, button(f"by {sort} ", "screen.sort", DIM), width)


def _views(views: Sequence[View], counts: Sequence[int | None], current: int, *, named: bool, counted: bool) -> Content:
    """The views; the current one has its name and count in any case."""
    parts: list[Content] = [Content(" ")]
    for at, view in enumerate(views):
        chosen = at == current
        name = clean(view.label) if named or chosen else ""
        count = str(counts[at]) if counts[at] is not None and (counted or chosen) else ""
        words = " ".join(p for p in (str(at + 1), name, count) if p)
        text = f"[{words}]" if chosen else f" {words} "
        parts.append(button(text, f"screen.view({at})", f"bold {ACCENT}" if chosen else DIM))
    return EMPTY.join(parts)


def tabs_line(tabs: Sequence[tuple[str, str]], current: str, width: int) -> Content:
    """The tabs of the detail as (key, count); their short names where the long ones do not fit."""
    labels = [[" ".join(p for p in (name, count) if p) for name in TABS[key]] for key, count in tabs]
    short = sum(len(label[0]) + 2 for label in labels) > width
    parts: list[Content] = []
    for (key, _), label in zip(tabs, labels, strict=True):
        chosen = key == current
        words = label[1 if short else 0]
        style = f"bold underline {ACCENT}" if chosen else DIM
        parts += [Content(" "), button(words, f"screen.show_tab('{key}')", style), Content(" ")]
    return EMPTY.join(parts)


def title_line(text: str, remark: str, *, focused: bool, width: int, glyphs: Glyphs) -> Content:
    """The title of a pane: bright where the keys work, with a rule to its end."""
    style = f"bold {ACCENT}" if focused else DIM
    title = Content.assemble((glyphs("── "), style), (one_line(text), style), " ")
    end = Content.styled(f" {clean(remark)} ", DIM) if remark else EMPTY
    room = width - title.cell_length - end.cell_length
    if room < 2 and remark:
        return title_line(text, "", focused=focused, width=width, glyphs=glyphs)
    return title + Content.styled(glyphs("─") * max(0, room), style if focused else DIM) + end


def status_line(commands: Sequence[Command], keys: Mapping[str, str], state: Content, width: int) -> Content:
    """What the keys do here at the left, how the sync stands at the right; the state never gives way."""
    room = width - state.cell_length - 2
    left = EMPTY
    for entry in commands:
        key, action = keys_of(entry, keys)[0], f"screen.{entry.action}"
        label = entry.label if entry.label.isupper() or "/" in entry.label else entry.label.lower()
        piece = Content(" ") + button(key, action, f"bold {ACCENT}") + button(f" {label} ", action, DIM)
        if left.cell_length + piece.cell_length > room:
            break
        left += piece
    return spread(left, state + Content(" "), width) if room >= 0 else state.truncate(width)


def key_hint(hint: str, width: int = 1_000) -> Content:
    """A hint such as `r:retry  x:drop` with the keys in the accent colour; the last ones go where they do not fit."""
    whole = EMPTY
    for piece in hint.split("  "):
        key, _, label = piece.partition(":")
        part = Content.assemble((f" {key}", f"bold {ACCENT}"), (f" {label} ", DIM))
        if whole and whole.cell_length + part.cell_length > width + 1:  # the blank at the end need not fit
            break
        whole += part
    return whole
