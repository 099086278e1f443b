"""Tokens: gh's order, the right host only, never shown."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from vep_tui.settings import SettingsError, TokenError, api_url_of, check_api_url, find_token, standard_paths, web_host

GITHUB = "https://api.github.com"


@pytest.fixture
def fake_gh(tmp_path: Path) -> str:
    """A `gh` that answers with the host it was asked for."""
    path = tmp_path / "gh"
    path.write_text(f'#!{sys.executable}\nimport sys\nprint("from-gh-" + sys.argv[sys.argv.index("--hostname") + 1])\n')
    path.chmod(0o755)
    return str(path)


def test_gh_token_beats_github_token_beats_gh(fake_gh: str) -> None:
    both = {"GH_TOKEN": "a", "GITHUB_TOKEN": "b"}
    first, second, third = (find_token(GITHUB, env, gh=fake_gh) for env in (both, {"GITHUB_TOKEN": "b"}, {}))
    assert first and first.value == "a"
    assert second and second.value == "b"
    assert third and third.value == "from-gh-github.com" and third.source == "gh auth token"


def test_a_token_is_never_sent_to_a_host_it_was_not_meant_for(fake_gh: str) -> None:
    env = {"GH_TOKEN": "public", "GITHUB_TOKEN": "public", "VEP_TUI_TOKEN": "loop"}
    loop = find_token("http://127.0.0.1:99", env, gh=fake_gh)
    other = find_token("https://ghe.example.com/api/v3", env, gh=fake_gh)
    dummy = find_token("http://localhost:99", {"GH_TOKEN": "public"}, gh=fake_gh)
    assert loop and loop.value == "loop"
    assert other and other.value == "from-gh-ghe.example.com"
    assert dummy and dummy.value != "public"
    ghe = find_token("https://ghe.example.com/api/v3", {**env, "GH_ENTERPRISE_TOKEN": "ent"}, gh=fake_gh)
    assert ghe and ghe.value == "ent"


def test_what_no_token_can_be_is_told_and_not_quoted(tmp_path: Path) -> None:
    gh = tmp_path / "gh"
    gh.write_text(f"#!{sys.executable}\nprint('a new release is out')\n")
    gh.chmod(0o755)
    for env, source in (({"GITHUB_TOKEN": "tw o"}, "GITHUB_TOKEN"), ({}, "gh auth token")):
        with pytest.raises(TokenError) as told:
            find_token(GITHUB, env, gh=str(gh))
        assert told.value.text == f"What {source} gives holds characters that no token has"
        assert told.value.advice and "tw o" not in str(told.value) and "release" not in str(told.value)


def test_an_empty_variable_is_no_token() -> None:
    assert find_token(GITHUB, {"GH_TOKEN": " "}, gh="/nowhere/gh") is None


def test_a_token_does_not_show_in_its_repr() -> None:
    token = find_token(GITHUB, {"GH_TOKEN": "secret"}, gh="/nowhere/gh")
    assert "secret" not in repr(token)


@pytest.mark.parametrize("url", ["http://example.com", "ftp://x", "nonsense", "https://me:pw@api.github.com", ""])
def test_an_address_that_would_leak_the_token_is_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        check_api_url(url)


@pytest.mark.parametrize(
    "url", ["https://api.github.com/", "http://127.0.0.1:8000", "http://[::1]:1", "http://localhost:2/api/v3"]
)
def test_https_and_loopback_are_accepted(url: str) -> None:
    assert check_api_url(url) == url.rstrip("/")


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("github.com", GITHUB),
        ("x.ghe.com", "https://api.x.ghe.com"),
        ("ghe.example.com", "https://ghe.example.com/api/v3"),
        ("ghe.example.com:8443", "https://ghe.example.com:8443/api/v3"),
    ],
)
def test_the_api_of_a_host_is_where_gh_finds_it(host: str, url: str) -> None:
    assert api_url_of(host) == check_api_url(url)
    assert web_host(url) == host.partition(":")[0]


@pytest.mark.parametrize("host", ["https://ghe.example.com", "a b", "me@evil.example", "-x", "x/y"])
def test_what_is_no_host_is_not_asked(host: str) -> None:
    with pytest.raises(SettingsError, match="is no host: give one like ghe"):
        api_url_of(host)


def test_hosts_have_folders_of_their_own_and_ports_do_not() -> None:
    assert web_host(GITHUB) == "github.com"
    assert web_host("https://api.x.ghe.com") == "x.ghe.com"
    a, b, c = (standard_paths(u).outbox for u in (GITHUB, "http://127.0.0.1:1", "http://127.0.0.1:2"))
    assert a != b == c


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_a_gh_that_does_not_answer_is_told_from_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vep_tui.settings.tokens._PATIENCE", 0.1)
    path = tmp_path / "gh"
    path.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")
    path.chmod(0o755)
    with pytest.raises(SettingsError, match=r"`gh auth token` gave no answer in 0\.1 s"):
        find_token(GITHUB, {}, gh=str(path))
