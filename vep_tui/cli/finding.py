"""What the doctor finds, and what came of mending it; it looks at nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from vep_tui.cli.exits import FAILED, OK
from vep_tui.settings import SettingsError
from vep_tui.store.errors import StoreError


class State(StrEnum):
    """How a finding is meant."""

    GOOD = "ok"
    MENDED = "mended"
    NOTE = "note"
    BAD = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    about: str
    state: State
    text: str
    advice: str = ""
    """What to do; empty when there is nothing to do."""
    status: int = OK
    """The exit status this finding asks for."""
    mend: Callable[[], str] | None = None
    """Mends it without any loss and says what it did; None where only a person can."""

    def mended(self) -> Finding:
        """What came of mending it; itself where nothing can be mended."""
        if self.mend is None:
            return self
        try:
            return Finding(self.about, State.MENDED, self.mend())
        except (StoreError, SettingsError) as trouble:
            said = str(trouble)
        except OSError as trouble:
            said = f"{trouble.filename or 'that'} cannot be changed ({trouble.strerror or trouble})"
        return replace(self, state=State.BAD, text=f"{self.text}; not mended: {said}", status=self.status or FAILED)

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "about": self.about,
            "state": self.state,
            "text": self.text,
            "advice": self.advice,
            "status": self.status,
            "mendable": self.mend is not None,
        }
