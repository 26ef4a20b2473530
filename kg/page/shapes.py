"""The shape and colour in which each family of classes is drawn: on the canvas, in the legend, in lists."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """An SVG path around (0, 0), about 16 by 16, and the name of a colour of `colours.css` (Okabe and Ito's)."""

    path: str
    colour: str


#: No two families share a shape, so that colour is never needed to tell them apart.
_SHAPES = {
    "Person": Shape("M-7.5 0a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0 -15 0z", "blue"),
    "Group": Shape(
        "M-9 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0zM2.2 -5.1a5.5 5.5 0 1 1 0 10.2a7 7 0 0 0 0 -10.2z",
        "sky",
    ),
    "Body": Shape("M-7 -7h14v14h-14z", "orange"),
    "Place": Shape("M0 9.5c-2.5 -4.2 -6.8 -7.4 -6.8 -11.7a6.8 6.8 0 1 1 13.6 0c0 4.3 -4.3 7.5 -6.8 11.7z", "green"),
    "Event": Shape("M0 -9l9 9l-9 9l-9 -9z", "vermilion"),
    "Initiative": Shape("M0 -9l2.6 5.6l6.1 .7l-4.5 4.2l1.2 6l-5.4 -3l-5.4 3l1.2 -6l-4.5 -4.2l6.1 -.7z", "purple"),
    "Work": Shape("M-6 -8h7.5l4.5 4.5v11.5h-12z", "ink"),
    "Product": Shape("M-4.2 -7.4h8.4l4.3 7.4l-4.3 7.4h-8.4l-4.3 -7.4z", "yellow"),
    "Topic": Shape("M0 -8l8.4 15h-16.8z", "purple"),
    "Period": Shape("M-6.5 -8h13l-5 8l5 8h-13l5 -8z", "yellow"),
    "Claim": Shape("M-8 -7h16v11h-8l-5 4.5v-4.5h-3z", "sky"),
}
_OTHER = Shape("M-2.5 -8h5v5.5h5.5v5h-5.5v5.5h-5v-5.5h-5.5v-5h5.5z", "grey")


def shape(family: str) -> Shape:
    """Return how a family is drawn; a cross in grey for one that has no shape of its own.

    >>> shape("Body").colour, shape("Galaxy").colour
    ('orange', 'grey')
    """
    return _SHAPES.get(family, _OTHER)
