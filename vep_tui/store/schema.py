"""The tables of both files as ordered steps; a step that has landed is never edited, only followed by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vep_tui.store.database import Migration

_FIRST = "substr(path, instr(path, '/') + 1)"
_SECOND = f"substr({_FIRST}, instr({_FIRST}, '/') + 1)"
_THIRD = f"substr({_SECOND}, instr({_SECOND}, '/') + 1)"
FOLDER_NUMBERS = tuple(f"CAST({below} AS INTEGER)" for below in (_SECOND, _FIRST, _THIRD))
"""The number a folder's name begins with: of `veps/sig-x/190-name/vep.md`, of `veps/190-name/vep.md`, and of
`veps/sig-x/project/190-name/vep.md`; 0 if none."""

_PARTS = ", ".join(f"sum(bits * (part % 8 = {part}))" for part in range(7, -1, -1))
_SETS = (
    "INSERT INTO queue_set (field, value, stretch, bits)"  # noqa: S608 - our own words
    f" SELECT field, value, part / 8, ltrim(printf('{'%014x' * 8}', {_PARTS}), '0') FROM"
    " (SELECT field, value, number / 56 AS part, sum(1 << number % 56) AS bits FROM"
    " (SELECT NULL AS field, NULL AS value, NULL AS number WHERE 0 UNION ALL {0}) GROUP BY 1, 2, 3) GROUP BY 1, 2, 3"
)
"""Sets as store/sets.py writes them, out of the rows of a statement."""
_RESTS = (
    "SELECT * FROM (WITH RECURSIVE rest (number, before, text) AS (SELECT number, ' ', haystack FROM queue UNION ALL"
    " SELECT number, substr(text, 1, 1), substr(text, 2) FROM rest WHERE length(text) > 1)"
    " SELECT DISTINCT {0} FROM rest, json_each('{1}') AS length WHERE length(text) >= length.value AND {2})"
)
"""Pieces of all texts, by walking through them letter by letter."""
_PIECES = _RESTS.format("'text', substr(text, 1, length.value), number", "[1,2,3]", "1")
_BEGINNINGS = _RESTS.format(
    "'word', substr(text, 1, length.value), number",
    "[4,5,6,7,8,9,10,11,12,13,14,15,16]",
    "before IN (' ', char(10)) AND instr(substr(text, 1, length.value), ' ') = 0"
    " AND instr(substr(text, 1, length.value), char(10)) = 0",
)

MIRROR: tuple[Migration, ...] = (
    (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        # Nodes are JSON text: compressing a hundred thousand small comments costs more than it saves.
        """CREATE TABLE issue (
            number INTEGER PRIMARY KEY, node_id TEXT NOT NULL, updated_at TEXT NOT NULL, state TEXT NOT NULL,
            comments_total INTEGER NOT NULL, references_total INTEGER NOT NULL, last_comment_at TEXT NOT NULL,
            node TEXT NOT NULL) STRICT""",
        # Threads of issues and of VEP pull requests: they share GitHub's number space.
        """CREATE TABLE comment (
            thread INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, node TEXT NOT NULL,
            PRIMARY KEY (thread, position)) STRICT""",
        "CREATE UNIQUE INDEX comment_by_id ON comment (thread, id)",
        """CREATE TABLE reference (
            number INTEGER NOT NULL, position INTEGER NOT NULL, ref TEXT NOT NULL,
            PRIMARY KEY (number, position)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX reference_by_ref ON reference (ref)",
        """CREATE TABLE pull (
            ref TEXT PRIMARY KEY, name TEXT NOT NULL, repo TEXT NOT NULL, number INTEGER NOT NULL,
            node_id TEXT NOT NULL, state TEXT NOT NULL, base TEXT NOT NULL, updated_at TEXT NOT NULL,
            proposal INTEGER NOT NULL, node TEXT NOT NULL) STRICT""",
        "CREATE INDEX pull_by_repo ON pull (repo, base, number)",
        "CREATE INDEX pull_proposal ON pull (number) WHERE proposal = 1",
        """CREATE TABLE file (
            repo TEXT NOT NULL, path TEXT NOT NULL, oid TEXT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (repo, path)) STRICT""",
        "CREATE TABLE bug (ref TEXT PRIMARY KEY, node TEXT NOT NULL) STRICT",
        """CREATE TABLE fact (
            kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID""",
    ),
    (
        # The queue, as core understands the nodes above: written when mirroring, read without understanding anything.
        """CREATE TABLE queue (
            number INTEGER PRIMARY KEY, kind TEXT NOT NULL, vep INTEGER, title TEXT NOT NULL, sig TEXT, stage TEXT,
            stage_order INTEGER NOT NULL, release TEXT, release_order INTEGER NOT NULL, state TEXT NOT NULL,
            score REAL NOT NULL, since TEXT NOT NULL, changed_at TEXT NOT NULL,
            checklist_done INTEGER NOT NULL, checklist_total INTEGER NOT NULL,
            items TEXT NOT NULL, reasons TEXT NOT NULL, updated_at TEXT NOT NULL, haystack TEXT NOT NULL) STRICT""",
        "CREATE INDEX queue_by_score ON queue (score DESC, since, number)",
        "CREATE INDEX queue_by_title ON queue (title COLLATE NOCASE, number)",
        "CREATE INDEX queue_by_sig ON queue (sig, number)",
        "CREATE INDEX queue_by_stage ON queue (stage_order, number)",
        "CREATE INDEX queue_by_release ON queue (release_order, number)",
        "CREATE INDEX queue_by_checklist ON queue (checklist_done, number)",
        "CREATE INDEX queue_by_age ON queue (updated_at, number)",
        "CREATE INDEX queue_by_vep ON queue (vep)",
        # Everything a filter compares for equality, case-folded: (sig, compute), (label, kind/bug), (is, stale).
        """CREATE TABLE queue_tag (
            field TEXT NOT NULL, value TEXT NOT NULL, number INTEGER NOT NULL,
            PRIMARY KEY (field, value, number)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX queue_tag_by_number ON queue_tag (number)",
        # The pull requests that matter to a VEP; `own` is 0 for those that only might.
        """CREATE TABLE queue_link (
            number INTEGER NOT NULL, ref TEXT NOT NULL, own INTEGER NOT NULL,
            PRIMARY KEY (number, ref)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX queue_link_by_ref ON queue_link (ref)",
        "CREATE TABLE title_number (number INTEGER PRIMARY KEY, worn INTEGER NOT NULL) STRICT",
        "CREATE INDEX title_number_by_worn ON title_number (worn)",
    ),
    (
        # Orders as the queue is asked for, so that a page is read by walking an index; and what words look through.
        "DROP INDEX queue_by_sig",
        "CREATE INDEX queue_by_sig ON queue (sig IS NULL, sig, number)",
        "DROP INDEX queue_by_checklist",
        "CREATE INDEX queue_by_checklist ON queue (checklist_total = 0, checklist_done, number)",
        "CREATE INDEX queue_by_haystack ON queue (haystack)",
        # By which pull requests are found (core.shelf); a pull request that is written anew is not marked any more.
        "ALTER TABLE pull ADD COLUMN marked INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX pull_unmarked ON pull (ref) WHERE marked = 0",
        """CREATE TABLE pull_mark (
            mark TEXT NOT NULL, ref TEXT NOT NULL, PRIMARY KEY (mark, ref)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX pull_mark_by_ref ON pull_mark (ref)",
        "CREATE TRIGGER pull_gone AFTER DELETE ON pull BEGIN DELETE FROM pull_mark WHERE ref = old.ref; END",
        # Documents as core read them, by GitHub's digests: reading one again would take as long as all the rest.
        "CREATE TABLE reading (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        "CREATE INDEX file_by_oid ON file (repo, path, oid)",
    ),
    (
        # Which rows have a value or a piece of text (store/sets.py): a filter is answered by a few of them.
        """CREATE TABLE queue_set (
            field TEXT NOT NULL, value TEXT NOT NULL, stretch INTEGER NOT NULL, bits TEXT NOT NULL,
            PRIMARY KEY (field, value, stretch)) STRICT, WITHOUT ROWID""",
        _SETS.format("SELECT field, value, number FROM queue_tag"),
        _SETS.format("SELECT DISTINCT field, '', number FROM queue_tag"),
        _SETS.format("SELECT 'kind', kind, number FROM queue"),
        _SETS.format("SELECT 'state', state, number FROM queue"),
        _SETS.format("SELECT 'stage', coalesce(stage, 'none'), number FROM queue"),
        _SETS.format("SELECT 'release', coalesce(release, 'none'), number FROM queue"),
        _SETS.format("SELECT 'checklist', checklist_done || '/' || checklist_total, number FROM queue"),
        _SETS.format(_PIECES),
        _SETS.format(_BEGINNINGS),
        "DROP INDEX queue_by_haystack",
        "DROP INDEX queue_by_vep",
        "CREATE INDEX queue_by_vep ON queue (vep, number)",
        # What one VEP is read by: the folders that bear its number, and what is known of its merge commits.
        f"CREATE INDEX file_by_number ON file (repo, {FOLDER_NUMBERS[0]}, path)",
        f"CREATE INDEX file_by_outer_number ON file (repo, {FOLDER_NUMBERS[1]}, path)",
        "CREATE INDEX fact_by_key ON fact (key, kind)",
    ),
    (
        # Proposals of a part of a SIG lie one folder deeper; the next sync looks for them.
        f"CREATE INDEX file_by_inner_number ON file (repo, {FOLDER_NUMBERS[2]}, path)",
        "DELETE FROM meta WHERE key = 'oids'",
    ),
)
"""Steps of mirror.db."""

OUTBOX: tuple[Migration, ...] = (
    (
        # AUTOINCREMENT: an id the user has seen never comes to mean another wish.
        """CREATE TABLE wish (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, number INTEGER NOT NULL,
            release TEXT, item TEXT, state TEXT, note TEXT NOT NULL DEFAULT '', evidence TEXT NOT NULL DEFAULT '',
            seen TEXT NOT NULL DEFAULT '', body TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL,
            delivery TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', op TEXT, comment_id TEXT NOT NULL DEFAULT '',
            comment_url TEXT NOT NULL DEFAULT '', sent_at TEXT) STRICT""",
        "CREATE INDEX wish_by_number ON wish (number, release, item)",
        "CREATE INDEX wish_by_delivery ON wish (delivery)",
        "CREATE INDEX wish_by_op ON wish (op)",
        """CREATE TABLE attempt (
            op TEXT PRIMARY KEY, number INTEGER NOT NULL, release TEXT, kind TEXT NOT NULL, method TEXT NOT NULL,
            comment_id TEXT NOT NULL, body TEXT NOT NULL, after TEXT NOT NULL, started_at TEXT NOT NULL,
            looks INTEGER NOT NULL DEFAULT 0) STRICT""",
        """CREATE TABLE lease (
            name TEXT PRIMARY KEY, holder TEXT NOT NULL, pid INTEGER NOT NULL, boot TEXT NOT NULL,
            until REAL NOT NULL) STRICT""",
        "CREATE TABLE seen (number INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT",
        "CREATE TABLE snooze (number INTEGER PRIMARY KEY, until TEXT, changed_after TEXT) STRICT",
        """CREATE TABLE decision (
            number INTEGER NOT NULL, ref TEXT NOT NULL, confirmed INTEGER NOT NULL,
            PRIMARY KEY (number, ref)) STRICT""",
        "CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL, saved_at TEXT NOT NULL) STRICT",
        "CREATE TABLE ui (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    ),
    (
        # As whom it was wished: what one account wished is not said in another's name.
        "ALTER TABLE wish ADD COLUMN login TEXT NOT NULL DEFAULT ''",
    ),
)
"""Steps of outbox.db."""
