"""Where files live (platformdirs), private to the user: folders 0700, files 0600; it opens none of them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from vep_tui.settings.errors import SettingsError

NAME = "vep-tui"
DEFAULT_PROFILE = "kubevirt"


class Paths(NamedTuple):
    """The files of one GitHub host and one profile."""

    config: Path
    """config.toml."""
    mirror: Path
    """The rebuildable cache of GitHub."""
    outbox: Path
    """Ticks, posts, drafts and notes: never lost."""
    log: Path


def standard_paths(api_url: str, config: Path | None = None, profile: str = DEFAULT_PROFILE) -> Paths:
    """The user's folders for a host and a profile.

    github.com and the default profile lie at the top; every other host, and every other profile below its host, has a
    folder of its own, so that what one community says never mixes with another's. Raises `SettingsError` for a user
    who has no home.
    """
    import platformdirs

    folder = Path(_host_folder(api_url)) / ("" if profile == DEFAULT_PROFILE else f"profile-{_plain(profile)}")
    try:
        return Paths(
            config=config or platformdirs.user_config_path(NAME, appauthor=False) / "config.toml",
            mirror=platformdirs.user_cache_path(NAME, appauthor=False) / folder / "mirror.db",
            outbox=platformdirs.user_data_path(NAME, appauthor=False) / folder / "outbox.db",
            log=platformdirs.user_log_path(NAME, appauthor=False) / "vep-tui.log",
        )
    except RuntimeError as nowhere:
        raise SettingsError("Nobody knows your home folder, where settings and outbox are: set HOME") from nowhere


def temporary_paths(root: Path, config: Path) -> Paths:
    """The same files in one throw-away folder (for the demo), but for the settings: they are the user's own."""
    return Paths(config, root / "cache" / "mirror.db", root / "data" / "outbox.db", root / "log" / "vep-tui.log")


def private_folder(path: Path) -> None:
    """Make a folder that only the user can read; raises OSError."""
    for folder in (*reversed(path.parents), path):
        folder.mkdir(mode=0o700, exist_ok=True)  # `parents` would leave those above as open as any
    if os.name == "posix" and path.stat().st_uid == os.getuid():
        path.chmod(0o700)


def _host_folder(api_url: str) -> str:
    host = (urlsplit(api_url).hostname or "").lower()
    return "" if host in ("api.github.com", "github.com", "") else _plain(host)


def _plain(name: str) -> str:
    """A name that is a folder's name on every system: Windows keeps some for devices, and drops dots at the end.

    Of letters that no such name can have only their number is left: a digest tells two such names apart.
    """
    plain = re.sub(r"[^a-z0-9.-]|\.$", "_", name.lower())
    if not name.isascii():
        from hashlib import sha256  # seldom

        plain += f"-{sha256(name.lower().encode('utf-8', 'replace')).hexdigest()[:8]}"
    return f"{plain}_" if re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", plain) else plain
