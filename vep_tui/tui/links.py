"""Opens addresses: web pages and, when asked for, mail; never in a browser that would draw over the screen."""

from __future__ import annotations

import os
import re
import threading
from urllib.parse import quote, urljoin, urlsplit

_TEXT_BROWSERS = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"`{}|^]|\s")


def resolve(href: str, base: str) -> str | None:
    """The absolute http(s) address that `href` means on the page `base`, or None for anything else."""
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or _UNSAFE.search(url):
        return None
    return url


def host(url: str) -> str:
    """The host that an address really leads to: without user and port, look-alike letters spelled out in ASCII."""
    name = urlsplit(url).hostname or ""
    if name.isascii():
        return name  # as nearly always: the tables of other letters need not be loaded
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name.encode("ascii", "backslashreplace").decode("ascii")


def is_home(url: str, site: str) -> bool:
    """True when an address stays on the GitHub we work with (and carries no user name)."""
    parts = urlsplit(url)
    return host(url) == host(site) and "@" not in parts.netloc


_NO_HYPERLINKS = frozenset({"dumb", "linux"})
"""Terminals that may print what they do not understand."""
LONGEST_HYPERLINK = 500
"""Characters: what a terminal or multiplexer cannot hold, it might print."""


def hyperlink(href: str, base: str, site: str) -> str:
    """The address that a terminal may open by itself (OSC 8), or "" where it had better not.

    Only addresses of the GitHub we work with: one that leads elsewhere is first shown with its host, by `visit`.
    """
    url = resolve(href, base)
    unwanted = os.environ.get("TERM") in _NO_HYPERLINKS or os.environ.get("FORCE_HYPERLINK") == "0"
    if url is None or not is_home(url, site) or unwanted:
        return ""
    return url if url.isascii() and len(url) <= LONGEST_HYPERLINK else ""


LONGEST_MAIL = 6000
"""Characters of an address that mail programs still take with everything in it."""


_PULL = re.compile(r"https?://[^/]+/([\w.-]+/[\w.-]+)/pull/([0-9]+)(?![^/?#])", re.ASCII)


def checkout(url: str, site: str) -> str:
    """The command of `gh` that checks out a pull request of our GitHub; "" for any other address."""
    found = _PULL.match(url)
    if found is None or not is_home(url, site):
        return ""
    repository, number = found.groups()
    where = "" if site == "https://github.com" else f"{host(site)}/"
    return f"gh pr checkout {number} -R {where}{repository}"


def mail_to(address: str, subject: str, body: str) -> tuple[str, bool]:
    """A `mailto:` address, and whether the body is in it; one that is too long for mail programs is left out."""
    head = f"mailto:{quote(address, safe='@')}?subject={quote(subject)}"
    whole = f"{head}&body={quote(body.replace(chr(10), chr(13) + chr(10)))}"
    return (whole, True) if len(whole) <= LONGEST_MAIL else (head, False)


def open_url(url: str) -> bool:
    """Start the browser; False when there is none that opens a window."""
    import webbrowser  # not before the first frame

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    name = os.path.basename(str(getattr(browser, "name", ""))).split()[0:1]  # noqa: PTH119 - a command, not a file
    if name and name[0] in _TEXT_BROWSERS:
        return False
    threading.Thread(target=browser.open, args=(url,), name="browser", daemon=True).start()
    return True
