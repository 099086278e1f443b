"""The desktop hears of what is new and needs me: once, in one sentence, and never through a shell."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from threading import enumerate as threads

import pytest

from vep_tui.cli.notify import Notifier, noticing
from vep_tui.cli.parts import open_parts
from vep_tui.core.models import QueueRow, Reason
from vep_tui.demo.server import Double
from vep_tui.sync.messages import SyncFinished

NOW = datetime(2026, 6, 30, tzinfo=UTC)


def row(number: int, *reasons: str, title: str = "Gadgets", kind: str = "vep", mine: bool = True) -> QueueRow:
    said = tuple(Reason(key, f"{key} is due", mine=mine) for key in reasons)
    return QueueRow(number, kind, number, title, None, None, None, "open", said, 1.0, 0, 5, NOW)


@pytest.fixture
def heard() -> list[list[str]]:
    return []


@pytest.fixture
def notifier(heard: list[list[str]]) -> Notifier:
    return Notifier("notify-send -a 'my veps'", "VEP", heard.append)


def test_the_first_look_only_remembers_and_no_news_is_silent(notifier: Notifier, heard: list[list[str]]) -> None:
    notifier.look([row(1, "question")])
    notifier.look([row(1, "question")])
    notifier.look([])
    assert heard == []


def test_news_are_one_sentence_as_the_last_argument(notifier: Notifier, heard: list[list[str]]) -> None:
    notifier.look([row(1, "question")])
    notifier.look([row(1, "question", "lgtm-stale"), row(2, "docs-missing"), row(3, "held", mine=False)])
    assert heard == [["notify-send", "-a", "my veps", "VEP 1 Gadgets: lgtm-stale is due (and 1 more)"]]
    notifier.look([row(1, "question", "lgtm-stale"), row(2, "docs-missing")])
    assert len(heard) == 1


def test_a_command_that_cannot_be_split_is_none(heard: list[list[str]]) -> None:
    notifier = Notifier("say 'it", "VEP", heard.append)
    notifier.look([])
    notifier.look([row(1, "question")])
    assert heard == []


def test_what_came_back_is_news_again(notifier: Notifier, heard: list[list[str]]) -> None:
    notifier.look([row(1, "question")])
    notifier.look([])
    notifier.look([row(1, "question", kind="pr")])
    assert heard[0][-1] == "Pull request 1 Gadgets: question is due"


def test_a_hostile_title_stays_one_argument(notifier: Notifier, heard: list[list[str]]) -> None:
    notifier.look([])
    notifier.look([row(1, "question", title="$(touch x); `y`\n\x1b[2J" + "z" * 500)])
    assert len(heard[0]) == 4 and "\n" not in heard[0][-1] and "\x1b" not in heard[0][-1]
    assert heard[0][-1].startswith("VEP 1 $(touch x); `y`") and len(heard[0][-1]) <= 200


def test_after_a_sync_the_command_runs_with_what_is_new(double: Double, tmp_path: Path) -> None:
    out = tmp_path / "heard.json"
    script = tmp_path / "hear.py"
    script.write_text(f"import json, sys\njson.dump(sys.argv[1:], open({str(out)!r}, 'w'))\n", encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text(f"[ui]\nnotify_command = \"{sys.executable} '{script}' --note\"\n", encoding="utf-8")
    args = Namespace(config=config, demo=False, profile=None, api_url=double.url)
    with open_parts(args, {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"}) as parts:
        notice = noticing(parts, parts.config["ui.notify_command"])
        run = parts.sync_run()
        notice(SyncFinished(run.run()))
        double.site.add_comment("kubevirt/enhancements#20", "nora", "@reviewer can you have a look at this?")
        notice(SyncFinished(run.run()))
        run.close()
        for thread in threads():
            if thread.name == "notify":
                thread.join(timeout=20)
    note, sentence = json.loads(out.read_text(encoding="utf-8"))
    assert note == "--note" and sentence.startswith("VEP 20 ") and "nora" in sentence
