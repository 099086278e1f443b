"""Every query is one that GitHub would accept."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from vep_tui.core import nodes
from vep_tui.remote import queries

SCHEMA = Path(__file__).resolve().parents[2] / "vep_tui" / "demo" / "schema.graphql"
NEW = "the schema here has only what was asked for so far: `make schema`, then answer it in demo/*views.py"


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema(SCHEMA.read_text(encoding="utf-8"), assume_valid=True)


@pytest.mark.parametrize("name", queries.names())
def test_a_query_is_valid_on_githubs_schema(schema: GraphQLSchema, name: str) -> None:
    assert validate(schema, parse(queries.query(name))) == [], NEW


def test_batches_are_valid_on_githubs_schema(schema: GraphQLSchema) -> None:
    lookup, asked = queries.lookup([("a/b", 1), ("c/d.e", 2), ("a/b", 3), ("a/b", 1)])
    assert sorted(asked.values()) == [("a/b", 1), ("a/b", 3), ("c/d.e", 2)]
    blobs, _ = queries.blobs("a/b", ["0" * 40, "no oid"])
    more, _, _ = queries.more([("I_1", name, "c") for name in ("comments", "references", "pull_comments", "reviews")])
    contains, variables, paths = queries.containment("a/b", {"release-1.9": ["0" * 40, "no oid"], "x": []})
    assert paths == {"code.r0.c0": ("release-1.9", "0" * 40)}
    assert variables["b1"] == "refs/heads/x"
    for text in (lookup, blobs, more, contains):
        assert validate(schema, parse(text)) == [], NEW


ELSEWHERE = {"databaseId", "draft", "ghost", "prState", "pullState", "pushedDate", "slug", "user"}
"""What `core.nodes` knows besides: words of REST, and of what was mirrored before."""


def test_what_is_read_is_asked_for() -> None:
    """A field that no query names is unknown of everything, for ever, and looks like one that is empty."""
    asked = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(queries.__file__).parent.rglob("quer*/*.graphql")
    )
    tree = ast.parse(inspect.getsource(nodes))
    words = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    names = {word for word in words if re.fullmatch("[a-z]+([A-Z][a-z]+)*", word)}
    unasked = {name for name in names if not re.search(rf"\b{name}\b", asked)}
    assert unasked == ELSEWHERE, "what core/nodes.py reads is asked for in a file of remote/queries/"


def test_every_query_asks_for_its_price() -> None:
    for name in queries.names():
        assert "rateLimit { cost remaining resetAt }" in queries.query(name), name


def test_ids_of_comments_are_not_read_as_32_bit_numbers() -> None:
    for name in queries.names():
        assert not re.search(r"\bdatabaseId\b", queries.query(name)), name


@pytest.mark.parametrize("ref", [('a/b") { x } #', 1), ("a/b", 2**31), ("a/b", 0), ("a", 1), ("a/b/c", 1), ("-/b", 1)])
def test_what_cannot_be_a_reference_is_not_asked_for(ref: tuple[str, int]) -> None:
    text, asked = queries.lookup([ref])
    assert asked == {}
    assert "issueOrPullRequest" not in text
