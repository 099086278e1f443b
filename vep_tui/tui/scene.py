"""The circumstances in which a page is read: clock, viewer, bots and site; constant while a page is painted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from vep_tui.tui.commands import key_of


class Scene(NamedTuple):
    """What every page painter needs beside the thing it paints."""

    now: datetime
    me: str | None
    bots: tuple[str, ...]
    """Case-folded logins."""
    site: str
    """ "https://github.com", without a slash at the end."""
    home: str
    """`owner/name` of the enhancements repository."""
    proposal: str = "VEP"
    """What a proposal is called here."""
    keys: Mapping[str, str] = MappingProxyType({})
    """The keys of commands that are rebound, by their names."""

    def key(self, name: str) -> str:
        """The key of a command as it is bound now, for words that name it."""
        return key_of(name, self.keys)

    def is_bot(self, login: str) -> bool:
        """True for a login that no person writes under."""
        return login.casefold() in self.bots or login.casefold().endswith("[bot]")

    def is_me(self, login: str) -> bool:
        """True for the person looking."""
        return self.me is not None and login.casefold() == self.me.casefold()

    def who(self, login: str | None) -> str:
        """A login as the viewer reads it: their own is "you"."""
        if not login:
            return "nobody"
        return "you" if self.me and login.casefold() == self.me.casefold() else login

    def url_of(self, ref: str) -> str:
        """Address of `owner/repo#n`; GitHub sends /issues/ on to /pull/ where it is one."""
        repository, _, number = ref.partition("#")
        return f"{self.site}/{repository}/issues/{number}"

    def short(self, ref: str) -> str:
        """`kubevirt/kubevirt#1` as `kubevirt#1`; one of the enhancements repository as `#1`."""
        repository, _, number = ref.partition("#")
        return f"#{number}" if repository == self.home else f"{repository.rpartition('/')[2]}#{number}"
