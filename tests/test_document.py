from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from kg.document import from_bytes, from_text, gather, read, sentence_key
from kg.errors import DocumentError
from kg.model import LedgerNote, Sameness
from kg.record import REASONS, record

SEEDS = Path(__file__).parent.parent / "seeds"
KEY = sentence_key("Thank you.")


def faults_of(error: pytest.ExceptionInfo[DocumentError]) -> list[str]:
    return [f"{fault.path.name}:{fault.line}: {fault.what}" for fault in error.value.faults]


def test_a_text_is_read_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.b.txt"
    path.write_bytes("\ufeffOne\r\n\r\ntwo\rthree\u2028four\n".encode())
    document = read(path)
    assert document.name == "a.b"
    assert document.text == "\ufeffOne\r\n\r\ntwo\rthree\u2028four\n"
    assert (document.language, document.published, document.notes) == ("en", None, ())


def test_a_record_is_read_whole(tmp_path: Path) -> None:
    text = b"Thank you.\n"
    (tmp_path / "a.txt").write_bytes(text)
    (tmp_path / "a.toml").write_text(
        f"""
title = "A title"
publisher = "A publisher"
date = 2024-11-27
language = "de"
machine_translated = true
sha256 = "{hashlib.sha256(text).hexdigest()}"
[[note]]
sentence = "{KEY}"
words = "Thank"
disposition = "nothing"
why = "courtesy"
[[note]]
sentence = "0123456789ab"
words = "Roe"
disposition = "todo"
gives = ["Jane Roe", "attended", "World Forum"]
[[same]]
local = "forum"
as = "b/forum"
why = "They say so."
"""
    )
    document = read(tmp_path / "a.txt")
    assert (document.title, document.publisher, document.language) == ("A title", "A publisher", "de")
    assert (document.published, document.machine_translated) == (date(2024, 11, 27), True)
    assert document.notes == (
        LedgerNote(KEY, "nothing", "courtesy"),
        LedgerNote("0123456789ab", "todo", "Jane Roe | attended | World Forum"),
    )
    assert document.same == (Sameness("forum", "b/forum", "They say so."),)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "a.txt:0: is empty"),
        ("\ufeff \r\n\u00a0\n".encode(), "a.txt:0: is empty"),
        (b"good\nb\xe4d\n", "a.txt:2: is not UTF-8: byte 6 cannot be read"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a.txt:0: is a binary, not a text: byte 8 is NUL"),
    ],
    ids=["empty", "blank", "latin-1", "picture"],
)
def test_what_is_no_text_is_refused(tmp_path: Path, raw: bytes, what: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert faults_of(caught) == [what]


def test_a_missing_file_is_refused_and_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt: no such file"):
        read(tmp_path / "a.txt")
    with pytest.raises(DocumentError, match="cannot be read: is a directory"):
        read(tmp_path)


def test_a_text_changed_after_its_hash_was_recorded_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "a.toml").write_text(f'title = "A"\nsha256 = "{hashlib.sha256(b"Two.").hexdigest()}"\n')
    with pytest.raises(DocumentError) as caught:
        read(tmp_path / "a.txt")
    (fault,) = faults_of(caught)
    assert fault.startswith("a.toml:2: a.txt was changed after its hash was recorded")


ALLOWED = "allowed: title, publisher, date, language, machine_translated, sha256, note, same"
RECORD = f"""title = 1
colour = "red"
date = "2024-11-27"
sha256 = "ABC"
machine_translated = "no"
[[note]]
sentence = "{KEY}"
words = "Thank"
disposition = "nothing"
why = "dull"
[[note]]
sentence = "000000000000"
disposition = "maybe"
gives = ["a", "b", "c"]
[[note]]
sentence = "000000000001"
words = "Thank"
disposition = "todo"
why = "courtesy"
gives = ["a", "b"]
[[same]]
local = "forum"
because = "why not"
"""


