"""Fetches documents, schedules and the files that say who is who; it understands none of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from vep_tui.remote import queries
from vep_tui.sync.errand import Errand
from vep_tui.sync.lookups import Wanted
from vep_tui.sync.pages import NotThere, each_batch
from vep_tui.sync.shapes import dig, elements, text

READABLE = ("", ".md", ".markdown", ".yaml", ".yml", ".txt")
"""Endings of the files whose text is of use; pictures are not."""
BLOBS = 100
"""Texts asked for at once: those of a whole community, and no more than some megabytes of a larger one."""
OIDS = "oids"
"""Meta key: oid of each folder or file at the last pull, by its place in the sweep: "release/schedules"."""
SMALL_FILES = {
    "enhancements": ("owners", "aliases"),
    "release": ("schedules", "aliases"),
    "community": ("sigs", "aliases"),
    "code": ("aliases",),
}
"""By role of the repository, the files that say who is who, and the folder of schedules."""
REPOSITORIES = tuple(SMALL_FILES)
"""Roles of the repositories that hold files for us."""


def expressions(errand: Errand) -> dict[str, str]:
    """Where the files are, as git says it."""
    paths = errand.process.paths
    return {key: f"HEAD:{paths[key]}" for key in ("documents", "owners", "schedules", "aliases", "sigs")}


def pull_documents(errand: Errand, wanted: Wanted, *, full: bool) -> None:
    """The documents folder: the oids of all in one request, then the texts of those that are new, some at a time."""
    repo, root = errand.process.enhancements, errand.process.paths["documents"]
    variables = {**errand.names("enhancements"), "documents": f"HEAD:{root}"}
    answer = errand.ask_twice("documents", {**variables, "texts": False})
    if not isinstance(dig(answer.data, "repository"), dict):
        raise NotThere("GitHub does not show the documents.")
    tree = {path: oid for path, (oid, _) in _blobs_below(dig(answer.data, "repository", "documents"), root)}
    before = errand.mirror.oids(repo, f"{root}/")
    fresh = {path: oid for path, oid in tree.items() if before.get(path) != oid}
    owners = errand.process.paths["owners"]
    texts_to_come = sum(path.rpartition("/")[2] != owners for path in fresh)
    errand.expect("documents", errand.fetched["documents"] + texts_to_come)
    if fresh and not _keep_texts(errand, wanted, repo, fresh):
        # A server that finds no blob by its oid has them in the tree all the same.
        again = errand.ask("documents", {**variables, "texts": True})
        texts = dict(_blobs_below(dig(again.data, "repository", "documents"), root))
        _keep(errand, wanted, repo, {path: (o, w) for path, (o, w) in texts.items() if path in fresh and w is not None})
    _drop(errand, repo, before.keys() - tree.keys())
    errand.tell("documents", errand.fetched["documents"])
    _remember(errand, {"repository/documents": text(answer.data, "repository", "documents", "oid")})
    if full:  # an unchanged document may name what is asked for anew
        for path in tree.keys() - fresh.keys():
            wanted.read_document(errand.mirror.file(repo, path) or "")


def pull_small_files(errand: Errand) -> None:
    """Schedules, OWNERS, OWNERS_ALIASES and sigs.yaml of all repositories, in one request."""
    paths = errand.process.paths
    answer = errand.ask_twice("files", {**errand.names(*REPOSITORIES), **_without(expressions(errand), "documents")})
    if login := text(answer.data, "viewer", "login"):
        errand.mirror.set_meta("viewer", login)
    missing = [role for role in REPOSITORIES if not isinstance(dig(answer.data, role), dict)]
    shown = [(role, key) for role, keys in SMALL_FILES.items() if role not in missing for key in keys]
    for role, key in shown:
        if key == "schedules":
            _keep_schedules(errand, dig(answer.data, role, key))
        else:
            _keep_single(errand, errand.process.repositories[role], paths[key], dig(answer.data, role, key))
    _remember(errand, {place(role, key): text(answer.data, role, key, "oid") for role, key in shown})
    if missing:
        names = ", ".join(errand.process.repositories.get(role, role) for role in missing)
        raise NotThere(f"GitHub does not show {names}.")


def place(role: str, key: str) -> str:
    """Where a file is in the answer of a sweep: "release/schedules"."""
    return f"{'repository' if role == 'enhancements' else role}/{key}"


def _remember(errand: Errand, oids: Mapping[str, str]) -> None:
    errand.mirror.set_meta(OIDS, {**errand.mirror.meta(OIDS, {}), **oids})


def _keep_texts(errand: Errand, wanted: Wanted, repo: str, fresh: Mapping[str, str]) -> bool:
    """Ask for the texts of these paths by their oids, and keep each answer as it comes; False when none had any."""
    paths: dict[str, list[str]] = {}
    for path, oid in fresh.items():
        paths.setdefault(oid, []).append(path)

    def ask(batch: list[str]) -> Any:
        return errand.ask(queries.blobs(repo, batch)[0], {}, absent_is_fine=True)

    came = False
    for batch, answer in each_batch(errand, sorted(paths), ask, light=BLOBS):
        found: dict[str, tuple[str, str]] = {}
        for alias, oid in queries.blobs(repo, batch)[1].items():
            words = dig(answer.data, "repository", alias, "text")
            if isinstance(words, str):
                found |= dict.fromkeys(paths[oid], (oid, words))
        _keep(errand, wanted, repo, found)
        came |= bool(found)
    return came


def _keep(errand: Errand, wanted: Wanted, repo: str, found: Mapping[str, tuple[str, str]]) -> None:
    with errand.mirror.transaction():
        for path, (oid, words) in found.items():
            errand.mirror.put_file(repo, path, oid, words)
    for path, (_, words) in found.items():
        if path.endswith(".md"):
            wanted.read_document(words)
    _count(errand, found)
    errand.tell("documents", errand.fetched["documents"])


def _drop(errand: Errand, repo: str, paths: Collection[str]) -> None:
    with errand.mirror.transaction():
        for path in paths:
            errand.mirror.drop_file(repo, path)
    _count(errand, paths)


def _count(errand: Errand, paths: Collection[str]) -> None:
    owners = errand.process.paths["owners"]
    for path in paths:
        errand.fetched["people" if path.rpartition("/")[2] == owners else "documents"] += 1
        errand.everything = True


def _keep_single(errand: Errand, repo: str, path: str, blob: Any) -> None:
    """One file; null means that the repository has none."""
    before = errand.mirror.oids(repo, path).get(path)
    oid, words = text(blob, "oid"), dig(blob, "text")
    if oid == (before or "") or (oid and not isinstance(words, str)):
        return
    if oid:
        errand.mirror.put_file(repo, path, oid, words)
    else:
        errand.mirror.drop_file(repo, path)
    errand.fetched["people"] += 1
    errand.everything = True


def _keep_schedules(errand: Errand, tree: Any) -> None:
    repo, root = errand.process.repositories["release"], errand.process.paths["schedules"]
    wanted_name = errand.process.paths["schedule"]
    found = {
        f"{root}/{text(folder, 'name')}/{wanted_name}": dig(entry, "object")
        for folder in elements(tree, "entries")
        for entry in elements(folder, "object", "entries")
        if text(entry, "name") == wanted_name
    }
    before = errand.mirror.oids(repo, f"{root}/")
    fresh = {p: b for p, b in found.items() if isinstance(dig(b, "text"), str) and before.get(p) != text(b, "oid")}
    dropped = before.keys() - found.keys()
    with errand.mirror.transaction():
        for path, blob in fresh.items():
            errand.mirror.put_file(repo, path, text(blob, "oid"), blob["text"])
        for path in dropped:
            errand.mirror.drop_file(repo, path)
    errand.fetched["schedules"] += len(fresh) + len(dropped)
    errand.everything |= bool(fresh or dropped)


def _blobs_below(tree: Any, path: str) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """Path, oid and text (None where it was not asked for) of every readable file of a tree."""
    for entry in elements(tree, "entries"):
        name = text(entry, "name")
        here = f"{path}/{name}"
        if text(entry, "type") == "tree":
            yield from _blobs_below(entry.get("object"), here)
        elif text(entry, "type") == "blob" and _ending(name) in READABLE and text(entry, "oid"):
            words = dig(entry, "object", "text")
            yield here, (text(entry, "oid"), words if isinstance(words, str) else None)


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending}".lower() if dot and stem else ""


def _without(values: Mapping[str, str], key: str) -> dict[str, str]:
    return {k: v for k, v in values.items() if k != key}
