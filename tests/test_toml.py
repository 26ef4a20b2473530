from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import FaultyInput
from kg.toml import Step, Where, load

SOURCE = '''# a comment with [brackets] and "quotes"
title = "x # no comment"
text = """
[[rule]]
not = "a key"
"""

[[rule]]
id = 'posts.apposition'
emits = [
  ["person", "holdsPost", "body",
    { post = "post", asOf = "day" }],   # ]
  ["person", "attended", "event"],
]
[[rule.example]]
text = "one"
gives = []
[[rule.example]]
text = "two"
"quoted key" = 1

[[rule]]
id = "second"
a.b.c = 1
[[rule.example]]
text = "three"

[table.inner]
key = true
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("text",), 3),
        (("rule", 0), 8),
        (("rule", 0, "id"), 9),
        (("rule", 0, "emits"), 10),
        (("rule", 0, "emits", 0), 11),
        (("rule", 0, "emits", 0, 3, "asOf"), 12),
        (("rule", 0, "emits", 1), 13),
        (("rule", 0, "example", 0, "gives"), 17),
        (("rule", 0, "example", 1, "text"), 19),
        (("rule", 0, "example", 1, "quoted key"), 20),
        (("rule", 1, "a", "b", "c"), 24),
        (("rule", 1, "example", 0, "text"), 26),
        (("table", "inner", "key"), 29),
        (("rule", 1, "pattern"), 22),
        (("rule", 9), 1),
        (("absent",), 1),
    ],
    ids=str,
)
def test_every_key_table_and_element_has_its_line(path: tuple[Step, ...], line: int) -> None:
    assert Where(SOURCE)(*path) == line
    assert Where(SOURCE)(path) == line
    assert Where(SOURCE)(path[:1], *path[1:]) == line


def test_a_file_is_loaded_with_its_lines_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(SOURCE.replace("\n", "\r\n").encode())
    data, where = load(path)
    assert data["rule"][1]["example"][0]["text"] == "three"
    assert where(("rule", 1, "example", 0), "text") == 26


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        (b"a = 1\nb = \n", 2, "is not TOML: invalid value"),
        (b"a = 1\n\na = 2\n", 3, "is not TOML: cannot overwrite a value"),
        (b"a = [1,\n2\n", 2, "is not TOML: unclosed array"),
        (b"a = 1\nb = '\xff'", 2, "is not UTF-8: byte 11 cannot be read"),
    ],
    ids=["value", "double", "open", "bytes"],
)
def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path, source: bytes, line: int, what: str) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(source)
    with pytest.raises(FaultyInput) as caught:
        load(path)
    (fault,) = caught.value.faults
    assert (fault.path, fault.line, fault.what) == (path, line, what)


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match=r"a\.toml: cannot be read: no such file or directory"):
        load(tmp_path / "a.toml")
