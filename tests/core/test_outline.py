"""What is read of plain Markdown without the parser is what the parser reads."""

from __future__ import annotations

import pytest
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vep_tui.core.outline import parsed_outline, read_outline
from vep_tui.core.plain_outline import PlainOutline

PLAIN = [
    *("# One", "## Two ##", "###\tThree", "##", "words", "words  ", "", "  words on", "- item", "- [ ] box", "* star"),
    *(
        "  - inside",
        "  * inside",
        "    - deeper",
        "**Alpha**:",
        "`code` and words",
        "12.5 of them",
        "```",
        "```yaml",
        "~~~",
    ),
]
ODD = [
    *("####### seven", "#no", " # indented", "- # in a list", "> ## quoted", "1. first", "> said", "    code", "Title"),
    *(
        "===",
        "---",
        "* * *",
        "-",
        "-  two blanks",
        "   three",
        "\tTab",
        "````",
        "``` `",
        " ```",
        "  ```",
        "    ```",
        "- ```",
    ),
    *(
        "> ```",
        "<div>",
        "| a | b |",
        "[x]: y",
        "a\rb",
        "# x #\\#",
        "\x0c",
        "a\u2028b",
        "_em_",
        "***x***",
        "9)",
        "&amp;",
    ),
]
TEXTS = st.lists(st.sampled_from(PLAIN) | st.sampled_from(PLAIN + ODD), max_size=14).map("\n".join)


@settings(max_examples=examples(200))
@given(TEXTS)
@example("- item\n  ```\n```\n# in the block that the second mark begins")
@example("```\n  ```\n- out of the block")
@example("```\n# in a block\n``` `\n# still\n```\n# out")
def test_an_outline_is_what_the_parser_makes_of_the_text(text: str) -> None:
    assert read_outline(text) == parsed_outline(text)


@pytest.mark.parametrize("text", ["", "# A\nb\n- c\n  - d\n\n  e\n- f\ng\n```\n# h\n```\n## I\n**J**: k"])
def test_plain_text_needs_no_parser(text: str) -> None:
    assert PlainOutline(text.split("\n")).read() == parsed_outline(text)