def test_all_that_is_wrong_with_a_record_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(RECORD)
    with pytest.raises(DocumentError) as caught:
        record(path)
    assert faults_of(caught) == [
        "a.toml:1: `title` must be a text",
        f"a.toml:2: unknown key `colour`; {ALLOWED}",
        "a.toml:3: `date` must be a date, like 2024-11-27 (without quotation marks)",
        "a.toml:4: `sha256` must be 64 hexadecimal digits in lower case",
        "a.toml:5: `machine_translated` must be true or false",
        f"a.toml:10: `why` must be one of: {', '.join(REASONS)}",
        "a.toml:11: `words` is missing",
        "a.toml:11: `why` is missing",
        "a.toml:13: `disposition` must be one of: nothing, todo",
        "a.toml:14: unknown key `gives`; allowed: sentence, words, disposition, why",
        "a.toml:19: unknown key `why`; allowed: sentence, words, disposition, gives",
        "a.toml:20: `gives` must be three texts: [subject, relation, object]",
        "a.toml:21: `as` is missing",
        "a.toml:21: `why` is missing",
        "a.toml:23: unknown key `because`; allowed: local, as, why",
    ]


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("note = 1", "a.toml:1: `note` must be tables, each under a header in double brackets"),
        ("same = [1]", "a.toml:1: `same` must be tables, each under a header in double brackets"),
        (
            "date = 2024-11-27T10:00:00Z",
            "a.toml:1: `date` must be a date, like 2024-11-27 (without quotation marks)",
        ),
        ("date = ", "a.toml:1: is not TOML: invalid value"),
    ],
    ids=["note", "same", "datetime", "syntax"],
)
def test_a_record_of_another_shape_is_refused(tmp_path: Path, source: str, what: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(source)
    with pytest.raises(DocumentError) as caught:
        record(path)
    assert faults_of(caught) == [what]


def test_a_note_stands_once_and_a_sentence_either_says_something_or_not(tmp_path: Path) -> None:
    nothing = f'[[note]]\nsentence = "{KEY}"\nwords = "T"\ndisposition = "nothing"\nwhy = "courtesy"\n'
    todo = f'[[note]]\nsentence = "{KEY}"\nwords = "T"\ndisposition = "todo"\ngives = ["a", "b", "{{}}"]\n'
    path = tmp_path / "a.toml"
    path.write_text(todo.replace("{}", "c") + todo.replace("{}", "d"))
    assert len(record(path).notes) == 2
    path.write_text(nothing + nothing + todo)
    with pytest.raises(DocumentError) as caught:
        record(path)
    assert faults_of(caught) == [
        "a.toml:6: stands twice",
        "a.toml:11: says the contrary of an earlier note on the same sentence",
    ]


def test_what_is_wrong_with_text_and_record_is_told_together(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    (tmp_path / "a.toml").write_text("colour = 1")
    with pytest.raises(DocumentError) as caught:
        read(tmp_path / "a.txt")
    assert [line.split(":")[0] for line in faults_of(caught)] == ["a.txt", "a.toml"]


def test_files_and_folders_are_gathered_in_order_and_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "a.toml", "c.md"):
        (tmp_path / name).write_text("x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "d.txt").write_text("x")
    names = [path.name for path in gather([tmp_path / "c.md", tmp_path, tmp_path / "a.txt", tmp_path / "sub"])]
    assert names == ["c.md", "a.txt", "b.txt", "d.txt"]


def test_what_cannot_be_gathered_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("x")
    (tmp_path / "a.toml").write_text("")
    paths = [tmp_path / name for name in ("empty", "none.txt", "one", "two", "a.toml")]
    with pytest.raises(DocumentError) as caught:
        gather(paths)
    assert faults_of(caught) == [
        "empty:0: is a directory without documents (*.txt)",
        "none.txt:0: no such file",
        "a.toml:0: is what is recorded beside a document, not a document",
        f"a.txt:0: has the name of another document, {tmp_path / 'one' / 'a.txt'}",
    ]


def test_a_text_from_elsewhere_is_a_document_too() -> None:
    assert from_text("stdin", "One.\r\n").text == "One.\r\n"
    assert from_bytes("stdin", b"One.\r\n") == from_text("stdin", "One.\r\n")
    with pytest.raises(DocumentError, match="stdin:2: is not UTF-8: byte 2 cannot be read"):
        from_bytes("stdin", b"a\n\xff")
    with pytest.raises(DocumentError, match="stdin: is empty"):
        from_text("stdin", "\n")
    with pytest.raises(DocumentError, match="stdin: is a binary, not a text: character 1 is NUL"):
        from_text("stdin", "a\0")


def test_the_seeds_are_whole_and_say_who_is_who() -> None:
    documents = [read(path) for path in gather([SEEDS])]
    assert [document.published and document.published.isoformat() for document in documents] == [
        None,
        "2021-03-08",
        "2024-11-27",
        "2024-03-20",
        "2021-03-03",
    ]
    assert [document.machine_translated for document in documents] == [False, True, False, False, False]
    # The title is a line of the text, or its beginning where the line goes on with a name of the site's section.
    for document in documents:
        assert f"\n{document.title}" in f"\n{document.text}"
        assert record(SEEDS / f"{document.name}.toml").sha256
    (same,) = documents[1].same
    assert (same.local, same.same_as) == ("press-conference", f"{documents[4].name}/press-conference")
