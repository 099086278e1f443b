"""PyGithub's requester alone: light, the same as with all of PyGithub, and in nobody's way."""

from __future__ import annotations

import subprocess
import sys

import pytest

from vep_tui.remote import light


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_only_the_requester_is_loaded() -> None:
    code = (
        "import sys, requests; before = set(sys.modules)\n"
        "from vep_tui.remote.light import requester_module; requester_module()\n"
        "print(len(set(sys.modules) - before), *(m for m in sys.modules if m.partition('.')[0] in ('github', 'jwt')))"
    )
    assert int(run(code)) <= 40


def test_all_of_pygithub_can_be_imported_before_and_afterwards() -> None:
    after = (
        "from vep_tui.remote.light import requester_module; module = requester_module()\n"
        "from github import Github, Auth\n"
        "print(Github(auth=Auth.Token('t')).requester.__class__.__name__ == module.Requester.__name__)"
    )
    assert run(after) == "True"
    before = (
        "from github.Requester import Requester\n"
        "from vep_tui.remote.light import requester_module; print(requester_module().Requester is Requester)"
    )
    assert run(before) == "True"


def test_what_the_stand_in_cannot_carry_is_loaded_whole() -> None:
    code = (
        "from types import ModuleType\n"
        "from vep_tui.remote import light\n"
        "light._stand_in = lambda: ModuleType('github')\n"
        "print(light.requester_module().Requester.__name__)"
    )
    assert run(code) == "Requester"


def test_a_token_is_sent_and_masked_as_pygithub_does() -> None:
    from github import Auth

    sent: list[dict[str, str]] = []
    for auth in (light.TokenHeader("abc"), Auth.Token("abc")):
        headers: dict[str, str] = {}
        auth.authentication(headers)
        masked = dict(headers)
        auth.mask_authentication(masked)
        sent += [headers, masked]
    assert sent[:2] == sent[2:]
    assert "abc" not in repr(light.TokenHeader("abc"))


@pytest.mark.parametrize("name", ["Requester", "HTTPRequestsConnectionClass", "HTTPSRequestsConnectionClass"])
def test_what_is_used_of_pygithub_is_there(name: str) -> None:
    assert hasattr(light.requester_module(), name)
