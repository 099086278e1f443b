"""The ways a request to GitHub can end badly, each with a sentence for the user; it never carries a token."""

from __future__ import annotations

from datetime import datetime

# ruff: noqa: N818 - they are named after what happened, not after being errors


class RemoteError(Exception):
    """A request that brought no usable answer; `str()` is what happened and what to do."""

    advice_by_default = ""

    def __init__(self, message: str, advice: str | None = None) -> None:
        self.message = message
        """What happened, one sentence."""
        self.advice = self.advice_by_default if advice is None else advice
        """What the user can do; empty when there is nothing to do."""
        super().__init__(f"{message} {self.advice}".strip())


class Unusable(RemoteError):
    """The settings do not allow any request: plain http to a foreign host, a malformed token or address."""


class Unsent(RemoteError):
    """The request provably never left: safe to send again."""

    advice_by_default = "You are offline; everything waits until GitHub can be reached."


class InDoubt(RemoteError):
    """A write whose outcome is unknown: it must be looked for before it may be sent again."""

    advice_by_default = "The next sync looks whether it arrived; nothing is sent twice."

    def __init__(self, message: str, advice: str | None = None, cause: RemoteError | None = None) -> None:
        super().__init__(message, advice)
        self.cause = cause
        """What went wrong on the way, when it had a name of its own."""


class DeadlineExceeded(RemoteError):
    """No whole answer within the deadline of a request."""

    advice_by_default = "The network or GitHub is slow; the next sync tries again."


class Truncated(RemoteError):
    """The answer was cut off, empty or not whole JSON."""

    advice_by_default = "The next sync tries again."


class ServerTrouble(RemoteError):
    """GitHub itself failed (5xx)."""

    advice_by_default = "The next sync tries again; see githubstatus.com if it stays so."


class TooBig(ServerTrouble):
    """GitHub gave up on a query for its size: ask for less at once."""


class NotGitHub(RemoteError):
    """Something else than GitHub answered, such as the sign-in page of a network."""

    advice_by_default = "Open a web page to sign in to this network, or check the API address."


class Moved(RemoteError):
    """GitHub answered with another address; it was not followed and nothing was done."""

    advice_by_default = "Correct the repository's name in the settings."

    def __init__(self, message: str, url: str) -> None:
        super().__init__(message)
        self.url = url
        """Where GitHub pointed to."""


class LoginRequired(RemoteError):
    """GitHub wants a token and there is none; nothing was sent."""

    advice_by_default = "Run `gh auth login`, or set GH_TOKEN (GH_ENTERPRISE_TOKEN for a host of your own)."


class BadCredentials(RemoteError):
    """GitHub does not accept the token (401)."""

    advice_by_default = "Run `gh auth login` again, or renew the token."


class RateLimited(RemoteError):
    """GitHub wants a pause; nothing was done."""

    def __init__(self, message: str, retry_at: datetime, *, secondary: bool = False) -> None:
        super().__init__(message, f"Limited until {retry_at.astimezone():%H:%M}; what waits goes out after that.")
        self.retry_at = retry_at
        """When to try again, by the local clock, aware."""
        self.secondary = secondary
        """True for the limit on bursts, false for the hourly budget."""


class Refused(RemoteError):
    """GitHub understood and said no (4xx, or a GraphQL error without data); nothing was done."""

    def __init__(self, status: int, reason: str, advice: str | None = None, *, kind: str = "") -> None:
        super().__init__(f"GitHub refused ({status}: {reason}).", advice)
        self.status = status
        """HTTP status; 200 for a refusal inside a GraphQL answer."""
        self.reason = reason
        """GitHub's own words."""
        self.kind = kind
        """GraphQL's error type, such as `INSUFFICIENT_SCOPES`; empty for REST."""


class NotFound(Refused):
    """It is not there, or this token may not see it (404)."""

    advice_by_default = "It may be deleted, or your token may not see it."


class Forbidden(Refused):
    """The token, or the person behind it, may not do it (403)."""

    advice_by_default = "Check what your token may do; `vep-tui doctor` shows its scopes."


class SsoRequired(Forbidden):
    """The organisation wants the token authorised for its single sign-on."""

    def __init__(self, status: int, reason: str, url: str) -> None:
        super().__init__(status, reason, f"Authorise the token for the organisation: {url}" if url else None)
        self.url = url
        """Where to authorise; empty when GitHub named none."""


class Locked(Forbidden):
    """The conversation is locked (403)."""

    advice_by_default = "Somebody with write access has to unlock it."


class Gone(Refused):
    """It was deleted for good (410)."""

    advice_by_default = "Drop what was meant for it."


class Invalid(Refused):
    """GitHub did not accept the content (422)."""

    advice_by_default = "Change the text and try again."
