"""Fetches what did not fit on the first page of a thread or of the references, several things per request."""

from __future__ import annotations

from typing import Any

from vep_tui.remote import queries
from vep_tui.sync.errand import Errand
from vep_tui.sync.pages import each_batch, next_cursor
from vep_tui.sync.shapes import Node, dig, elements, text

_LONG = {
    "Issue": (("comments", "comments"), ("references", "timelineItems")),
    "PullRequest": (("pull_comments", "comments"), ("reviews", "reviews")),
}
"""What can be longer than a page: name in `queries.more` and field."""
_MOST_ROUNDS = 200
"""Twenty thousand comments under one issue; a server that never ends must not keep us."""


def complete(errand: Errand, nodes: list[Node]) -> list[Node]:
    """The nodes with all pages of their threads, reviews and references in them."""
    by_id = {text(n, "id"): n for n in nodes}
    waiting = [
        (text(node, "id"), name, cursor)
        for node in nodes
        for name, field in _LONG.get(text(node, "__typename"), ())
        if (cursor := next_cursor(node.get(field)))
    ]
    for _ in range(_MOST_ROUNDS):
        if not waiting:
            break
        waiting = _next_pages(errand, by_id, waiting)
    return nodes


def _next_pages(
    errand: Errand, by_id: dict[str, Node], waiting: list[tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """Add one more page of each to its node; what is still not whole."""
    further: list[tuple[str, str, str]] = []

    def ask(batch: list[tuple[str, str, str]]) -> Any:
        document, variables, _ = queries.more(batch)
        return errand.ask(document, variables, absent_is_fine=True)

    for batch, answer in each_batch(errand, waiting, ask):
        for place, (node_id, name, cursor) in enumerate(batch):
            node = by_id[node_id]
            field = dict(_LONG[text(node, "__typename")])[name]
            page = dig(answer.data, f"m{place}", field)
            if not isinstance(page, dict):
                continue  # the first page stays marked as not the whole, and is laid into what is known
            node[field]["nodes"] = [*elements(node, field, "nodes"), *elements(page, "nodes")]
            node[field]["pageInfo"] = page.get("pageInfo")
            if following := next_cursor(page, cursor):
                further.append((node_id, name, following))
    return further
