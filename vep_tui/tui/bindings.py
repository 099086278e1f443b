"""Turns rows of the command table into Textual bindings; every binding's id is its command's name."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from vep_tui.tui.commands import Scope, of


def bindings(*scopes: Scope, prefix: str = "", priority: bool = False) -> list[BindingType]:
    """The bindings of the commands at home in these places; `prefix` ("screen.") says who acts on them."""
    return [
        Binding(c.key, prefix + c.action, c.label, id=c.name, show=c.footer, tooltip=c.help, priority=priority)
        for c in of(*scopes)
    ]
