"""OWNERS, OWNERS_ALIASES and sigs.yaml as people, merged over repositories; emeriti are left out, nobody is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vep_tui.core.models import People
from vep_tui.core.refs import distinct
from vep_tui.core.sigs import sig_name
from vep_tui.core.yamls import read_yaml, text_at, texts

_LOGIN = re.compile(r"@?(?P<login>[A-Za-z0-9][A-Za-z0-9-]{0,38})", re.ASCII)
_ALIAS = re.compile(r"sig-(?P<sig>[a-z0-9][a-z0-9-]{0,60}?)-(?:approvers|reviewers|leads|chairs|maintainers)")
_TEAM = re.compile(r"release-team(?:-\w{1,20})?|(?:emeritus-)?team-release")


class Owners(NamedTuple):
    """What one OWNERS file says."""

    approvers: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Labels that Prow adds to changes in this folder."""


class Leadership(NamedTuple):
    """Who leads a SIG by sigs.yaml."""

    chairs: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    """Technical leads of the SIG and leads of its subprojects."""


def read_owners(text: str) -> Owners:
    """Approvers, reviewers and labels, of the file and of its `filters`; entries may be names of aliases."""
    read = read_yaml(text)
    filters = read.get("filters") if isinstance(read, dict) else None
    parts = [read, *(filters.values() if isinstance(filters, dict) else ())]
    found = [
        distinct(entry for part in parts if isinstance(part, dict) for entry in _logins(part.get(key)))
        for key in ("approvers", "reviewers")
    ]
    labels = distinct(label for part in parts if isinstance(part, dict) for label in texts(part.get("labels")))
    return Owners(found[0], found[1], labels)


def read_aliases(text: str) -> dict[str, tuple[str, ...]]:
    """Alias to its members, aliases in lower case."""
    read = read_yaml(text)
    aliases = read.get("aliases") if isinstance(read, dict) else None
    if not isinstance(aliases, dict):
        return {}
    return {name.casefold(): _logins(who) for name, who in aliases.items() if isinstance(name, str)}


def read_sigs(text: str) -> dict[str, Leadership]:
    """SIG to its leadership; a SIG is named by its label, else its folder, else its name."""
    read = read_yaml(text)
    groups = read.get("sigs") if isinstance(read, dict) else None
    found: dict[str, Leadership] = {}
    for group in groups if isinstance(groups, list) else ():
        name = next((n for key in ("label", "dir", "name") if (n := sig_name(text_at(group, key)))), None)
        if name is None:
            continue
        leadership = group.get("leadership")
        projects = group.get("subprojects")
        leads = (
            *_members(leadership, "tech_leads"),
            *(login for project in (projects if isinstance(projects, list) else ()) for login in _members(project)),
        )
        before = found.get(name, Leadership())
        found[name] = Leadership(
            distinct((*before.chairs, *_members(leadership, "chairs"))), distinct((*before.leads, *leads))
        )
    return found


def merge_people(
    enhancements_owners: Owners,
    aliases_by_repo: Mapping[str, Mapping[str, Iterable[str]]],
    sigs_yaml: Mapping[str, Leadership],
    extra: Iterable[str] = (),
) -> People:
    """Everybody who may speak, by SIG, over all sources.

    Earlier sources give a handle its spelling: OWNERS, then the aliases in the order given, then sigs.yaml, then the
    local list. A sub-alias ("sig-compute-instancetype-approvers") belongs to the SIG whose name it begins with.
    """
    aliases = [(name.casefold(), tuple(who)) for by_name in aliases_by_repo.values() for name, who in by_name.items()]
    stems = {match["sig"] for name, _ in aliases if (match := _alias(name))}
    members: dict[str, list[str]] = {sig: [] for sig in sigs_yaml}
    others: list[str] = []
    for name, who in aliases:
        if match := _alias(name):
            members.setdefault(_owning(match["sig"], frozenset(sigs_yaml), stems), []).extend(who)
        elif _TEAM.fullmatch(name):
            others.extend(who)
    for sig, leadership in sigs_yaml.items():
        members[sig].extend((*leadership.chairs, *leadership.leads))
    everyone: dict[str, list[str]] = {}
    for name, who in aliases:
        everyone.setdefault(name, []).extend(who)
    approvers = _expanded(enhancements_owners.approvers, everyone)
    reviewers = _expanded(enhancements_owners.reviewers, everyone)
    others.extend(_logins(list(extra)))
    spelled = {
        login.casefold(): login
        for login in reversed((*approvers, *reviewers, *(w for who in members.values() for w in who), *others))
    }

    def spell(logins: Iterable[str]) -> tuple[str, ...]:
        return distinct(spelled.get(login.casefold(), login) for login in logins)

    return People(
        sigs=tuple((sig, spell(who)) for sig, who in members.items() if who),
        chairs=tuple((sig, spell(found.chairs)) for sig, found in sigs_yaml.items() if found.chairs),
        approvers=spell(approvers),
        reviewers=spell(reviewers),
        others=spell(others),
    )


def _alias(name: str) -> re.Match[str] | None:
    return None if "emeritus" in name else _ALIAS.fullmatch(name)


def _owning(stem: str, named: frozenset[str], stems: set[str]) -> str:
    """The SIG an alias belongs to: itself, the longest SIG it begins with, or the one SIG it abbreviates."""
    if stem in named:
        return stem
    parents = [sig for sig in {*named, *stems} if stem.startswith(f"{sig}-")]
    if parents:
        return min(parents, key=len)
    longer = [sig for sig in named if sig.startswith(stem) and "-" not in sig.removeprefix(stem)]
    return longer[0] if len(longer) == 1 else stem


def _logins(value: Any) -> tuple[str, ...]:
    found = (_LOGIN.fullmatch(word) for word in texts(value))
    return distinct(match["login"] for match in found if match)


def _members(group: Any, key: str = "leads") -> tuple[str, ...]:
    """The handles in a list of people with a `github` key, or of bare handles."""
    people = group.get(key) if isinstance(group, dict) else None
    return _logins([text_at(p, "github") or p for p in people]) if isinstance(people, list) else ()


def _expanded(entries: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Entries with the names of aliases replaced by their members."""
    return distinct(login for entry in entries for login in aliases.get(entry.casefold(), (entry,)))
