BEGIN TRANSACTION;
CREATE TABLE bug (ref TEXT PRIMARY KEY, node TEXT NOT NULL) STRICT;
CREATE TABLE comment (
            thread INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, node TEXT NOT NULL,
            PRIMARY KEY (thread, position)) STRICT;
INSERT INTO "comment" VALUES(10,0,'IC_1','{"id":"IC_1","fullDatabaseId":"5270000001","author":{"login":"alice"},"body":"comment 1","createdAt":"2026-06-20T10:00:00Z","updatedAt":"2026-06-20T10:00:00Z","url":"https://github.com/kubevirt/enhancements/issues/1#issuecomment-1"}');
CREATE TABLE fact (
            kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
INSERT INTO "fact" VALUES('contains:release-1.9','a1','true');
CREATE TABLE file (
            repo TEXT NOT NULL, path TEXT NOT NULL, oid TEXT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (repo, path)) STRICT;
INSERT INTO "file" VALUES('kubevirt/enhancements','OWNERS','o1','approvers: []
');
CREATE TABLE issue (
            number INTEGER PRIMARY KEY, node_id TEXT NOT NULL, updated_at TEXT NOT NULL, state TEXT NOT NULL,
            comments_total INTEGER NOT NULL, references_total INTEGER NOT NULL, last_comment_at TEXT NOT NULL,
            node TEXT NOT NULL) STRICT;
INSERT INTO "issue" VALUES(10,'I_10','2026-06-25T10:00:00Z','OPEN',1,1,'2026-06-20T10:00:00Z','{"id":"I_10","number":10,"title":"VEP 10: Thing 10","body":"","state":"OPEN","author":{"login":"alice"},"createdAt":"2026-05-01T10:00:00Z","updatedAt":"2026-06-25T10:00:00Z","url":"https://github.com/kubevirt/enhancements/issues/10","labels":{"nodes":[{"name":"kind/tracker"}]},"assignees":{"nodes":[]},"comments":{"totalCount":1},"timelineItems":{"filteredCount":1}}');
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "meta" VALUES('synced_at','"2026-06-30T09:00:00+00:00"');
CREATE TABLE pull (
            ref TEXT PRIMARY KEY, name TEXT NOT NULL, repo TEXT NOT NULL, number INTEGER NOT NULL,
            node_id TEXT NOT NULL, state TEXT NOT NULL, base TEXT NOT NULL, updated_at TEXT NOT NULL,
            proposal INTEGER NOT NULL, node TEXT NOT NULL, marked INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "pull" VALUES('kubevirt/kubevirt#7','kubevirt/kubevirt#7','kubevirt/kubevirt',7,'PR_kubevirt/kubevirt_7','OPEN','main','2026-06-02T10:00:00Z',0,'{"__typename":"PullRequest","id":"PR_kubevirt/kubevirt_7","number":7,"title":"Change 7","state":"OPEN","repository":{"nameWithOwner":"kubevirt/kubevirt"},"baseRefName":"main","author":{"login":"alice"},"createdAt":"2026-06-01T10:00:00Z","updatedAt":"2026-06-02T10:00:00Z","url":"https://github.com/kubevirt/kubevirt/pull/7"}',0);
CREATE TABLE pull_mark (
            mark TEXT NOT NULL, ref TEXT NOT NULL, PRIMARY KEY (mark, ref)) STRICT, WITHOUT ROWID;
CREATE TABLE queue (
            number INTEGER PRIMARY KEY, kind TEXT NOT NULL, vep INTEGER, title TEXT NOT NULL, sig TEXT, stage TEXT,
            stage_order INTEGER NOT NULL, release TEXT, release_order INTEGER NOT NULL, state TEXT NOT NULL,
            score REAL NOT NULL, since TEXT NOT NULL, changed_at TEXT NOT NULL,
            checklist_done INTEGER NOT NULL, checklist_total INTEGER NOT NULL,
            items TEXT NOT NULL, reasons TEXT NOT NULL, updated_at TEXT NOT NULL, haystack TEXT NOT NULL) STRICT;
CREATE TABLE queue_link (
            number INTEGER NOT NULL, ref TEXT NOT NULL, own INTEGER NOT NULL,
            PRIMARY KEY (number, ref)) STRICT, WITHOUT ROWID;
CREATE TABLE queue_set (
            field TEXT NOT NULL, value TEXT NOT NULL, stretch INTEGER NOT NULL, bits TEXT NOT NULL,
            PRIMARY KEY (field, value, stretch)) STRICT, WITHOUT ROWID;
CREATE TABLE queue_tag (
            field TEXT NOT NULL, value TEXT NOT NULL, number INTEGER NOT NULL,
            PRIMARY KEY (field, value, number)) STRICT, WITHOUT ROWID;
CREATE TABLE reading (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE reference (
            number INTEGER NOT NULL, position INTEGER NOT NULL, ref TEXT NOT NULL,
            PRIMARY KEY (number, position)) STRICT, WITHOUT ROWID;
INSERT INTO "reference" VALUES(10,0,'kubevirt/kubevirt#7');
CREATE TABLE title_number (number INTEGER PRIMARY KEY, worn INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX comment_by_id ON comment (thread, id);
CREATE INDEX reference_by_ref ON reference (ref);
CREATE INDEX pull_by_repo ON pull (repo, base, number);
CREATE INDEX pull_proposal ON pull (number) WHERE proposal = 1;
CREATE INDEX queue_by_score ON queue (score DESC, since, number);
CREATE INDEX queue_by_title ON queue (title COLLATE NOCASE, number);
CREATE INDEX queue_by_stage ON queue (stage_order, number);
CREATE INDEX queue_by_release ON queue (release_order, number);
CREATE INDEX queue_by_age ON queue (updated_at, number);
CREATE INDEX queue_tag_by_number ON queue_tag (number);
CREATE INDEX queue_link_by_ref ON queue_link (ref);
CREATE INDEX title_number_by_worn ON title_number (worn);
CREATE INDEX queue_by_sig ON queue (sig IS NULL, sig, number);
CREATE INDEX queue_by_checklist ON queue (checklist_total = 0, checklist_done, number);
CREATE INDEX pull_unmarked ON pull (ref) WHERE marked = 0;
CREATE INDEX pull_mark_by_ref ON pull_mark (ref);
CREATE TRIGGER pull_gone AFTER DELETE ON pull BEGIN DELETE FROM pull_mark WHERE ref = old.ref; END;
CREATE INDEX file_by_oid ON file (repo, path, oid);
CREATE INDEX queue_by_vep ON queue (vep, number);
CREATE INDEX file_by_number ON file (repo, CAST(substr(substr(path, instr(path, '/') + 1), instr(substr(path, instr(path, '/') + 1), '/') + 1) AS INTEGER), path);
CREATE INDEX file_by_outer_number ON file (repo, CAST(substr(path, instr(path, '/') + 1) AS INTEGER), path);
CREATE INDEX fact_by_key ON fact (key, kind);
CREATE INDEX file_by_inner_number ON file (repo, CAST(substr(substr(substr(path, instr(path, '/') + 1), instr(substr(path, instr(path, '/') + 1), '/') + 1), instr(substr(substr(path, instr(path, '/') + 1), instr(substr(path, instr(path, '/') + 1), '/') + 1), '/') + 1) AS INTEGER), path);
COMMIT;
PRAGMA user_version = 5;
