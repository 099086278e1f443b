"""Fetches the project board, where one is configured and the token may read it; it needs nobody to have one."""

from __future__ import annotations

from typing import Any

from vep_tui.remote.errors import Refused
from vep_tui.sync.errand import Errand
from vep_tui.sync.pages import MOST_PAGES, next_cursor
from vep_tui.sync.shapes import Node, count, dig, elements, text

MISSING = "board_missing"
"""Meta key: why the board could not be read, in a sentence; empty when it could."""


def pull_board(errand: Errand, *, full: bool) -> None:
    """Every issue's fields on the board, as facts of kind "board"; a board we may not see is said once."""
    board = errand.process.board
    if not int(board.get("number", 0)) or (errand.mirror.meta(MISSING) and not full):
        return
    with errand.part("board"):
        items: dict[str, dict[str, str]] = {}
        after: str | None = None
        for _ in range(MOST_PAGES):
            variables = {"organization": board["organization"], "number": int(board["number"]), "after": after}
            try:
                answer = errand.ask("board", variables, absent_is_fine=True)
                refused = next((e.message for e in answer.errors), "there is no such board")
            except Refused as refusal:
                answer, refused = None, refusal.reason
            connection = dig(answer.data, "organization", "projectV2", "items") if answer else None
            if not isinstance(connection, dict):
                errand.mirror.set_meta(MISSING, _why(refused))
                return
            items |= _fields(errand, elements(connection, "nodes"))
            after = next_cursor(connection, after)
            if after is None:
                break
        reviewer = str(board.get("reviewer_field", ""))
        if any(reviewer in fields for fields in items.values()):
            items = {number: {reviewer: "", **fields} for number, fields in items.items()}
        errand.everything |= errand.mirror.facts("board") != items
        errand.mirror.put_many_facts("board", items, complete=True)
        errand.mirror.set_meta(MISSING, "")


def _why(refused: str) -> str:
    """One plain sentence; GitHub's own is three lines about fields and scopes."""
    if "scope" in refused and "project" in refused:
        return "The board needs the read:project scope: gh auth refresh -s read:project, then a full sync."
    return f"The project board cannot be read: {refused}"


def _fields(errand: Errand, nodes: list[Node]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for node in nodes:
        number = count(node, "content", "number")
        here = text(node, "content", "repository", "nameWithOwner").casefold()
        if number and here == errand.process.enhancements.casefold():
            found[str(number)] = dict(filter(None, (_field(v) for v in elements(node, "fieldValues", "nodes"))))
    return found


def _field(value: Any) -> tuple[str, str] | None:
    name, said = text(value, "field", "name"), text(value, "name") or text(value, "text")
    return (name, said) if name and said else None
