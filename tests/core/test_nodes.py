"""GitHub's JSON as models: in both shapes, and never an exception."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vep_tui.core import nodes
from vep_tui.core.models import PrState

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FIELDS = (
    *("id", "node_id", "number", "title", "body", "state", "url", "html_url", "author", "user", "createdAt"),
    *("updatedAt", "labels", "assignees", "comments", "timelineItems", "repository", "mergeCommit", "reviews"),
    *("reviewRequests", "commits", "files", "fullDatabaseId", "submittedAt", "commit", "source", "nodes"),
)
NODE = st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=12)


@given(NODE | JUNK)
def test_junk_never_raises(node: Any) -> None:
    for read in (nodes.read_issue, nodes.read_pull, nodes.read_comment, nodes.read_review, nodes.read_bug):
        read(node)
    nodes.ref_of(node)
    nodes.referring_pulls(node)


def test_an_issue_is_read_with_its_thread_and_the_pull_requests_that_refer_to_it() -> None:
    issue = nodes.read_issue(
        {
            "id": "I_1",
            "number": 190,
            "title": "VEP 190: Plugins",
            "state": "OPEN",
            "author": {"login": "alice"},
            "createdAt": "2026-06-01T10:00:00Z",
            "updatedAt": "2026-06-02T10:00:00Z",
            "labels": {"nodes": [{"name": "sig/compute"}, None]},
            "assignees": {"nodes": [{"login": "alice"}]},
            "comments": {
                "nodes": [{"id": "C_1", "author": None, "body": "hello", "createdAt": "2026-06-02T09:00:00Z"}]
            },
            "timelineItems": {
                "nodes": [
                    {"source": {"__typename": "Issue", "number": 3, "repository": {"nameWithOwner": "a/b"}}},
                    {"source": None},
                    {"source": {"__typename": "PullRequest", "number": 7, "repository": {"nameWithOwner": "a/b"}}},
                    {"source": {"__typename": "PullRequest", "number": 7, "repository": {"nameWithOwner": "A/B"}}},
                ]
            },
        }
    )
    assert (issue.number, issue.state, issue.labels, issue.assignees) == (190, "open", ("sig/compute",), ("alice",))
    assert issue.created_at == datetime(2026, 6, 1, 10, tzinfo=UTC)
    assert issue.comments[0].author == nodes.GHOST
    assert [p.ref for p in issue.references] == ["a/b#7"]


@pytest.mark.parametrize(
    ("node", "state"),
    [
        ({"state": "OPEN"}, PrState.OPEN),
        ({"pullState": "CLOSED"}, PrState.CLOSED),
        ({"state": "CLOSED", "mergedAt": "2026-06-01T10:00:00Z"}, PrState.MERGED),
        ({"state": "MERGED"}, PrState.MERGED),
        ({}, PrState.UNKNOWN),
        ({"state": "NEW WORD"}, PrState.UNKNOWN),
    ],
)
def test_the_state_of_a_pull_request_is_known_or_said_to_be_unknown(node: dict[str, Any], state: PrState) -> None:
    assert nodes.read_pull(node).state is state


def test_people_and_teams_are_asked_for_reviews() -> None:
    requests = [
        {"requestedReviewer": {"login": "bob"}},
        {"requestedReviewer": {"combinedSlug": "kubevirt/sig-network"}},
        {"requestedReviewer": {"slug": "storage", "organization": {"login": "kubevirt"}}},
        {"requestedReviewer": None},
    ]
    assert nodes.read_pull({"reviewRequests": {"nodes": requests}}).review_requests == (
        "bob",
        "kubevirt/sig-network",
        "kubevirt/storage",
    )


def test_a_comment_reads_the_same_from_rest_as_from_graphql() -> None:
    graphql = {
        "id": "IC_1",
        "fullDatabaseId": "5270000001",
        "author": {"login": "bob"},
        "body": "+1",
        "createdAt": "2026-06-01T10:00:00Z",
        "updatedAt": "2026-06-01T11:00:00Z",
        "url": "https://github.com/a/b/issues/1#issuecomment-5270000001",
    }
    rest = {
        "id": 5270000001,
        "node_id": "IC_1",
        "user": {"login": "bob"},
        "body": "+1",
        "created_at": "2026-06-01T10:00:00Z",
        "updated_at": "2026-06-01T11:00:00Z",
        "url": "https://api.github.com/repos/a/b/issues/comments/5270000001",
        "html_url": "https://github.com/a/b/issues/1#issuecomment-5270000001",
    }
    assert nodes.read_comment(rest) == nodes.read_comment(graphql)


@pytest.mark.parametrize(
    "actor",
    [
        {"author": {"__typename": "Bot", "login": "review-helper"}},
        {"user": {"type": "Bot", "login": "review-helper[bot]"}},
    ],
)
def test_a_machine_is_named_as_rest_names_it(actor: dict[str, Any]) -> None:
    assert nodes.read_comment(actor).author == "review-helper[bot]"
    assert nodes.read_pull(actor).author == "review-helper[bot]"


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01T00:00:00Z", "9999-12-31T23:59:59-23:00", None, 7, []])
def test_what_is_no_moment_is_none(text: Any) -> None:
    assert nodes.moment(text) is None


def test_moments_come_out_in_utc() -> None:
    assert nodes.moment("2026-06-01T12:00:00+02:00") == datetime(2026, 6, 1, 10, tzinfo=UTC)
