"""What must not be loaded when the first rows are on the screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CODE = """
import asyncio, sys
sys.path.insert(0, {here!r})
from small_desk import NOW, SmallDesk
before = set(sys.modules)
from vep_tui.tui.app import VepApp

async def main():
    app = VepApp(SmallDesk(), lambda: None, now=lambda: NOW, poll=0, debounce=60)
    loaded = []
    app.call_after_refresh(lambda: loaded.append(set(sys.modules)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert app.main.queue.rows
    print(*sorted(m for m in loaded[0] if m.split(".")[0] in HEAVY or m in HEAVY))

HEAVY = {{"github", "requests", "urllib3", "markdown_it", "pygments", "yaml", "graphql", "tree_sitter",
         "importlib.metadata", "textual.widgets._markdown", "textual.widgets._text_area", "vep_tui.demo"}}
asyncio.run(main())
"""


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    code = CODE.format(here=str(Path(__file__).parent))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""
