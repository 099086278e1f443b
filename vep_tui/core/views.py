"""The built-in views of the queue, written in the filter language like everybody's own, and the orders of its rows."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """A named query of the queue."""

    name: str
    """As on the command line and in config.toml: "needs-me"."""
    query: str
    """In the filter language."""
    title: str = ""
    """As on the screen; the name where it is empty."""

    @property
    def label(self) -> str:
        """What the screen shows."""
        return self.title or self.name


BUILT_IN = (
    View("needs-me", "is:attention", "Needs me"),
    View("my-sig", "kind:vep is:open sig:@mine", "My SIG"),
    View("post-freeze", "kind:vep is:open is:post-freeze", "Post-freeze"),
    View("all", "kind:vep is:open", "All open"),
)
"""In the order of their number keys."""

SORTS = ("attention", "number", "title", "sig", "stage", "release", "checklist", "age")
"""What the queue can be sorted by, in the order of the sort key; "age" puts first what has not changed for longest."""
