"""Where the token comes from; it is held in memory only and never sent to a host it was not meant for."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from vep_tui.settings.errors import SettingsError

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
_PATIENCE = 5.0
"""Seconds that `gh` is given: a key ring may wait for a person who is not there."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class TokenError(SettingsError):
    """There may be a token, but it cannot be had; `str()` is what happened and what to do."""

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(f"{text}: {advice}")
        self.text, self.advice = text, advice


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it was found; the value never shows in a repr."""

    value: str = field(repr=False)
    source: str
    """For people: "GH_TOKEN", "gh auth token"."""


def check_api_url(url: str) -> str:
    """The URL without a trailing slash; raises `SettingsError` unless it is https, or http on loopback."""
    try:
        parts = urlsplit(url.strip())
        usable = parts.hostname and parts.scheme in ("http", "https") and parts.port != 0
    except ValueError:  # half a bracket, or no port there is
        usable = False
    if not usable or re.search(r"[\s?#]", url.strip()):
        raise SettingsError(f"{url!r} is no API address: give one like https://api.github.com")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise SettingsError(
            f"{url} would send your token unencrypted: use https (plain http only reaches this machine)"
        )
    if parts.username or parts.password:
        raise SettingsError("the API address must not hold a name or password: the token comes from the environment")
    return url.strip().rstrip("/")


def web_host(api_url: str) -> str:
    """The host a person would name: github.com for api.github.com, x.ghe.com for api.x.ghe.com."""
    host = (urlsplit(api_url).hostname or "").lower()
    return host.removeprefix("api.") if host == "api.github.com" or host.endswith(".ghe.com") else host


def api_url_of(host: str) -> str:
    """The API of a host as `gh` has it, from x.ghe.com to an Enterprise server; raises `SettingsError`."""
    if not _HOST.fullmatch(host):
        raise SettingsError(f"GH_HOST is {host!r}, which is no host: give one like ghe.example.com")
    if host == "github.com" or host.endswith(".ghe.com"):
        return f"https://api.{host}"
    return f"https://{host}/api/v3"


def find_token(api_url: str, env: Mapping[str, str], *, gh: str = "gh") -> Token | None:
    """The token for a host, in gh's own order; None when there is none.

    Raises `TokenError` when `gh` does not answer in five seconds, and for what no token can be; it quotes none.
    """
    host = web_host(api_url)
    loopback = host in LOOPBACK
    for name in ("VEP_TUI_TOKEN",) if loopback else token_names(host):
        if value := env.get(name, "").strip():
            return _sound(Token(value, name), f"set {name} anew, without blanks or line ends inside, or unset it")
    if loopback:
        return Token("loopback-dummy", "a dummy for loopback")
    found = _ask_gh(host, env, gh)
    return _sound(found, f"run `gh auth login --hostname {host}` anew") if found else None


def token_names(host: str) -> tuple[str, str]:
    """The variables that hold the token of a host a person would name."""
    public = host == "github.com" or host.endswith(".ghe.com")
    return ("GH_TOKEN", "GITHUB_TOKEN") if public else ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")


def _sound(token: Token, advice: str) -> Token:
    """The token, if a request can carry it."""
    if not (token.value.isascii() and token.value.isprintable() and " " not in token.value):
        raise TokenError(f"What {token.source} gives holds characters that no token has", advice)
    return token


def _ask_gh(host: str, env: Mapping[str, str], gh: str) -> Token | None:
    try:
        done = subprocess.run(  # noqa: S603  # fixed words; the host comes from our own settings
            [gh, "auth", "token", "--hostname", host],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
            env=dict(env),
        )
    except subprocess.TimeoutExpired as silence:
        advice = f"run `gh auth token --hostname {host}` to see what it waits for, or set {token_names(host)[0]}"
        raise TokenError(f"`gh auth token` gave no answer in {_PATIENCE:g} s", advice) from silence
    except OSError:
        return None
    value = done.stdout.strip()
    return Token(value, "gh auth token") if done.returncode == 0 and value else None
