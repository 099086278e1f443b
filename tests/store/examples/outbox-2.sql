BEGIN TRANSACTION;
CREATE TABLE attempt (
            op TEXT PRIMARY KEY, number INTEGER NOT NULL, release TEXT, kind TEXT NOT NULL, method TEXT NOT NULL,
            comment_id TEXT NOT NULL, body TEXT NOT NULL, after TEXT NOT NULL, started_at TEXT NOT NULL,
            looks INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "attempt" VALUES('op1',11,NULL,'command','post','','/lgtm','','2026-11-22T10:06:03.687295Z',0);
CREATE TABLE decision (
            number INTEGER NOT NULL, ref TEXT NOT NULL, confirmed INTEGER NOT NULL,
            PRIMARY KEY (number, ref)) STRICT;
CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL, saved_at TEXT NOT NULL) STRICT;
INSERT INTO "draft" VALUES('comment:10','half','2026-11-22T10:06:03.687502Z');
CREATE TABLE lease (
            name TEXT PRIMARY KEY, holder TEXT NOT NULL, pid INTEGER NOT NULL, boot TEXT NOT NULL,
            until REAL NOT NULL) STRICT;
CREATE TABLE seen (number INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT;
CREATE TABLE snooze (number INTEGER PRIMARY KEY, until TEXT, changed_after TEXT) STRICT;
CREATE TABLE ui (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE wish (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, number INTEGER NOT NULL,
            release TEXT, item TEXT, state TEXT, note TEXT NOT NULL DEFAULT '', evidence TEXT NOT NULL DEFAULT '',
            seen TEXT NOT NULL DEFAULT '', body TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL,
            delivery TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', op TEXT, comment_id TEXT NOT NULL DEFAULT '',
            comment_url TEXT NOT NULL DEFAULT '', sent_at TEXT, login TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "wish" VALUES(1,'tick',10,'1.9','prs-merged','done','note','met, 7 of 7','{"state": "todo", "by": null}','','2026-11-22T10:06:03.687036Z','waiting','',NULL,'','',NULL,'');
INSERT INTO "wish" VALUES(2,'command',11,NULL,NULL,NULL,'','','','/lgtm','2026-11-22T10:06:03.687214Z','sending','','op1','','',NULL,'');
CREATE INDEX wish_by_number ON wish (number, release, item);
CREATE INDEX wish_by_delivery ON wish (delivery);
CREATE INDEX wish_by_op ON wish (op);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('wish',2);
COMMIT;
PRAGMA user_version = 2;
