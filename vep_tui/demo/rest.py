"""REST of the double: the routes for issues and comments, with GitHub's refusals; it knows no sockets."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vep_tui.demo import rest_shapes as shapes
from vep_tui.demo.budget import Budget
from vep_tui.demo.identity import number_of, parse_stamp
from vep_tui.demo.records import CommentRecord, IssueRecord, RepoRecord
from vep_tui.demo.state import Site
from vep_tui.demo.visit import RefusalError, Visit, check_body

DOCS = "https://docs.github.com/rest"


@dataclass(slots=True)
class Answer:
    """An answer before it is put on the wire."""

    status: int
    body: Any = None
    """JSON; None for no body."""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One REST request, read."""

    visit: Visit
    base: str
    """The double's own address."""
    method: str
    path: str
    query: Mapping[str, str]
    sent: Any = None
    """Decoded JSON of the request's body."""
    budgets: tuple[Budget, ...] = ()

    @property
    def is_write(self) -> bool:
        """True when the call changes something."""
        return self.method not in ("GET", "HEAD")

    def number(self, name: str, default: int, largest: int) -> int:
        """A numeric query parameter, held within its bounds as GitHub does."""
        text = self.query.get(name, "")
        return min(max(int(text), 1), largest) if text.isdecimal() else default


Route = Callable[..., Answer]
_ROUTES: list[tuple[str, re.Pattern[str], Route]] = []


def _route(method: str, template: str) -> Callable[[Route], Route]:
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template) + r"\Z")

    def register(function: Route) -> Route:
        _ROUTES.append((method, pattern, function))
        return function

    return register


def respond(call: Call) -> Answer:
    """Answer one REST request; refusals come in GitHub's words."""
    if redirect := _moved(call):
        return redirect
    try:
        for method, pattern, function in _ROUTES:
            if method == call.method and (found := pattern.match(call.path)):
                return function(call, **found.groupdict())
    except RefusalError as refusal:
        return _refuse(refusal)
    if not call.path.startswith("/repositories/"):
        call.visit.complaints.append(f"no such route: {call.method} {call.path}")
    return _refuse(RefusalError(404, "Not Found"))


def _refuse(refusal: RefusalError) -> Answer:
    body: dict[str, Any] = {"message": str(refusal), "documentation_url": DOCS, "status": str(refusal.status)}
    if refusal.field:
        fault = {"resource": "IssueComment", "code": "unprocessable", "field": refusal.field, "message": str(refusal)}
        body |= {"message": "Validation Failed", "errors": [fault]}
    return Answer(refusal.status, body)


def ordinary_path(site: Site, path: str) -> str:
    """`/repositories/ID/...`, where renamed repositories point to, as `/repos/...`; other paths as they are."""
    found = re.match(r"/repositories/(\d+)(/.*)?\Z", path)
    for repo in site.repos.values() if found else ():
        if found and number_of("repo", repo.identity) == int(found[1]):
            return f"/repos/{repo.name}{found[2] or ''}"
    return path


def _repo(call: Call, owner: str, name: str) -> RepoRecord:
    repo = call.visit.site.repos.get(f"{owner}/{name}")
    if repo is None:
        raise RefusalError(404, "Not Found")
    return repo


def _moved(call: Call) -> Answer | None:
    """The redirect for a renamed repository: 301 for reads, 307 for writes; None when it has its name still."""
    found = re.match(r"/repos/([^/]+/[^/]+)(/.*)?\Z", call.path)
    if not found or found[1] not in call.visit.site.renamed:
        return None
    repo = call.visit.site.repos[call.visit.site.renamed[found[1]]]
    url = f"{call.base}/repositories/{number_of('repo', repo.identity)}{found[2] or ''}"
    body = {"message": "Moved Permanently", "url": url, "documentation_url": DOCS}
    return Answer(307 if call.is_write else 301, body, {"location": url})


def _issue(call: Call, owner: str, repo: str, number: str) -> tuple[RepoRecord, IssueRecord]:
    home = _repo(call, owner, repo)
    if number.isdecimal() and int(number) in home.deleted:
        raise RefusalError(410, "This issue was deleted")
    if not number.isdecimal() or int(number) not in home.issues:
        raise RefusalError(404, "Not Found")
    return home, home.issues[int(number)]


def _comment(call: Call, owner: str, repo: str, id: str) -> tuple[RepoRecord, IssueRecord, CommentRecord]:
    home = _repo(call, owner, repo)
    for record in home.issues.values():
        for comment in record.comments:
            if str(comment.id) == id:
                return home, record, comment
    raise RefusalError(404, "Not Found")


def _sent_body(call: Call) -> str:
    return check_body(call.sent.get("body") if isinstance(call.sent, dict) else None)


