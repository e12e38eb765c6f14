"""Elements of inline SVG as text: one function, no library, coordinates to a tenth."""

from xml.sax.saxutils import escape, quoteattr


def element(name: str, *children: str, **attributes: object) -> str:
    """``<name …>children</name>``; children are markup already, ``class_`` and ``aria_label`` lose or turn their bars.

    >>> element("circle", cx=1.25, r=3, class_="point")
    '<circle cx="1.2" r="3" class="point"/>'
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(number(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(children)
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def number(value: object) -> str:
    """A coordinate to a tenth, without a needless ``.0``; anything else as text."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.1f}".removesuffix(".0")


def text(content: str, x: float, y: float, class_: str | None = None, **attributes: object) -> str:
    """A line of text at a place."""
    return element("text", escape(content), x=x, y=y, class_=class_, **attributes)


def title(content: str) -> str:
    """What a pointer or a screen reader is told about the element that this is put in."""
    return element("title", escape(content))


def picture(*children: str, width: float, height: float, says: str, class_: str) -> str:
    """A drawing that is one image to a screen reader, described by *says*."""
    box = f"0 0 {number(width)} {number(height)}"
    return element("svg", title(says), *children, viewBox=box, role="img", class_=class_, aria_label=says)
