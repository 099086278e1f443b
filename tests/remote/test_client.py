"""What the client makes of every way in which a request can go, seen from its callers."""

from __future__ import annotations

import logging
import socket
import traceback
from datetime import timedelta

import pytest

from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double
from vep_tui.remote import errors
from vep_tui.remote.client import Remote

REPO = "kubevirt/enhancements"
VIEWER = "query Viewer { viewer { login } rateLimit { cost remaining resetAt } }"
LIST = 'query List { repository(owner: "kubevirt", name: "enhancements") { issues(first: 5) { nodes { number } } } }'

READ = {
    "bad-credentials": errors.BadCredentials,
    "login-required": errors.LoginRequired,
    "anonymous-limit": errors.LoginRequired,
    "primary-limit": errors.RateLimited,
    "primary-limit-429": errors.RateLimited,
    "secondary-limit": errors.RateLimited,
    "secondary-limit-retry-after": errors.RateLimited,
    "too-many-requests": errors.RateLimited,
    "too-many-requests-retry-after": errors.RateLimited,
    "submitted-too-quickly": errors.RateLimited,
    "sso": errors.SsoRequired,
    "fine-grained-token": errors.Forbidden,
    "locked": errors.Locked,
    "blocked": errors.Forbidden,
    "archived": errors.Forbidden,
    "not-yours": errors.Forbidden,
    "not-found": errors.NotGitHub,
    "gone": errors.Gone,
    "too-long": errors.Invalid,
    "server-error": errors.ServerTrouble,
    "bad-gateway-html": errors.TooBig,
    "unavailable-text": errors.ServerTrouble,
    "gateway-timeout-json": errors.TooBig,
    "moved-301": errors.Moved,
    "moved-307": errors.Moved,
    "portal-html": errors.NotGitHub,
    "portal-redirect": errors.NotGitHub,
    "graphql-rate-limited": errors.RateLimited,
    "graphql-secondary-limit": errors.RateLimited,
    "graphql-resource-limits": errors.TooBig,
    "graphql-node-limit": errors.TooBig,
    "graphql-went-wrong": errors.TooBig,
    "graphql-insufficient-scopes": errors.Forbidden,
    "graphql-not-found": None,
    "graphql-sso": None,
    "reset": errors.Truncated,
    "reset-midway": errors.Truncated,
    "truncated": errors.Truncated,
    "cut-json": errors.Truncated,
    "empty": errors.Truncated,
    "drip": None,
    "delay": None,
    "hang": errors.DeadlineExceeded,
    "clock-ahead": None,
    "clock-behind": None,
    "odd-text": None,
}
"""Fault to what a GraphQL read ends with; None: with data."""

DOUBTFUL = {
    "server-error",
    "bad-gateway-html",
    "unavailable-text",
    "gateway-timeout-json",
    "portal-html",
    "portal-redirect",
    "reset",
    "reset-midway",
    "truncated",
    "cut-json",
    "empty",
    "hang",
    "odd-text",
}
"""Faults that leave open whether a write took effect."""


def test_every_fault_of_the_catalogue_is_in_the_table() -> None:
    assert set(READ) == set(FAULTS)


@pytest.mark.parametrize("name", sorted(READ))
def test_a_read_ends_with_data_or_with_the_name_of_the_fault(double: Double, name: str) -> None:
    remote = Remote(double.url, "t0ken-of-test", deadline=0.3 if name == "hang" else 30, now=lambda: double.site.now)
    double.faults.add(FAULTS[name](times=-1, **({"seconds": 0.001} if name in ("drip", "delay") else {})))
    expected = READ[name]
    if expected is None:
        assert remote.graphql(LIST, {}).data["repository"]["issues"]["nodes"]
    else:
        with pytest.raises(errors.RemoteError) as caught:
            remote.graphql(LIST, {})
        assert type(caught.value) is expected
        assert "t0ken-of-test" not in "".join(traceback.format_exception(caught.value))
        assert str(caught.value).endswith((".", "login`", "Authorise")) or "http" in str(caught.value)
    remote.close()