@_route("GET", "/user")
def _user(call: Call) -> Answer:
    if call.visit.viewer is None:
        raise RefusalError(401, "Requires authentication")
    return Answer(200, shapes.private_user(call.base, call.visit))


@_route("GET", "/rate_limit")
def _rate_limit(call: Call) -> Answer:
    rows = {budget.resource: _budget_row(call, budget) for budget in call.budgets}
    return Answer(200, {"resources": {**rows, "search": rows["core"]}, "rate": rows["core"]})


def _budget_row(call: Call, budget: Budget) -> dict[str, int]:
    reset = int(budget.headers(call.visit.site.now)["x-ratelimit-reset"])
    return {"limit": budget.limit, "used": budget.used, "remaining": budget.remaining, "reset": reset}


@_route("GET", "/repos/{owner}/{repo}/issues")
def _list_issues(call: Call, owner: str, repo: str) -> Answer:
    home, ask = _repo(call, owner, repo), call.query
    state, labels = ask.get("state", "open"), {name for name in ask.get("labels", "").split(",") if name}
    rows = [
        record
        for record in home.issues.values()
        if (state == "all" or (record.state == "OPEN") == (state == "open"))
        and labels <= set(record.labels)
        and ("since" not in ask or record.updated_at >= parse_stamp(ask["since"]))
    ]
    place = {
        "updated": lambda row: (row.updated_at, row.number),
        "comments": lambda row: (len(row.comments), row.number),
    }
    rows.sort(
        key=place.get(ask.get("sort", ""), lambda row: (row.created_at, row.number)),
        reverse=ask.get("direction", "desc") == "desc",
    )
    return _paged(call, rows, lambda row: shapes.issue(call.base, call.visit, home, row))


@_route("GET", "/repos/{owner}/{repo}/issues/{number}")
def _get_issue(call: Call, owner: str, repo: str, number: str) -> Answer:
    return Answer(200, shapes.issue(call.base, call.visit, *_issue(call, owner, repo, number)))


@_route("GET", "/repos/{owner}/{repo}/issues/{number}/comments")
def _list_comments(call: Call, owner: str, repo: str, number: str) -> Answer:
    home, record = _issue(call, owner, repo, number)
    rows = list(record.comments)
    if "since" in call.query:
        rows = [row for row in rows if row.updated_at >= parse_stamp(call.query["since"])]
    return _paged(call, rows, lambda row: shapes.comment(call.base, call.visit, home, record, row))


@_route("POST", "/repos/{owner}/{repo}/issues/{number}/comments")
def _create_comment(call: Call, owner: str, repo: str, number: str) -> Answer:
    home, record = _issue(call, owner, repo, number)
    call.visit.check_comment(home, record)
    body = _sent_body(call)
    row = call.visit.site.add_comment(f"{home.name}#{record.number}", call.visit.viewer or "", body)
    shape = shapes.comment(call.base, call.visit, home, record, row)
    return Answer(201, shape, {"location": shape["url"]})


@_route("GET", "/repos/{owner}/{repo}/issues/comments/{id}")
def _get_comment(call: Call, owner: str, repo: str, id: str) -> Answer:
    return Answer(200, shapes.comment(call.base, call.visit, *_comment(call, owner, repo, id)))


@_route("PATCH", "/repos/{owner}/{repo}/issues/comments/{id}")
def _edit_comment(call: Call, owner: str, repo: str, id: str) -> Answer:
    home, record, row = _comment(call, owner, repo, id)
    call.visit.check_edit(home, record, row.author)
    row = call.visit.site.edit_comment(row.id, _sent_body(call), on_web=False, by=call.visit.viewer or "")
    return Answer(200, shapes.comment(call.base, call.visit, home, record, row))


@_route("DELETE", "/repos/{owner}/{repo}/issues/comments/{id}")
def _delete_comment(call: Call, owner: str, repo: str, id: str) -> Answer:
    home, record, row = _comment(call, owner, repo, id)
    call.visit.check_edit(home, record, row.author)
    call.visit.site.delete_comment(row.id)
    return Answer(204)


def _paged(call: Call, rows: Sequence[Any], shape: Callable[[Any], Any]) -> Answer:
    """One page of a list, with the `Link` header that leads on."""
    size, page = call.number("per_page", 30, 100), call.number("page", 1, 1_000_000)
    pages = max(1, -(-len(rows) // size))
    rest = "".join(f"&{name}={value}" for name, value in call.query.items() if name != "page")
    targets = {"prev": page - 1, "next": page + 1, "last": pages, "first": 1}
    wanted = (("prev", "first") if page > 1 else ()) + (("next", "last") if page < pages else ())
    link = ", ".join(f'<{call.base}{call.path}?page={targets[name]}{rest}>; rel="{name}"' for name in wanted)
    return Answer(200, [shape(row) for row in rows[(page - 1) * size : page * size]], {"link": link} if link else {})
