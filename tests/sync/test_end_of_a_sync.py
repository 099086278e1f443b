"""What a sync says at its end: what was done, what went wrong first, and what to do about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vep_tui.remote.errors import BadCredentials, Forbidden, Unsent
from vep_tui.sync import messages as told
from vep_tui.sync.outcome import Outcome
from vep_tui.sync.report import SyncReport
from vep_tui.tui.messages import SyncFinished, shown

FINE = SyncReport(True, False, 0, 0, 0, 0, {}, 0, 0, 0.0, ())


def ended(*errors: Exception, **news: object) -> SyncReport:
    outcome = Outcome()
    for error in errors:
        outcome.failed(error)  # type: ignore[arg-type]
    return replace(FINE, ok=not errors, errors=tuple(outcome.errors), trouble=outcome.trouble, **news)


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (FINE, "nothing new."),
        (ended(sent=2, fetched={"issues": 3}), "2 sent, 3 fetched."),
        (
            ended(Unsent("GitHub cannot be reached.")),
            "GitHub cannot be reached. You are offline; everything waits until GitHub can be reached.",
        ),
        (
            ended(Forbidden(403, "no scope"), fetched={"issues": 3}),
            "3 fetched. GitHub refused (403: no scope). Check what your token may do;"
            " `vep-tui doctor` shows its scopes.",
        ),
        (
            ended(BadCredentials("The token is old."), Unsent("GitHub is away."), sent=1),
            "1 sent. The token is old. Run `gh auth login` again, or renew the token."
            " 1 more thing went wrong; `vep-tui sync` names them all.",
        ),
    ],
)
def test_the_end_says_what_went_wrong_and_what_to_do(report: SyncReport, words: str) -> None:
    assert str(report) == words


def test_the_screen_hears_what_went_wrong_and_how_much_is_held() -> None:
    message = shown(told.SyncFinished(replace(FINE, ok=False, held=2, errors=("One thing.", "Another."))))
    assert isinstance(message, SyncFinished)
    assert message.failed == "One thing. 1 more thing went wrong; `vep-tui sync` names them all."
    assert message.held == 2
