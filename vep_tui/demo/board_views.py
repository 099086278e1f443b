"""Organisations, teams and project boards as GraphQL shows them."""

# ruff: noqa: D102, ARG002 (GitHub's schema documents the fields; some orders and filters change nothing here)

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vep_tui.demo.identity import WEB, node_id, number_of, stamp
from vep_tui.demo.paging import FieldError
from vep_tui.demo.records import BoardRecord
from vep_tui.demo.views import ActorView, ThreadView, thread
from vep_tui.demo.visit import Visit


class TeamView:
    """A team and its members."""

    typename = "Team"

    def __init__(self, visit: Visit, combined_slug: str) -> None:
        self.combined_slug = combined_slug
        self.slug = self.name = combined_slug.rpartition("/")[2]
        self.id = node_id("T", combined_slug)
        self.logins = visit.site.teams.get(combined_slug, [])

    def members(
        self, membership: str = "ALL", order_by: Any = None, query: str | None = None, role: str | None = None
    ) -> list[ActorView]:
        return [ActorView(login) for login in self.logins if query is None or query.casefold() in login.casefold()]


class OptionView:
    """A value a single-select field may have."""

    def __init__(self, field: str, name: str) -> None:
        self.name = name
        self.id = f"{number_of('option', field, name):08x}"


class FieldView:
    """A single-select field of a board."""

    typename = "ProjectV2SingleSelectField"
    data_type = "SINGLE_SELECT"

    def __init__(self, board: BoardRecord, name: str) -> None:
        self.name = name
        self.id = node_id("PVTSSF", board.organization, board.number, name)
        self.values = sorted({row[name] for row in board.items.values() if name in row})

    def options(self, names: Sequence[str] | None = None) -> list[OptionView]:
        return [OptionView(self.name, value) for value in self.values if names is None or value in names]


class ValueView:
    """The value of a field on one item."""

    typename = "ProjectV2ItemFieldSingleSelectValue"

    def __init__(self, board: BoardRecord, number: int, field: str, value: str) -> None:
        self.id = node_id("PVTFSV", board.organization, board.number, number, field)
        self.field = FieldView(board, field)
        self.name = value
        self.option_id = OptionView(field, value).id


class ItemView:
    """An issue on a board."""

    typename = "ProjectV2Item"
    type = "ISSUE"
    is_archived = False

    def __init__(self, visit: Visit, board: BoardRecord, number: int) -> None:
        self.visit, self.board, self.number = visit, board, number
        self.id = node_id("PVTI", board.organization, board.number, number)
        self.updated_at = stamp(visit.site.now)

    @property
    def content(self) -> ThreadView | None:
        repo = self.visit.site.repos.get(self.board.repository)
        record = repo.issues.get(self.number) if repo else None
        return thread(self.visit, repo, record) if repo and record else None

    def field_values(self, order_by: Any = None) -> list[ValueView]:
        return [ValueView(self.board, self.number, *pair) for pair in self.board.items[self.number].items()]

    def field_value_by_name(self, name: str) -> ValueView | None:
        value = self.board.items[self.number].get(name)
        return None if value is None else ValueView(self.board, self.number, name, value)


class BoardView:
    """A project board."""

    typename = "ProjectV2"

    def __init__(self, visit: Visit, board: BoardRecord) -> None:
        self.visit, self.board = visit, board
        self.id = node_id("PVT", board.organization, board.number)
        self.number = board.number
        self.title = board.title
        self.updated_at = stamp(visit.site.now)
        self.url = f"{WEB}/orgs/{board.organization}/projects/{board.number}"
        self.closed = False

    def fields(self, order_by: Any = None) -> list[FieldView]:
        names = dict.fromkeys(name for row in self.board.items.values() for name in row)
        return [FieldView(self.board, name) for name in names]

    def items(self, order_by: Any = None, query: str = "") -> list[ItemView]:
        return [ItemView(self.visit, self.board, number) for number in self.board.items]


class OrganizationView:
    """An organisation: an owner of repositories, teams or boards of the site."""

    typename = "Organization"

    def __init__(self, visit: Visit, login: str) -> None:
        self.visit, self.login = visit, login
        self.id = node_id("O", login)
        self.name = login
        self.url = f"{WEB}/{login}"

    @property
    def viewer_is_a_member(self) -> bool:
        return self.visit.viewer in self.visit.site.members

    def project_v2(self, number: int) -> BoardView | None:
        if "project" not in self.visit.site.scopes:
            raise FieldError(
                "INSUFFICIENT_SCOPES",
                "Your token has not been granted the required scopes to execute this query. The 'projectV2' field "
                f"requires one of the following scopes: ['read:project'], but your token has only been granted the: "
                f"{self.visit.site.scopes.split(', ')} scopes.",
            )
        board = self.visit.site.boards.get(number)
        if board is None or board.organization != self.login:
            raise FieldError("NOT_FOUND", f"Could not resolve to a ProjectV2 with the number {number}.")
        return BoardView(self.visit, board)

    def team(self, slug: str) -> TeamView | None:
        combined = f"{self.login}/{slug}"
        return TeamView(self.visit, combined) if combined in self.visit.site.teams else None
