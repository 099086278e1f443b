"""The fields of the filter language, said once for parser, completion and help; it reads no text."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ValueKind(StrEnum):
    """How the value of a field is written."""

    CHOICE = "one of a fixed list of words"
    NAME = "a name"
    PERSON = "a login, @me or none"
    RELEASE = "a release such as 1.10, or none"
    AGE = "an age such as <7d or a day such as >2026-06-01"
    COUNT = "open, done, none or a number of done items such as 2 or >=3"
    NUMBER = "the number of an issue or pull request"


class Field(NamedTuple):
    """One field of the language."""

    name: str
    kind: ValueKind
    about: str
    """One sentence for help and completion."""
    example: str
    values: tuple[tuple[str, str], ...] = ()
    """(word, meaning) of the words with a meaning of their own."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words with a meaning of their own."""
        return tuple(word for word, _ in self.values)


NEEDS: dict[str, tuple[str, ...]] = {
    "lgtm": ("lgtm-missing", "lgtm-stale"),
    "approve": ("approve-missing",),
    "review": ("review-requested", "re-review", "review-lag"),
    "answer": ("question", "unanswered"),
    "checklist": ("checklist-open", "evidence-turned"),
    "docs": ("docs-missing",),
    "prs": ("prs-open",),
    "proposal": ("vep-pr-missing",),
    "reviewer": ("no-reviewer",),
    "owner": ("no-owner",),
    "check-in": ("check-in",),
    "exception": ("exception",),
    "retarget": ("freeze-missed",),
    "rescue": ("closing-soon",),
    "targets": ("targets-disagree",),
    "graduation": ("ready-to-graduate", "time-box"),
    "closing": ("ready-to-close",),
    "author": ("author-turn",),
    "unhold": ("held",),
}
"""A word of `needs:` to the keys of the reasons it finds."""

_NONE = ("none", "nothing is named")
_ME = ("@me", "your own login")

FIELDS: tuple[Field, ...] = (
    Field(
        "sig",
        ValueKind.NAME,
        "Owning or taking-part SIG; the labels count when no owner is known.",
        "sig:compute,network",
        (("@mine", "the SIGs you belong to"), ("none", "no SIG is known")),
    ),
    Field(
        "stage",
        ValueKind.CHOICE,
        "The stage a VEP is heading for.",
        "stage:beta",
        (("alpha", "alpha"), ("beta", "beta"), ("ga", "GA, which the tracker calls Stable"), _NONE),
    ),
    Field("release", ValueKind.RELEASE, "The release a VEP is targeted at.", "release:1.10", (_NONE,)),
    Field(
        "needs",
        ValueKind.CHOICE,
        "What is missing, whoever's turn it is.",
        "needs:lgtm",
        (
            ("lgtm", "an LGTM is missing, or older than the last push"),
            ("approve", "an /approve of a root approver is missing"),
            ("review", "a review is asked for, due again, or lagging"),
            ("answer", "somebody asked and nobody answered"),
            ("checklist", "checklist items are open, or their evidence turned"),
            ("docs", "no docs pull request is known"),
            ("prs", "pull requests are open after Code Freeze"),
            ("proposal", "no VEP pull request is known shortly before Enhancement Freeze"),
            ("reviewer", "no VEP reviewer is known"),
            ("owner", "nobody is responsible"),
            ("check-in", "no reviewer has asked for longer than the check-in age"),
            ("exception", "an exception is asked for or runs out"),
            ("retarget", "it missed Enhancement Freeze, and no exception is known"),
            ("rescue", "the stale bot is about to close it"),
            ("targets", "tracker, document and board disagree"),
            ("graduation", "the next stage is due"),
            ("closing", "it is finished and still open"),
            ("author", "it is the author's turn"),
            ("unhold", "it is held"),
        ),
    ),
    Field("reviewer", ValueKind.PERSON, "Who reviews it or is asked to.", "reviewer:@me", (_ME, _NONE)),
    Field("author", ValueKind.PERSON, "Who opened it.", "author:alice", (_ME, ("none", "the account is gone"))),
    Field("label", ValueKind.NAME, "A label on GitHub.", "label:lifecycle/stale", (_NONE,)),
    Field(
        "is",
        ValueKind.CHOICE,
        "A state of the row.",
        "is:stale",
        (
            ("open", "open on GitHub"),
            ("closed", "closed or merged"),
            ("attention", "something needs you now, and it is not snoozed"),
            ("post-freeze", "its release has passed Code Freeze and the checklist counts"),
            ("stale", "the stale bot has marked it"),
            ("unread", "changed since you last looked"),
            ("snoozed", "put off by you"),
            ("held", "a wish of yours could not be delivered"),
            ("waiting", "a wish of yours is not yet on GitHub"),
            ("vep", "a tracking issue"),
            ("pr", "a VEP pull request"),
        ),
    ),
    Field(
        "kind",
        ValueKind.CHOICE,
        "Tracking issue or VEP pull request.",
        "kind:pr",
        (("vep", "a tracking issue"), ("pr", "a VEP pull request")),
    ),
    Field(
        "state",
        ValueKind.CHOICE,
        "Open or closed on GitHub.",
        "state:open",
        (("open", "open"), ("closed", "closed or merged")),
    ),
    Field(
        "checklist",
        ValueKind.COUNT,
        "Progress of the checklist after Code Freeze.",
        "checklist:open",
        (("open", "something is left to do"), ("done", "nothing is left to do"), ("none", "there is no checklist")),
    ),
    Field("updated", ValueKind.AGE, "When it last changed on GitHub.", "updated:<7d"),
    Field("number", ValueKind.NUMBER, "The VEP or pull request, with the pull requests of that VEP.", "#190"),
)
"""Every field there is."""

SYNONYMS: dict[tuple[str, str], tuple[str, str]] = {
    ("is", "open"): ("state", "open"),
    ("is", "closed"): ("state", "closed"),
    ("is", "vep"): ("kind", "vep"),
    ("is", "pr"): ("kind", "pr"),
    ("is", "issue"): ("kind", "vep"),
    ("is", "merged"): ("state", "closed"),
    ("state", "merged"): ("state", "closed"),
    ("kind", "issue"): ("kind", "vep"),
    ("stage", "stable"): ("stage", "ga"),
    ("needs", "approval"): ("needs", "approve"),
    ("needs", "ack"): ("needs", "lgtm"),
}
"""(field, word) as people write them to the one spelling the parser hands out."""


def field_named(name: str) -> Field | None:
    """The field of that name, in any case."""
    wanted = name.casefold()
    return next((f for f in FIELDS if f.name == wanted), None)
