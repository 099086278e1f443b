"""The nearest valid word, for whoever mistyped one; it corrects nothing."""

from __future__ import annotations

from collections.abc import Sequence


def nearest(word: str, valid: Sequence[str]) -> str:
    """The end of a sentence: what was probably meant, else all there is."""
    from difflib import get_close_matches

    near = get_close_matches(word, valid, n=1, cutoff=0.6)
    last = [name for name in valid if name.rpartition(".")[2] == word]
    if last or near:
        return f"; did you mean {(last or near)[0]!r}?"
    return f"; valid are {', '.join(valid)}"


def no_such(what: str, word: str, valid: Sequence[str]) -> str:
    """The whole sentence for a word that is none of the valid ones."""
    end = nearest(word, valid)
    return f"There is no {what} {word!r}{end}{'' if end.endswith('?') else '.'}"
