"""Checklist comments of the demo's other reviewers, written as the application itself writes them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

from vep_tui.core.comment import render
from vep_tui.core.models import ItemState, Statement
from vep_tui.core.process import read_process


def checklist_comment(entry: Mapping[str, Any], at: datetime) -> str:
    """The body of one `[[checklist]]` entry of world.toml; a note goes to its first item that is done.

    What GitHub showed is what the entry says under `met`, and for the other items what the SIG agreed on.
    """
    process = read_process(tomllib.loads(files("vep_tui").joinpath("process.toml").read_text(encoding="utf-8")))
    done, na, met = entry["done"], entry.get("na", ()), entry.get("met", {})
    agreed = "not met, agreed on in the SIG meeting all the same"
    shown = {key: f"met, {met[key]}" if key in met else agreed for key in (*done, *na)}
    notes = {done[0]: entry.get("note", "")}
    statements = [Statement(key, ItemState.DONE, at, notes.get(key, ""), shown[key]) for key in done]
    statements += [Statement(key, ItemState.NA, at, "", shown[key]) for key in na]
    op = hashlib.sha1(f"{entry['vep']}/{entry['who']}".encode(), usedforsecurity=False).hexdigest()[:32]
    branch = f"release-{entry['release']}"
    return render(entry["vep"], entry["release"], statements, op, entry["who"], at, None, process, branch)
