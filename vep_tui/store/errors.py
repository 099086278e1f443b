"""The ways a store can fail, each with a sentence for the user; nothing here decides what to do about it."""

from __future__ import annotations


class StoreError(Exception):
    """Something about a store file; the text says what happened, what is safe and what to do."""


class CorruptStore(StoreError):  # noqa: N818 - named for what is wrong
    """The file is damaged or is no store at all."""


class NewerStore(StoreError):  # noqa: N818 - named for what is wrong
    """A newer vep-tui wrote the file; it was left as it is."""


class StoreUnavailable(StoreError):  # noqa: N818 - named for what is wrong
    """The file cannot be read or written now: read-only folder, full disk, locked by another program."""


class WishError(StoreError):
    """A wish of the outbox is not there, or is not in a state that allows this."""


class DeskError(StoreError):
    """A command names a VEP, an item or a release that we do not know."""
