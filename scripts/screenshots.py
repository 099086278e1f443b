"""Makes the pictures of README and guide from the demo, through the real parts; `--check` says which are out of date.

The demo has a clock of its own, so the same code gives the same pictures on every machine and every day.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import html
import os
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vep_tui.tui.commands import key_table_markdown

if TYPE_CHECKING:
    from argparse import Namespace

    from textual.pilot import Pilot

    from vep_tui.cli.parts import Parts

FOLDER = Path(__file__).resolve().parents[1] / "screenshots"
WIDE, MEDIUM, NARROW = (140, 40), (80, 24), (60, 20)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what was pressed on which screen."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: str = "vep-dark"
    ascii: bool = False


SHOTS = (
    Shot("wide-dark", WIDE, ("t", "down", "down", "down")),
    Shot("wide-light", WIDE, ("x", "down", "x"), theme="vep-light"),
    Shot("wide-contrast", WIDE, ("t", "space"), theme="vep-contrast"),
    Shot("wide-ansi", WIDE, theme="ansi-dark", ascii=True),
    Shot("medium", MEDIUM, ("down", "enter")),
    Shot("narrow", NARROW),
    Shot("narrow-checklist", NARROW, ("t",)),
    Shot("document", WIDE, ("4", "enter", "right_square_bracket")),
    Shot("pulls", WIDE, ("4", "down", "right_square_bracket", "right_square_bracket")),
    Shot("conversation", WIDE, ("4", "g", "m")),
    Shot("facts", WIDE, ("t", "down", "enter")),
    Shot("calendar", (110, 40), ("C",)),
    Shot("filter", WIDE, ("4", "slash", *"sig:compute needs:")),
    Shot("settings", (100, 30), ("comma", "down", "down", "space")),
    Shot("help", (100, 50), ("question_mark",)),
)
"""The formats, the themes that differ most, and each thing one reads."""

_FONT_FACE = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
_ID = re.compile(r"terminal-\d+")
_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_MADE_FROM = re.compile(r"<!-- made from ([0-9a-f]+) -->")


def made_from(shot: Shot) -> str:
    """A digest of the picture's recipe and of the keys it may show: another one means an outdated picture."""
    return hashlib.sha256(f"{shot!r}\n{key_table_markdown()}".encode()).hexdigest()[:16]


def recipe_of(svg: str) -> str | None:
    """The digest a picture was made from."""
    found = _MADE_FROM.search(svg)
    return found.group(1) if found else None


def words_of(svg: str) -> str:
    """What a picture says, without how it is drawn."""
    return "\n".join(html.unescape(text).replace("\xa0", " ").rstrip() for text in _TEXT.findall(svg))


def tidy(svg: str, shot: Shot) -> str:
    """Textual's picture without fonts from other sites, and with ids that do not change with every colour."""
    svg = _FONT_FACE.sub("", svg).replace("Fira Code", "ui-monospace, DejaVu Sans Mono, Menlo, Consolas")
    svg = _ID.sub(f"terminal-{shot.name}", svg)
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE).rstrip() + f"\n<!-- made from {made_from(shot)} -->\n"


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing moves any more."""
    main = pilot.app.main  # type: ignore[attr-defined]
    for _ in range(500):
        await pilot.pause()
        if main.pending is None and main.detail.settled:
            await pilot.pause()
            return
        await asyncio.sleep(0.01)
    raise SystemExit("the screen did not come to rest")


async def take(parts: Parts, shot: Shot, args: Namespace) -> str:
    """One picture as SVG."""
    from vep_tui.cli.preferences import ConfigFile
    from vep_tui.tui.app import VepApp
    from vep_tui.tui.glyphs import Glyphs
    from vep_tui.tui.look import Look

    desk = parts.desk()
    app = VepApp(
        desk,
        lambda: None,
        now=parts.now,
        theme=shot.theme,
        look=Look(Glyphs(shot.ascii)),
        preferences=lambda: ConfigFile(parts, args),
        debounce=0,
        poll=0,
    )
    async with app.run_test(size=shot.size) as pilot:
        await settle(pilot)
        for key in shot.keys:
            await pilot.press({" ": "space", ":": "colon"}.get(key, key))
            await settle(pilot)
        await pilot.pause(0.3)
        await settle(pilot)
        picture = tidy(app.export_screenshot(title="vep-tui"), shot)
    for entry in desk.outbox_entries():
        desk.drop(entry.id)  # what one picture shows is no part of the next
    return picture


def pictures(shots: tuple[Shot, ...]) -> dict[str, str]:
    """The pictures by name; each from a desk of its own over one synced store."""
    from vep_tui.cli.arguments import build_parser
    from vep_tui.cli.parts import open_parts

    config = Path.home() / ".config" / "vep-tui" / "config.toml"
    args = build_parser().parse_args(["--demo", "--config", str(config)])
    with open_parts(args, {}) as parts:
        sync = parts.sync_run()
        sync.run(full=True)
        sync.close()
        return {shot.name: asyncio.run(take(parts, shot, args)) for shot in shots}


def main() -> int:
    """Write the pictures, or compare them with what is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a picture is out of date")
    parser.add_argument("names", nargs="*", help="only these pictures")
    args = parser.parse_args()
    os.environ["TZ"] = "UTC"
    time.tzset()
    shots = tuple(s for s in SHOTS if not args.names or s.name in args.names)
    stale = []
    with tempfile.TemporaryDirectory(prefix="vep-tui-pictures-") as home:
        os.environ["HOME"] = home
        made = pictures(shots)
    for name, svg in made.items():
        path = FOLDER / f"{name}.svg"
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if words_of(before) != words_of(svg) or recipe_of(before) != recipe_of(svg):
            stale.append(name)
        if not args.check:
            FOLDER.mkdir(exist_ok=True)
            path.write_text(svg, encoding="utf-8")
    if args.check:
        print("out of date: " + ", ".join(stale) if stale else "all pictures are current")
        return 1 if stale else 0
    print(f"wrote {len(shots)} pictures, {len(stale)} of them changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
