"""`vep-tui doctor`: what is set up, what is not, and what to do about it; it never prints a token."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from vep_tui.cli.as_json import printed
from vep_tui.cli.commands import open_desk
from vep_tui.cli.exits import CREDENTIALS, FAILED, OK, UNREACHABLE, USAGE
from vep_tui.cli.parts import Parts
from vep_tui.cli.slips import problems
from vep_tui.core.text import one_line
from vep_tui.settings import web_host


class State(StrEnum):
    """How a finding is meant."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    about: str
    state: State
    text: str
    advice: str = ""
    """What to do; empty when there is nothing to do."""
    status: int = OK
    """The exit status this finding asks for."""


def doctor(parts: Parts, args: Namespace) -> int:
    """Look at everything and say it; the status is that of the first problem."""
    if parts.demo is not None:
        open_desk(parts)  # a demo is empty before its first sync, and that is nothing to complain about
    checks: tuple[Callable[[Parts], Iterator[Finding]], ...] = (_settings, _paths, _stores, _credentials)
    found = [finding for check in checks for finding in check(parts)]
    if args.json:
        print(printed({"findings": [asdict(f) for f in found]}))  # noqa: T201
    else:
        for finding in found:
            print(f"{finding.state:<8} {finding.about:<9} {one_line(finding.text)}")  # noqa: T201
            if finding.advice:
                print(f"{'':<18} -> {one_line(finding.advice)}")  # noqa: T201
    return next((f.status for f in found if f.status), OK)


def _settings(parts: Parts) -> Iterator[Finding]:
    there = parts.paths.config.exists()
    text = f"{parts.paths.config}" if there else f"{parts.paths.config} is not there: defaults apply"
    yield Finding("config", State.GOOD, text)
    wrong, remarks = problems(parts.paths.config, parts.config)
    for slip in wrong:
        yield Finding("config", State.BAD, slip, "correct it: `vep-tui config edit`", USAGE)
    for remark in remarks:
        yield Finding("config", State.NOTE, remark, "correct or delete the line")
    yield Finding("host", State.GOOD, parts.api_url)
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("python", State.GOOD, python)


def _paths(parts: Parts) -> Iterator[Finding]:
    names = (("cache", parts.paths.mirror), ("outbox", parts.paths.outbox), ("log", parts.paths.log))
    for name, path in names:
        yield _path(name, path)


def _path(name: str, path: Path) -> Finding:
    if not path.exists():
        return Finding(name, State.GOOD, f"{path} (not there yet)")
    size = path.stat().st_size / 1_000_000
    if path.stat().st_mode & 0o077 and sys.platform != "win32":
        return Finding(name, State.NOTE, f"{path} ({size:.1f} MB) can be read by others", f"chmod 600 {path}")
    return Finding(name, State.GOOD, f"{path} ({size:.1f} MB)")


def _stores(parts: Parts) -> Iterator[Finding]:
    from vep_tui.store.errors import StoreError

    try:
        desk = parts.desk()
    except StoreError as error:
        yield Finding("stores", State.BAD, str(error), "see the sentence above", FAILED)
        return
    for notice in desk.notices:
        yield Finding("stores", State.NOTE, notice)
    for line in desk.health():
        yield Finding("stores", State.GOOD, line)
    header, releases = desk.header(), desk.world.releases
    if header.synced_at is None:
        yield Finding("sync", State.NOTE, "never synced", "run `vep-tui sync`")
    else:
        yield Finding(
            "sync", State.GOOD, f"last at {header.synced_at.astimezone():%Y-%m-%d %H:%M %Z}, {header.total} rows"
        )
    if header.board_missing:
        yield Finding("board", State.NOTE, header.board_missing)
    elif not desk.world.process.board.get("number"):
        yield Finding("board", State.GOOD, "none configured ([process.board] number): releases come from the documents")
    for part in header.stale:
        yield Finding("sync", State.NOTE, f"not fetched the last time: {part}", "run `vep-tui sync`")
    if header.held or header.in_doubt:
        text = f"{header.held} held, {header.in_doubt} in doubt"
        yield Finding("outbox", State.NOTE, text, "`vep-tui outbox` says why")
    if releases:
        newest = max(releases, key=lambda r: tuple(map(int, r.version.split("."))))
        yield Finding("schedule", State.GOOD, f"{len(releases)} found, the newest for v{newest.version}")
    else:
        yield Finding(
            "schedule", State.NOTE, "no schedule file yet", "sync, or give dates in config.toml under [dates]"
        )
    me = f"{header.me}, in {', '.join(header.my_sigs) or 'no SIG'}" if header.me else "not known before the first sync"
    advice = "" if header.my_sigs or not header.me else "name your SIGs in config.toml: [me] sigs = [...]"
    yield Finding("you", State.NOTE if advice else State.GOOD, me, advice)


def _credentials(parts: Parts) -> Iterator[Finding]:
    from vep_tui.remote.errors import BadCredentials, RemoteError

    token = parts.token()
    if token is None:
        host = web_host(parts.api_url)
        advice = f"run `gh auth login --hostname {host}`, or set GH_TOKEN"
        yield Finding("token", State.BAD, f"none found for {host}", advice, CREDENTIALS)
        return
    yield Finding("token", State.GOOD, f"from {token.source}")
    remote = parts.remote()
    try:
        login = remote.viewer()
    except BadCredentials as error:
        yield Finding("github", State.BAD, str(error), "make a new token, or log in again", CREDENTIALS)
        return
    except RemoteError as error:
        yield Finding("github", State.BAD, str(error), "check the network and the address", UNREACHABLE)
        return
    finally:
        remote.close()
    yield Finding("github", State.GOOD, f"answers, and knows you as {login}")
    if remote.scopes is None:
        yield Finding("scopes", State.NOTE, "GitHub names none (a fine-grained token): commenting may be refused")
    elif {"public_repo", "repo"} & {scope.strip() for scope in remote.scopes.split(",")}:
        yield Finding("scopes", State.GOOD, remote.scopes or "none")
    else:
        yield Finding("scopes", State.NOTE, remote.scopes or "none", "comments need the public_repo scope")
    if remote.remaining is not None:
        reset = f", full again at {remote.reset_at.astimezone():%H:%M %Z}" if remote.reset_at else ""
        yield Finding("limit", State.GOOD, f"{remote.remaining} points left{reset}")
    if remote.skew is not None and abs(remote.skew) > 60:
        yield Finding("clock", State.NOTE, f"this clock is {-remote.skew:.0f} s ahead of GitHub's", "set the clock")
    else:
        yield Finding("clock", State.GOOD, "agrees with GitHub's")
