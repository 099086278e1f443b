"""The fixture of the screen's tests; what it is made of lies in at_work.py."""

from __future__ import annotations

from at_work import start

__all__ = ["start"]
