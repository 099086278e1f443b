"""Hands out the GraphQL documents in queries/*.graphql and puts look-up batches together; it sends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

_SPREAD = re.compile(r"\.\.\.([A-Z]\w*)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}/[A-Za-z0-9._-]{1,100}\Z")
_OID = re.compile(r"[0-9a-f]{40,64}\Z")
HIGHEST = 2**31 - 1
"""GraphQL's Int ends here; a greater number would spoil the whole query."""
RATE = "rateLimit { cost remaining resetAt }"


@cache
def _text(name: str) -> str:
    return (files("vep_tui.remote") / "queries" / f"{name}.graphql").read_text(encoding="utf-8")


@cache
def query(name: str) -> str:
    """The document `queries/<name>.graphql` with every fragment that it uses."""
    return _with_fragments(_text(name))


def names() -> tuple[str, ...]:
    """Every document that can be asked for by name."""
    found = (p.name for p in (files("vep_tui.remote") / "queries").iterdir())
    return tuple(sorted(n.removesuffix(".graphql") for n in found if n.endswith(".graphql") and n[0].islower()))


def lookup(refs: Iterable[tuple[str, int]]) -> tuple[str, dict[str, tuple[str, int]]]:
    """A query for issues or pull requests by number, and which alias path asks for which (`r0.n1`).

    References that cannot exist are left out; at most 100 belong into one query.
    """
    by_repo: dict[str, list[int]] = {}
    for repo, number in refs:
        if is_ref(repo, number):
            by_repo.setdefault(repo, []).append(number)
    parts: list[str] = []
    asked: dict[str, tuple[str, int]] = {}
    for r, (repo, numbers) in enumerate(by_repo.items()):
        owner, name = repo.split("/")
        inner = []
        for number in dict.fromkeys(numbers):
            inner.append(f"n{number}: issueOrPullRequest(number: {number}) {{ ...Linked }}")
            asked[f"r{r}.n{number}"] = (repo, number)
        parts.append(f'r{r}: repository(owner: "{owner}", name: "{name}") {{ nameWithOwner {" ".join(inner)} }}')
    return _with_fragments(f"query Lookup {{ {' '.join(parts)} {RATE} }}"), asked


def blobs(repo: str, oids: Sequence[str]) -> tuple[str, dict[str, str]]:
    """A query for the texts of blobs of one repository, and which alias asks for which oid."""
    if not is_ref(repo, 1):
        raise ValueError("not a repository name")
    asked = {f"b{i}": oid for i, oid in enumerate(oids) if _OID.match(oid)}
    inner = " ".join(f'{alias}: object(oid: "{oid}") {{ ...Text }}' for alias, oid in asked.items())
    owner, name = repo.split("/")
    text = f'query Blobs {{ repository(owner: "{owner}", name: "{name}") {{ nameWithOwner {inner} }} {RATE} }}'
    return _with_fragments(text), asked


def containment(
    repo: str, wanted: Mapping[str, Sequence[str]]
) -> tuple[str, dict[str, str], dict[str, tuple[str, str]]]:
    """A query for which commits some branches contain, and where these branches are; commits by branch.

    Gives the document, its variables, and for each alias path (`code.r0.c1`) the (branch, oid) it asks for.
    """
    owner, _, name = repo.partition("/")
    variables = {"owner": owner, "name": name}
    declared = ["$owner: String!", "$name: String!"]
    parts: list[str] = []
    asked: dict[str, tuple[str, str]] = {}
    for r, (branch, oids) in enumerate(wanted.items()):
        declared.append(f"$b{r}: String!")
        variables[f"b{r}"] = f"refs/heads/{branch}"
        known = [oid for oid in oids if _OID.match(oid)]
        inner = " ".join(f'c{c}: compare(headRef: "{oid}") {{ status }}' for c, oid in enumerate(known))
        asked |= {f"code.r{r}.c{c}": (branch, oid) for c, oid in enumerate(known)}
        parts.append(f"r{r}: ref(qualifiedName: $b{r}) {{ target {{ oid }} {inner} }}")
    inside = f"code: repository(owner: $owner, name: $name) {{ {' '.join(parts)} }}"
    return f"query Contains({', '.join(declared)}) {{ {inside} {RATE} }}", variables, asked


def more(wanted: Iterable[tuple[str, str, str]]) -> tuple[str, dict[str, str], dict[str, tuple[str, str]]]:
    """A query for the next pages of several nodes: (node id, connection, cursor) each.

    Connections: comments, references, pull_comments, reviews. Gives the document, its variables, and for each
    alias the (node id, connection) it asks for.
    """
    parts: list[str] = []
    declared: list[str] = []
    variables: dict[str, str] = {}
    asked: dict[str, tuple[str, str]] = {}
    for i, (node, connection, cursor) in enumerate(wanted):
        declared.append(f"$i{i}: ID!, $c{i}: String!")
        variables |= {f"i{i}": node, f"c{i}": cursor}
        parts.append(f"m{i}: node(id: $i{i}) {{ __typename {_MORE[connection].replace('CURSOR', f'$c{i}')} }}")
        asked[f"m{i}"] = (node, connection)
    text = f"query More({', '.join(declared)}) {{ {' '.join(parts)} {RATE} }}"
    return _with_fragments(text), variables, asked


def is_ref(repo: str, number: int) -> bool:
    """True when GitHub could have an issue or pull request of that name."""
    return bool(_NAME.match(repo)) and 0 < number <= HIGHEST


_PAGE = "pageInfo { hasNextPage endCursor }"
_MORE = {
    "comments": f"... on Issue {{ comments(first: 100, after: CURSOR) {{ {_PAGE} nodes {{ ...Comment }} }} }}",
    "references": "... on Issue { timelineItems(first: 100, after: CURSOR, itemTypes: [CROSS_REFERENCED_EVENT]) "
    f"{{ {_PAGE} nodes {{ ...Reference }} }} }}",
    "pull_comments": "... on PullRequest { comments(first: 100, after: CURSOR) "
    f"{{ {_PAGE} nodes {{ ...Comment }} }} }}",
    "reviews": f"... on PullRequest {{ reviews(first: 100, after: CURSOR) {{ {_PAGE} nodes {{ ...Review }} }} }}",
}


def _with_fragments(text: str) -> str:
    """The text with the definition of every fragment it spreads, each once."""
    known: dict[str, str] = {}
    waiting = list(dict.fromkeys(_SPREAD.findall(text)))
    while waiting:
        name = waiting.pop()
        if name not in known:
            known[name] = _text(name)
            waiting += _SPREAD.findall(known[name])
    return "\n".join([text, *(known[name] for name in sorted(known))])
