"""`python -m bench` prints one table; `python -m bench compare A B` sets two revisions side by side."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.compare import compare
from bench.first_frame import first_frames
from bench.keys import key_figures
from bench.peers import against_peers
from bench.size import growth_figures, memory_figures
from bench.syncing import keys_beside, sync_figures
from bench.table import Figure, show
from bench.world import Home, Scale, fill

PARTS = ("start", "peers", "keys", "beside", "sync", "memory", "growth")


def figures(folder: Path, parts: list[str], *, large: int, rounds: int) -> Iterator[Figure]:
    """All figures of these parts, as they come."""
    homes = {size: Home(folder / f"store-{size}") for size in (50, 200, 500, large)}
    for size, home in homes.items():
        print(f"building a store of {size} VEPs", file=sys.stderr, flush=True)
        fill(home, Scale(size))
    if "start" in parts:
        yield from first_frames({size: homes[size] for size in (200, large)}, rounds)
    if "peers" in parts:
        yield from against_peers(homes[200], folder, max(rounds // 3, 3))
    if "keys" in parts:
        yield from key_figures({size: homes[size] for size in (50, large)}, max(rounds // 2, 3))
    if "beside" in parts:
        yield from keys_beside(homes[large], folder / "beside", Scale(large))
    if "sync" in parts:
        for size in (200, large):
            yield from sync_figures(folder / f"sync-{size}", Scale(size))
    if "memory" in parts:
        yield from memory_figures({size: homes[size] for size in (200, large)})
    if "growth" in parts:
        yield from growth_figures({size: homes[size] for size in (50, 500, large)}, folder / "growth")


def main() -> None:
    """Read the words and measure."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"some of {', '.join(PARTS)}; or: compare A B")
    parser.add_argument("--large", type=int, default=5000, help="VEPs of the large store")
    parser.add_argument("--rounds", type=int, default=15, help="pairs of starts; keys are pressed in proportion")
    parser.add_argument("--json", action="store_true", help="one JSON object of figures by name")
    args = parser.parse_args()
    if args.parts[:1] == ["compare"]:
        print(compare(*args.parts[1:3], ["--large", str(args.large), "--rounds", str(args.rounds), *args.parts[3:]]))
        return
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="vep-tui-bench-") as folder:
        for figure in figures(Path(folder), args.parts or list(PARTS), large=args.large, rounds=args.rounds):
            found.append(figure)
            print(show([figure]), file=sys.stderr, flush=True)
    print(json.dumps({f.what: f.value for f in found}) if args.json else show(found))


if __name__ == "__main__":
    main()
