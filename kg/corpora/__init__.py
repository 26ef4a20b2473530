"""Corpora: the same rules over an archive, on all cores or on many machines, stopped and gone on with at will.

`inputs` tells which files are meant, `sources` reads their documents, `batches` cuts them into runs, `readings` reads a
run by the rules in another process, `runs` leads them through it, `parts` keeps what comes out, and `contents` makes
of it again what a build knows.
"""

from __future__ import annotations