@pytest.mark.parametrize("name", sorted(n for n in READ if not n.startswith("graphql-")))
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_write_is_sent_once_and_never_called_refused_when_it_may_have_arrived(
    double: Double, name: str, when: str
) -> None:
    remote = Remote(double.url, "t0ken-of-test", deadline=0.3 if name == "hang" else 30, write_interval=0)
    fault = FAULTS[name](times=-1, **({"seconds": 0.001} if name in ("drip", "delay") else {}))
    if name not in ("delay", "drip", "clock-ahead", "clock-behind", "odd-text", "truncated", "cut-json"):
        fault.when = when
    double.faults.add(fault)
    outcome: type[Exception] | None = None
    try:
        remote.post_comment(REPO, 10, "hello")
    except errors.RemoteError as error:
        outcome = type(error)
    assert len(double.log.requests) == 1
    if name in DOUBTFUL:
        assert outcome is errors.InDoubt
    elif READ[name] is None:
        assert outcome is None
        assert len(double.site.repo(REPO).issues[10].comments) == 1
    else:
        # Of a comment a 404 is GitHub's answer; of GraphQL, where what is missing is told with 200, it is none.
        assert outcome is (errors.NotFound if name == "not-found" else READ[name])
    remote.close()


def test_a_comment_is_created_and_edited(remote: Remote, double: Double) -> None:
    made = remote.post_comment(REPO, 10, "one\ntwo")
    assert made["body"] == "one\ntwo"
    assert remote.edit_comment(REPO, made["id"], "three")["body"] == "three"
    assert remote.requests == 2


def test_a_refused_connection_is_provably_unsent(double: Double) -> None:
    remote = Remote(double.url, "t0ken", write_interval=0)
    with double.refusing():
        with pytest.raises(errors.Unsent):
            remote.post_comment(REPO, 10, "hello")
        with pytest.raises(errors.Unsent):
            remote.graphql(VIEWER, {})
    assert remote.post_comment(REPO, 10, "hello")["body"] == "hello"
    remote.close()


def test_a_name_that_does_not_resolve_is_provably_unsent(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(errors.Unsent):
        Remote("https://api.github.invalid", "t0ken").post_comment(REPO, 10, "x")


def test_a_proxy_that_is_not_there_is_named_and_nothing_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free.getsockname()[1]}")
    with pytest.raises(errors.Unsent, match="The proxy cannot be reached"):
        Remote("https://api.github.invalid", "t0ken").post_comment(REPO, 10, "x")


def test_a_passing_401_does_not_fail_a_read(remote: Remote, double: Double) -> None:
    double.faults.add(FAULTS["bad-credentials"](times=1))
    assert remote.viewer() == "reviewer"
    assert remote.requests == 2


def test_an_abandoned_request_does_not_spoil_the_next(double: Double) -> None:
    remote = Remote(double.url, "t0ken", deadline=0.3, write_interval=0)
    double.faults.add(FAULTS["hang"](times=1))
    with pytest.raises(errors.DeadlineExceeded):
        remote.viewer()
    assert remote.viewer() == "reviewer"
    remote.close()


def test_a_slow_drip_is_left_at_the_deadline(double: Double) -> None:
    remote = Remote(double.url, "t0ken", deadline=0.2)
    double.faults.add(FAULTS["drip"](seconds=5.0))
    with pytest.raises(errors.DeadlineExceeded):
        remote.graphql(LIST, {})


def test_without_a_token_nothing_is_sent(double: Double) -> None:
    remote = Remote(double.url, None)
    for ask in (lambda: remote.graphql(VIEWER, {}), lambda: remote.post_comment(REPO, 10, "x")):
        with pytest.raises(errors.LoginRequired):
            ask()
    assert double.log.requests == []


@pytest.mark.parametrize("url", ["http://github.example.com", "ftp://x", "github.com", "https://me:pw@github.com"])
def test_a_token_is_not_shown_to_the_network(url: str) -> None:
    with pytest.raises(errors.Unusable) as caught:
        Remote(url, "t0ken")
    assert "t0ken" not in str(caught.value)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize("token", ["t0ken\n", "t0ken x", "t0kén", "\x00t0ken"])
