"""What the doctor looks at on this machine: settings, terminal, files and who may read them; it opens no store."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from vep_tui.cli.exits import FAILED, USAGE
from vep_tui.cli.finding import Finding, State
from vep_tui.cli.out import on_terminal
from vep_tui.cli.parts import Parts, api_url_said
from vep_tui.cli.slips import problems
from vep_tui.settings import OF_TERMINAL, ascii_said

_BESIDE = ("", "-wal", "-shm", "-journal", ".lock", ".1")
"""Endings of the files that lie beside one of ours."""


def settings(parts: Parts) -> Iterator[Finding]:
    """The file of settings, what is wrong in it, and what this runs on."""
    path = parts.paths.config
    wrong, remarks = problems(path, parts.config)
    if path.exists() and not wrong:
        yield Finding("config", State.GOOD, f"{path}")
    elif not path.exists():
        yield Finding(
            "config",
            State.GOOD,
            f"{path} is not there: defaults apply",
            "`vep-tui doctor --fix` writes one that explains every setting",
            mend=lambda: _begin_config(path),
        )
    for slip in wrong:
        yield Finding("config", State.BAD, slip, "correct it: `vep-tui config edit`", USAGE)
    for remark in remarks:
        yield Finding("config", State.NOTE, remark, "correct or delete the line: `vep-tui config edit`")
    said, source = api_url_said(parts.config, None, parts.env)
    by = f", from {source}" if source != "default" and said.rstrip("/") == parts.api_url else ""
    yield Finding("host", State.GOOD, f"{parts.api_url}{by}")
    yield Finding("python", State.GOOD, ".".join(map(str, sys.version_info[:3])))


def _begin_config(path: Path) -> str:
    from vep_tui.settings.writing import create

    create(path)
    return f"{path} is there now: it explains every setting and changes none"


def terminal(parts: Parts) -> Iterator[Finding]:
    """Whether the screen can be drawn here; nothing is said where there is no terminal."""
    if not on_terminal(sys.stderr):
        return
    kind = os.environ.get("TERM", "")
    if os.name == "posix" and kind in ("dumb", "unknown"):
        advice = "name the terminal's kind, as in: export TERM=xterm-256color"
        yield Finding("terminal", State.NOTE, f"TERM is {kind!r}: the screen may come out as a mess", advice)
    encoding = sys.stderr.encoding or "utf-8"
    plain, source = ascii_said(parts.config, parts.env)
    if plain and source == OF_TERMINAL:
        advice = "if it does show more: export LC_ALL=C.UTF-8, or `vep-tui config set ui.ascii false`"
        yield Finding("terminal", State.NOTE, "drawn in ASCII, as TERM or the locale tells of no more", advice)
    elif encoding.casefold().replace("-", "").startswith("utf") or plain:
        yield Finding("terminal", State.GOOD, f"{kind or 'of no kind'}, {encoding}{', in ASCII' if plain else ''}")
    else:
        yield Finding(
            "terminal",
            State.NOTE,
            f"its encoding is {encoding}, which lacks the signs of the screen",
            "choose a UTF-8 locale, as in: export LC_ALL=C.UTF-8; or `vep-tui config set ui.ascii true`",
        )


def files(parts: Parts) -> Iterator[Finding]:
    """Our files: where they are, how big, and whether only their owner may read them."""
    for name, path in (("cache", parts.paths.mirror), ("outbox", parts.paths.outbox), ("log", parts.paths.log)):
        folder = path.parent
        if folder.exists() and not folder.is_dir():
            advice = f"move it away: {_shell('mv', folder, f'{folder}.old')}"
            yield Finding(name, State.BAD, f"{folder} is in the way: it is no folder", advice, FAILED)
            continue
        if folder.exists() and (trouble := _rights(name, (folder,), 0o700)) is not None:
            yield trouble
            if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                continue
        yield from _file(name, path)


def _file(name: str, path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding(name, State.GOOD, f"{path} (not there yet)")
        return
    kept = sorted(path.parent.glob(f"{path.name}.damaged-*"))
    beside = [side for ending in _BESIDE if (side := path.with_name(path.name + ending)).is_file()]
    trouble = _rights(name, (*beside, *kept), 0o600)
    yield trouble or Finding(name, State.GOOD, f"{path} ({_size(path)})")
    for copy in kept:
        if not copy.name.endswith(("-wal", "-shm", "-journal")):
            copies = [other for other in kept if other.name.startswith(copy.name)]
            delete = _shell("rm" if os.name == "posix" else "del", *copies)
            advice = "nothing needs it" if name == "cache" else "compare the checklists on GitHub with it"
            yield Finding(
                name, State.NOTE, f"a damaged file is kept: {copy} ({_size(copy)})", f"{advice}; then: {delete}"
            )


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1_000_000:.1f} MB"


def _rights(name: str, paths: Sequence[Path], wanted: int) -> Finding | None:
    """What is wrong with who may read and write; None when all is as it should be, or cannot be known here."""
    if os.name != "posix":
        return None
    foreign = [path for path in paths if path.stat().st_uid != os.getuid()]
    if foreign and not all(os.access(path, os.R_OK | os.W_OK) for path in foreign):
        advice = f"ask for it: {_shell('sudo', 'chown', str(os.getuid()), *foreign)}"
        return Finding(name, State.BAD, f"{foreign[0]} belongs to somebody else", advice, FAILED)
    own = [path for path in paths if path not in foreign]
    locked = [path for path in own if path.stat().st_mode & 0o700 & wanted != wanted]
    loose = [path for path in own if path.stat().st_mode & 0o077]
    if not locked and not loose:
        return None
    says = f"{(locked or loose)[0]} {'cannot be written by you' if locked else 'can be read by others'}"
    odd = tuple(dict.fromkeys((*locked, *loose)))
    command = _shell("chmod", f"{wanted:o}", *odd)
    return Finding(
        name,
        State.BAD if locked else State.NOTE,
        says,
        f"`vep-tui doctor --fix`, or: {command}",
        FAILED if locked else 0,
        lambda: _make_private(odd, wanted),
    )


def _make_private(paths: Sequence[Path], mode: int) -> str:
    for path in paths:
        path.chmod(mode)
    return f"only you can read {', '.join(map(str, paths))} now"


def _shell(*words: object) -> str:
    """Words as one types them in this system's shell."""
    said = [str(word) for word in words]
    return shlex.join(said) if os.name == "posix" else subprocess.list2cmdline(said)
