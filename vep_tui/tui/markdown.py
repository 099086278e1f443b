"""GitHub's Markdown onto a sheet: headings, lists, tasks, tables, code and links, cleaned and exact to the cell.

Bounded work: what is longer than the limit is shown as plain text. It may run in any thread and loads its parser late.
Nothing it reads is ever markup of ours; text is cleaned after parsing, because entities hide control characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from vep_tui.core.text import clean
from vep_tui.tui.glyphs import ACCENT, BAD, CAREFUL, DIM, EMPTY, GOOD
from vep_tui.tui.sheet import Sheet, longest_word, wrap

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

LIMIT = 262_144
"""Characters beyond which a text is shown as it is written: parsing cannot be stopped half-way."""

_TASK = re.compile(r"\[([ xX])\]\s+")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?(?:\n|\Z)", re.DOTALL)
_CODE = "$text-warning"
_HEADINGS = {"h1": "bold $text-primary", "h2": "bold $text-primary", "h3": "bold $text-secondary"}
_ALERTS = {"note": ACCENT, "tip": GOOD, "important": ACCENT, "warning": CAREFUL, "caution": BAD}


class Row(NamedTuple):
    """One finished line and the colour that fills the rest of it."""

    text: Content
    fill: str = ""


BLANK = Row(EMPTY)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """The parser; loaded when first needed, since it costs a tenth of a second."""
    from markdown_it import MarkdownIt

    return MarkdownIt("gfm-like", {"html": True, "linkify": True})


def write_markdown(sheet: Sheet, source: str, *, lead: Content = EMPTY, breaks: bool = False) -> None:
    """Write `source` on the sheet, every line behind `lead`; `breaks`: a new line is one, as in comments on GitHub."""
    if len(source) > LIMIT:
        sheet.write(Content.styled("This text is too long to be laid out; it is shown as it was written.", DIM))
        for line in source[:LIMIT].split("\n"):
            sheet.write(Content(clean(line)), first=lead, rest=lead)
            sheet.check()
        return
    painter = _Painter(sheet, sheet.width - lead.cell_length, breaks=breaks)
    for heading, rows in painter.document(source):
        sheet.check()
        if heading is not None:
            sheet.heading(*heading)
        for row in rows:
            sheet.put(lead + row.text, row.fill)


class _Painter:
    """Turns a syntax tree into rows; each container lays its children out in the room it leaves them."""

    def __init__(self, sheet: Sheet, width: int, *, breaks: bool) -> None:
        self._break = "\n" if breaks else " "
        self._sheet = sheet
        self._glyphs = sheet.glyphs
        self._width = max(width, 8)

    def document(self, source: str) -> Iterator[tuple[tuple[int, str] | None, list[Row]]]:
        """Per top-level block: the heading it is (level, text), and its rows."""
        from markdown_it.tree import SyntaxTreeNode

        source = source.replace("\r\n", "\n").replace("\r", "\n")
        front = _FRONT.match(source)
        if front is not None:
            yield None, [*self._code(front.group(1), "yaml", self._width), BLANK]
            source = source[front.end() :]
        tree = SyntaxTreeNode(_parser().parse(source))
        blank = True
        for node in tree.children:
            rows = self._block(node, self._width)
            if not rows:
                continue
            yield None, [] if blank else [BLANK]
            blank = not rows[-1].text.plain.strip()
            heading = (int(node.tag[1]), self._inline(node.children).plain) if node.type == "heading" else None
            yield heading, rows

    # ---------------------------------------------------------------- blocks

    def _blocks(self, nodes: Sequence[SyntaxTreeNode], width: int, *, tight: bool = False) -> list[Row]:
        rows: list[Row] = []
        for node in nodes:
            block = self._block(node, width)
            if rows and block and not tight:
                rows.append(BLANK)
            rows += block
        return rows

    def _block(self, node: SyntaxTreeNode, width: int) -> list[Row]:
        kind = node.type
        if kind == "heading":
            return self._heading(node, width)
        if kind == "paragraph":
            return self._wrapped(self._inline(node.children), width)
        if kind in ("fence", "code_block"):
            return self._code(node.content, node.info.split()[0] if node.info.split() else "", width)
        if kind in ("bullet_list", "ordered_list"):
            return self._list(node, width)
        if kind == "blockquote":
            return self._quote(node, width)
        if kind == "table":
            return self._table(node, width)
        if kind == "hr":
            return [Row(Content.styled(self._glyphs("─") * width, DIM))]
        if kind == "html_block":
            text = _TAG.sub("", _COMMENT.sub("", node.content)).strip()
            return self._wrapped(Content.styled(clean(text), DIM), width) if text else []
        return self._blocks(node.children, width) if node.children else []

    def _wrapped(self, text: Content, width: int) -> list[Row]:
        return [Row(line.rstrip()) for line in wrap(text, max(width, 4))] if text.plain.strip() else []

    def _heading(self, node: SyntaxTreeNode, width: int) -> list[Row]:
        text = self._inline(node.children).stylize_before(_HEADINGS.get(node.tag, "bold"))
        rows = self._wrapped(text, width)
        if node.tag == "h1" and rows:
            rows.append(Row(Content.styled(self._glyphs("━") * min(width, text.cell_length), DIM)))
        return rows

    def _code(self, source: str, language: str, width: int) -> list[Row]:
        text = Content(clean(source.rstrip("\n")))
        if language and len(source) < 20_000:
            text = self._highlighted(text, language)
        rows: list[Row] = []
        for line in text.split(allow_blank=True):
            rows += [Row(Content(" ") + part, "on $panel") for part in line.expand_tabs(4).fold(max(width - 2, 4))]
        return rows

    @staticmethod
    def _highlighted(text: Content, language: str) -> Content:
        from textual.highlight import highlight

        coloured = highlight(text.plain, language=language)
        return coloured if coloured.plain.rstrip("\n") == text.plain.rstrip("\n") else text

    def _list(self, node: SyntaxTreeNode, width: int) -> list[Row]:
        ordered = node.type == "ordered_list"
        number = int(node.attrs.get("start", 1)) if ordered else 0
        tight = all(p.hidden for item in node.children for p in item.children if p.type == "paragraph")
        rows: list[Row] = []
        for item in node.children:
            lead = Content.styled(f"{number}. " if ordered else self._bullet(node), ACCENT)
            number += 1
            body = self._blocks(item.children, max(width - lead.cell_length, 8), tight=tight)
            if rows and not tight:
                rows.append(BLANK)
            if body and _is_task(item) and (task := _TASK.match(f"{body[0].text.plain} ")):
                lead = self._task(task.group(1) != " ")
                words = body[0].text[task.end() :]  # none where the first word has no room beside the box
                body[:1] = [Row(words, body[0].fill)] if words else []
            rows += self._led(body or [BLANK], lead)
        return rows

    def _bullet(self, node: SyntaxTreeNode) -> str:
        depth, above = 0, node.parent
        while above is not None:
            depth += above.type == "bullet_list"
            above = above.parent
        return self._glyphs("◦ " if depth % 2 else "• ")

    def _task(self, done: bool) -> Content:
        return Content.styled(self._glyphs("☑ " if done else "☐ "), GOOD if done else DIM)

    @staticmethod
    def _led(rows: Iterable[Row], lead: Content, rest: Content | None = None) -> list[Row]:
        rest = Content(" " * lead.cell_length) if rest is None else rest
        return [Row((rest if at else lead) + row.text, row.fill) for at, row in enumerate(rows)]

    def _quote(self, node: SyntaxTreeNode, width: int) -> list[Row]:
        rows = self._blocks(node.children, max(width - 2, 8))
        bar = DIM
        if rows and (alert := _ALERT.match(rows[0].text.plain)):
            bar = _ALERTS[alert.group(1).lower()]
            left = rows[0].text[alert.end() :]
            rows = [
                Row(Content.styled(alert.group(1).title(), f"bold {bar}")),
                *([Row(left)] if left else []),
                *rows[1:],
            ]
        lead = Content.styled(self._glyphs("▌ "), bar)
        return self._led(rows, lead, lead)

    def _table(self, node: SyntaxTreeNode, width: int) -> list[Row]:
        lines = [
            [self._inline(cell.children) for cell in line.children] for part in node.children for line in part.children
        ]
        columns = max((len(line) for line in lines), default=0)
        if not columns:
            return []
        cells = [[*line, *([EMPTY] * (columns - len(line)))] for line in lines]
        natural = [max(row[c].cell_length for row in cells) for c in range(columns)]
        least = [min(24, max(longest_word(row[c].plain) for row in cells)) for c in range(columns)]
        room = width - 3 * (columns - 1)
        if sum(max(1, min(pair)) for pair in zip(natural, least, strict=True)) > room:
            names, below = (cells[0], cells[1:]) if len(cells) > 1 else ([EMPTY] * columns, cells)
            return self._listed(names, below, width)
        widths = share(natural, least, room)
        bar = Content.styled(self._glyphs(" │ "), DIM)
        rule = Row(Content.styled(self._glyphs("─┼─").join(self._glyphs("─") * w for w in widths), DIM))
        laid = [[wrap(cell, widths[c]) or [EMPTY] for c, cell in enumerate(line)] for line in cells]
        # Where cells take several lines, only a rule tells where one row ends and the next begins.
        ruled = any(len(part) > 1 for line in laid[1:] for part in line)
        rows: list[Row] = []
        for at, parts in enumerate(laid):
            for y in range(max(map(len, parts))):
                pieces = [
                    (p[y].rstrip() if y < len(p) else EMPTY).truncate(widths[c], pad=True) for c, p in enumerate(parts)
                ]
                rows.append(Row(bar.join([p.stylize_before("bold") if at == 0 else p for p in pieces])))
            if at == 0 or (ruled and at + 1 < len(laid)):
                rows.append(rule)
        return rows

    def _listed(self, names: Sequence[Content], lines: Sequence[Sequence[Content]], width: int) -> list[Row]:
        """A table whose words would have to be broken: each of its rows as a block, a cell a line behind its name."""
        rows: list[Row] = []
        for line in lines:
            rows += [Row(EMPTY)] if rows else []
            for name, cell in zip(names, line, strict=True):
                if cell.plain.strip():
                    first = name is names[0]
                    lead = Content("" if first else "  ")
                    words = Content.styled(f"{name.plain}: ", DIM) if name.plain.strip() else EMPTY
                    text = words + (cell.stylize_before("bold") if first else cell)
                    rows += self._led(self._wrapped(text, width - lead.cell_length), lead)
        return rows

    # ---------------------------------------------------------------- inside a line

    def _inline(self, nodes: Sequence[SyntaxTreeNode]) -> Content:
        return EMPTY.join([self._span(node) for node in nodes])

    def _span(self, node: SyntaxTreeNode) -> Content:
        kind = node.type
        if kind == "text":
            return Content(clean(node.content))
        if kind == "code_inline":
            return Content.styled(clean(node.content), _CODE)
        if kind in ("softbreak", "hardbreak"):
            return Content(self._break if kind == "softbreak" else "\n")
        if kind == "html_inline":
            return self._tag(node.content)
        if kind == "image":
            name = clean(node.content) or "image"
            return Content.styled(f"[image: {name}]", self._sheet.link(str(node.attrs.get("src", ""))))
        inside = self._inline(node.children) if node.children else EMPTY
        if kind == "link":
            return inside.stylize(self._sheet.link(str(node.attrs.get("href", ""))))
        style = {"em": "italic", "strong": "bold", "s": "strike"}.get(kind, "")
        return inside.stylize(style) if style else inside

    @staticmethod
    def _tag(source: str) -> Content:
        if source.lower().startswith("<br"):
            return Content("\n")
        return EMPTY if source.startswith("<!--") or _TAG.fullmatch(source) else Content.styled(clean(source), DIM)


def _is_task(item: SyntaxTreeNode) -> bool:
    """Whether an item of a list begins with a box and says something behind it."""
    first = item.children[0]
    return first.type == "paragraph" and _TASK.match(first.children[0].content) is not None


def share(natural: list[int], least: list[int], room: int) -> list[int]:
    """Column widths for a room that has at least `least`: whole words first, the rest to who has most to say."""
    if sum(natural) <= room:
        return [max(1, width) for width in natural]
    floors = [max(1, min(n, w)) for n, w in zip(natural, least, strict=True)]
    spare = room - sum(floors)
    wishes = [max(0, n - f) for n, f in zip(natural, floors, strict=True)]
    widths = [f + spare * wish // max(1, sum(wishes)) for f, wish in zip(floors, wishes, strict=True)]
    widths[wishes.index(max(wishes))] += room - sum(widths)
    return widths
