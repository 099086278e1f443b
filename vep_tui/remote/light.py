"""PyGithub's requester without the rest of PyGithub, which is 250 modules of objects nobody here uses; it asks nothing.

Importing the package takes 15 MB and a tenth of a second beside a screen that has just opened. Its module `Requester`
needs almost none of that, so it is imported below a stand-in for the package; where that does not work, all is loaded.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


@cache
def requester_module() -> Any:
    """The module `github.Requester`; whoever imports `github` afterwards gets all of it."""
    if "github" in sys.modules:
        return import_module("github.Requester")
    package = _stand_in()
    sys.modules["github"] = package
    try:
        module = import_module("github.Requester")
        errors = sys.modules["github.GithubException"]
        for name, value in vars(errors).items():
            if isinstance(value, type):
                vars(package).setdefault(name, value)
    except Exception:
        _forget()
        return import_module("github.Requester")
    else:
        _forget()
        return module
    finally:
        # PyGithub installs a handler that writes to stderr, over the screen.
        logging.getLogger("github").handlers.clear()


def _forget() -> None:
    """Leave nothing half imported behind: who imports `github` afterwards gets all of it, from the beginning."""
    for name in [n for n in sys.modules if n.partition(".")[0] == "github"]:
        del sys.modules[name]


def _stand_in() -> ModuleType:
    spec = find_spec("github")
    package = ModuleType("github")
    package.__path__ = list(spec.submodule_search_locations or ()) if spec else []
    package.__spec__ = spec
    return package


class TokenHeader:
    """What PyGithub's `Auth.Token` does; that class alone would load the objects after all."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __repr__(self) -> str:
        return "TokenHeader(...)"

    def authentication(self, headers: MutableMapping[str, str]) -> None:
        """Say who asks."""
        headers["Authorization"] = f"token {self._token}"

    def mask_authentication(self, headers: MutableMapping[str, str]) -> None:
        """Hide it from PyGithub's log."""
        headers["Authorization"] = "token (oauth token removed)"