def test_a_token_that_is_none_is_refused_without_being_quoted(token: str) -> None:
    with pytest.raises(errors.Unusable) as caught:
        Remote("https://api.github.com", token)
    assert "t0k" not in str(caught.value)


def test_a_redirect_is_told_and_not_followed(remote: Remote, double: Double) -> None:
    double.faults.add(FAULTS["moved-301"]("comments", headers={"location": "http://192.0.2.1/elsewhere"}))
    with pytest.raises(errors.Moved) as caught:
        remote.post_comment(REPO, 10, "words")
    assert caught.value.url == "http://192.0.2.1/elsewhere"
    assert remote.requests == len(double.log.requests) == 1


def test_a_limit_ends_at_the_servers_reset_by_our_own_clock(double: Double) -> None:
    ours = double.site.now - timedelta(hours=5)
    remote = Remote(double.url, "t0ken", now=lambda: ours)
    reset = int((double.site.now + timedelta(minutes=30)).timestamp())
    double.faults.add(FAULTS["primary-limit"](headers={"x-ratelimit-reset": str(reset)}))
    with pytest.raises(errors.RateLimited) as caught:
        remote.graphql(VIEWER, {})
    assert timedelta(minutes=29) < caught.value.retry_at - ours <= timedelta(minutes=30)
    assert not caught.value.secondary
    remote.close()


def test_a_secondary_limit_without_a_time_waits_a_minute_and_then_longer(double: Double) -> None:
    ours = double.site.now
    remote = Remote(double.url, "t0ken", now=lambda: ours)
    double.faults.add(FAULTS["secondary-limit"](times=2))
    waits = []
    for _ in range(2):
        with pytest.raises(errors.RateLimited) as caught:
            remote.graphql(VIEWER, {})
        waits.append((caught.value.retry_at - ours).total_seconds())
    assert waits == [60, 120]
    remote.close()


def test_writes_keep_their_distance(double: Double) -> None:
    clock, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    remote = Remote(double.url, "t0ken", write_interval=1.0, monotonic=lambda: clock[0], sleep=sleep)
    remote.post_comment(REPO, 10, "one")
    clock[0] += 0.25
    remote.post_comment(REPO, 10, "two")
    clock[0] += 5
    remote.post_comment(REPO, 10, "three")
    assert slept == [0.75]
    remote.close()


def test_an_echo_that_differs_leaves_the_write_in_doubt(remote: Remote, double: Double) -> None:
    double.faults.add(FAULTS["odd-text"]("POST .*comments"))
    with pytest.raises(errors.InDoubt):
        remote.post_comment(REPO, 10, "hello")


def test_a_server_without_githubs_header_is_believed_when_it_speaks_json(remote: Remote, double: Double) -> None:
    double.faults.add(FAULTS["delay"](seconds=0.0, headers={"x-github-request-id": ""}, times=-1))
    assert remote.viewer() == "reviewer"
    assert remote.post_comment(REPO, 10, "x")["id"]


def test_text_that_no_store_can_hold_is_replaced_at_the_door(remote: Remote, double: Double) -> None:
    double.site.repo(REPO).issues[10].body = "a\0b\ud83dc 🚀"
    query = 'query Q { repository(owner: "kubevirt", name: "enhancements") { issue(number: 10) { body } } }'
    body = remote.graphql(query, {}).data["repository"]["issue"]["body"]
    body.encode("utf-8")
    assert "\0" not in body
    assert "🚀" in body


def test_what_was_used_is_counted(remote: Remote, double: Double) -> None:
    answer = remote.graphql(VIEWER, {})
    assert (answer.cost, remote.requests, remote.points) == (1, 1, 1)
    assert remote.received_bytes > 0
    assert remote.scopes == "public_repo, read:org"
    assert remote.server_date is not None
    assert remote.remaining is not None
    assert remote.skew is not None


def test_pygithub_writes_nothing_over_the_screen(remote: Remote, capfd: pytest.CaptureFixture[str]) -> None:
    remote.viewer()
    assert logging.getLogger("github").handlers == []
    assert capfd.readouterr().err == ""


def test_a_remote_does_not_show_its_token(remote: Remote) -> None:
    assert "t0ken" not in repr(remote) + repr(vars(remote)["_line"])
