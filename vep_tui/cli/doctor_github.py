"""What the doctor asks GitHub: whether it answers, as whom, and what the token may do; it never prints a token."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from vep_tui.cli.exits import CREDENTIALS, FAILED, UNREACHABLE, CommandError
from vep_tui.cli.finding import Finding, State
from vep_tui.cli.parts import Parts
from vep_tui.core.cycle import plural
from vep_tui.settings import Token, TokenError, token_names, web_host

if TYPE_CHECKING:
    from vep_tui.remote.client import Remote
    from vep_tui.remote.errors import RemoteError


def credentials(parts: Parts) -> Iterator[Finding]:
    """Token, login, scopes, limit and clock."""
    from vep_tui.remote.errors import RemoteError

    host = web_host(parts.api_url)
    try:
        token = parts.token()
    except TokenError as trouble:
        yield Finding("token", State.BAD, trouble.text, trouble.advice, CREDENTIALS)
        return
    if token is None:
        yield _no_token(parts, host)
        return
    try:
        remote = parts.remote()
    except CommandError as slip:
        yield Finding("token", State.BAD, f"from {token.source}", str(slip), slip.status)
        return
    yield Finding("token", State.GOOD, f"from {token.source}")
    try:
        login = remote.viewer()
    except RemoteError as error:
        yield _unanswered(error)
        return
    finally:
        remote.close()
    yield Finding("github", State.GOOD, f"answers, and knows you as {login}")
    if (named := parts.config["me.login"]) and named.casefold() != login.casefold():
        text = f"me.login says {named}: the queue is theirs, what you send is {login}'s"
        yield Finding("you", State.NOTE, text, "if that is not meant: `vep-tui config unset me.login`")
    yield _scopes(remote, token, host)
    if remote.remaining is not None:
        reset = f", full again at {remote.reset_at.astimezone():%H:%M %Z}" if remote.reset_at else ""
        yield Finding("limit", State.GOOD, f"{plural(remote.remaining, 'point')} left{reset}")
    if remote.skew is not None and abs(remote.skew) > 60:
        off, way = timedelta(seconds=round(abs(remote.skew))), "behind" if remote.skew > 0 else "ahead of"
        yield Finding("clock", State.NOTE, f"this clock is {off} {way} GitHub's", "set the clock")
    else:
        yield Finding("clock", State.GOOD, "agrees with GitHub's")


def _unanswered(error: RemoteError) -> Finding:
    """Why GitHub does not tell who asks; the status is that which a sync would end with."""
    from vep_tui.sync.outcome import Trouble, trouble_of

    trouble = trouble_of(error)
    if trouble is Trouble.CREDENTIALS:
        return Finding("github", State.BAD, str(error), "make a new token, or log in again", CREDENTIALS)
    if trouble is Trouble.OFFLINE:
        return Finding("github", State.BAD, str(error), "check the network and the address", UNREACHABLE)
    return Finding("github", State.BAD, str(error), "", FAILED)


def _no_token(parts: Parts, host: str) -> Finding:
    names = token_names(host)
    empty = "".join(f"; {name} is set, but empty" for name in names if name in parts.env)
    advice = f"run `gh auth login --hostname {host}`, or set {names[0]}"
    return Finding("token", State.BAD, f"none found for {host}{empty}", advice, CREDENTIALS)


def _scopes(remote: Remote, token: Token, host: str) -> Finding:
    if remote.scopes is None:
        return Finding("scopes", State.NOTE, "GitHub names none (a fine-grained token): commenting may be refused")
    if {"public_repo", "repo"} & {scope.strip() for scope in remote.scopes.split(",")}:
        return Finding("scopes", State.GOOD, remote.scopes)
    by_gh = f": `gh auth refresh --hostname {host} --scopes public_repo`" if token.source.startswith("gh ") else ""
    return Finding("scopes", State.NOTE, remote.scopes or "none", f"comments need the public_repo scope{by_gh}")
