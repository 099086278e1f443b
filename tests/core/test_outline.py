"""A text that is cut before its headings says, part by part, what it says as a whole."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vep_tui.core.outline import parts_of, read_outline

LINES = [
    *("# One", "## Two ##", "###\tThree", "####### seven", "#no", " # indented", "- # in a list", "> ## quoted", "##"),
    *("words", "", "  more", "- item", "  - inside", "1. first", "> said", "    code", "Title", "===", "---", "* * *"),
    *(
        "```",
        "```yaml",
        "````",
        "~~~",
        "``` `",
        " ```",
        "  ```",
        "    ```",
        "- ```",
        "> ```",
        "<div>",
        "a\rb",
        "# x #\\#",
    ),
]
TEXTS = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join)


@given(TEXTS)
@example("- item\n  ```\n```\n# in the block that the second mark begins")
@example("```\n# in a block\n``` `\n# still\n```\n# out")
def test_the_parts_of_a_text_have_its_blocks(text: str) -> None:
    parts = list(parts_of(text))
    assert [block for part in parts for block in part.blocks()] == list(read_outline(text))
    for part in parts:
        if part.heading is not None:
            assert [block for block in part.blocks() if block.level] == [part.heading]


@pytest.mark.parametrize("text", ["", "# A\nb\n## C\nd\n", "x\n# A\n```\n# b\n```\n# C"])
def test_a_text_is_cut_before_every_heading(text: str) -> None:
    headings = sum(block.level > 0 for block in read_outline(text))
    parts = list(parts_of(text))
    assert sum(part.heading is not None for part in parts) == headings
    assert "\n".join(part.text for part in parts) == text
