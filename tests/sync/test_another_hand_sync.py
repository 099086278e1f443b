"""Edits of a reviewer's comment by somebody else, as GitHub tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reviewer_machine import THREAD, Machine, machine, states_on

from vep_tui.core.models import ItemState
from vep_tui.demo.server import Double


@pytest.fixture
def mine(tmp_path: Path, double: Double) -> Iterator[Machine]:
    with machine(tmp_path / "mine", double) as found:
        yield found


def boxes(mine: Machine) -> dict[str, str]:
    from vep_tui.core.comment import read_comment

    issue = mine.mirror.issue(10)
    assert issue is not None
    world = mine.run._world()
    found = read_comment(issue.comments[-1], world.people, world.process)
    assert found is not None
    return {s.key: str(s.state) for s in found.statements if s.state is not ItemState.TODO}


def test_a_tick_that_a_maintainer_made_in_my_comment_does_not_count(mine: Machine, double: Double) -> None:
    mine.sync()
    mine.tick("prs-merged")
    mine.push()
    comment = double.site.find(THREAD).comments[-1]
    double.site.tick_box_on_web(comment.id, "Bugs are tracked", by="anna")
    mine.sync()
    issue = mine.mirror.issue(10)
    assert issue is not None and issue.comments[-1].editor == "anna"
    assert boxes(mine) == {"prs-merged": "done"}

    mine.tick("docs-merged")
    mine.push()
    assert states_on(double) == {"prs-merged": "done", "docs-merged": "done"}


def test_a_tick_of_my_own_on_the_web_counts(mine: Machine, double: Double) -> None:
    mine.sync()
    mine.tick("prs-merged")
    mine.push()
    comment = double.site.find(THREAD).comments[-1]
    double.site.tick_box_on_web(comment.id, "Bugs are tracked")
    mine.sync()
    assert boxes(mine) == {"prs-merged": "done", "bugs-tracked": "done"}
