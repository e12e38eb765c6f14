"""What rests on what, as SVG with a link at every claim: the whole once, and the neighbours of each claim."""

from collections.abc import Iterable, Mapping, Sequence

from attest._claim import Claim
from attest._graph import in_order
from attest._judge import Finding
from attest.report.html.svg import element, number, text, title
from attest.report.words import verdict_word

BOX, ROW, COLUMN = 136, 22, 172  # width of a node, distance of rows, distance of columns
Edge = tuple[str, str, str]  # premise, claim, how


def edges_of(claims: Iterable[Claim]) -> list[Edge]:
    """(premise, claim, "rests"), (finite form, claim, "finite") and (correction, claim, "corrected")."""
    found: list[Edge] = []
    for claim in claims:
        found += [(name, claim.id, "rests") for name in claim.rests_on]
        found += [(name, claim.id, "finite") for name in claim.finite_form]
        found += [(claim.corrected, claim.id, "corrected")] if claim.corrected else []
    return found


def whole_graph(findings: Mapping[str, Finding]) -> str:
    """All claims that lean on another or are leant on: premises to the left, a band for each paper."""
    edges = [e for e in edges_of(f.claim for f in findings.values()) if e[0] in findings]
    if not edges:
        return ""
    linked = {name for premise, claim, _ in edges for name in (premise, claim)}
    depth = _depths([findings[name].claim for name in sorted(linked)], edges)
    places: dict[str, tuple[float, float]] = {}
    bands, top = [], 0.0
    for paper in dict.fromkeys(name.partition(".")[0] for name in sorted(linked)):
        columns = _columns([n for n in sorted(linked) if n.startswith(f"{paper}.")], depth, edges)
        bands.append(text(paper, 0.0, top + 14, "band"))
        tallest = max(map(len, columns.values()))
        for level, names in columns.items():
            gap = ROW * tallest / len(names)  # short columns are spread, so that lines keep apart
            places |= {n: (level * COLUMN, top + 20 + (k + 0.5) * gap - ROW / 2) for k, n in enumerate(names)}
        top += 20 + tallest * ROW + 14
    lines = [_curve(places[a], places[b], how) for a, b, how in edges]
    nodes = [_node(findings[name], *place) for name, place in places.items()]
    width = max(x for x, _ in places.values()) + BOX
    return _linked([*lines, *bands, *nodes], width, top, "What rests on what, over all claims: premises to the left")


def neighbourhood(name: str, findings: Mapping[str, Finding], edges: Sequence[Edge]) -> str:
    """A claim with what it leans on above and what leans on it below, on one stem."""
    above = [(premise, how) for premise, claim, how in edges if claim == name and premise in findings]
    below = [(claim, how) for premise, claim, how in edges if premise == name and claim in findings]
    if not above and not below:
        return ""
    parts, y = [], 0.0
    middle = BOX + 24.0
    for group in (above, None, below):
        if group is None:
            parts.append(_node(findings[name], middle - BOX / 2, y + 4, here=True))
            y += ROW + 8
            continue
        for k, (other, how) in enumerate(group):
            left, row = k % 2 == 0, y + k // 2 * ROW
            x = 0.0 if left else middle + 24
            edge = x + BOX if left else x
            parts.insert(0, element("path", d=f"M{number(edge)} {number(row + 9)}H{number(middle)}", class_=how))
            parts.append(_node(findings[other], x, row))
        y += -(-len(group) // 2) * ROW
    stem = element(
        "path", d=f"M{number(middle)} {9 if above else 12}V{number(y - (13 if below else 14))}", class_="rests"
    )
    says = f"{name} rests on {len(above)} claims above it; {len(below)} below lean on it"
    return _linked([stem, *parts], 2 * BOX + 48, y, says)


def _depths(claims: Sequence[Claim], edges: Sequence[Edge]) -> dict[str, int]:
    depth: dict[str, int] = {}
    for claim in in_order(claims):
        depth[claim.id] = 1 + max((depth[a] for a, b, _ in edges if b == claim.id), default=-1)
    return depth


def _columns(names: Sequence[str], depth: Mapping[str, int], edges: Sequence[Edge]) -> dict[int, list[str]]:
    """The names of each depth, ordered by the mean place of their neighbours so that few lines cross."""
    columns: dict[int, list[str]] = {}
    for name in names:
        columns.setdefault(depth[name], []).append(name)
    columns = dict(sorted(columns.items()))
    for _ in range(8):
        rank = {n: (k + 0.5) / len(column) for column in columns.values() for k, n in enumerate(column)}

        def mean(name: str, rank: Mapping[str, float] = rank) -> float:
            near = [rank[o] for a, b, _ in edges for o, n in ((a, b), (b, a)) if n == name and o in rank]
            return sum(near) / len(near) if near else rank[name]

        for column in columns.values():
            column.sort(key=mean)
    return columns


def _curve(start: tuple[float, float], end: tuple[float, float], how: str) -> str:
    (x, y), (u, v) = (start[0] + BOX, start[1] + 9), (end[0], end[1] + 9)
    bend = max(14.0, (u - x) / 2)
    path = " ".join(map(number, (x + bend, y, u - bend, v, u, v)))
    return element("path", d=f"M{number(x)} {number(y)}C{path}", class_=how)


def _node(finding: Finding, x: float, y: float, *, here: bool = False) -> str:
    tag = finding.claim.tag
    shown = tag if len(tag) <= 22 else f"{tag[:21]}…"
    box = element("rect", x=x, y=y, width=BOX, height=18, rx=4)
    label = text(shown, x + BOX / 2, y + 13)
    word = verdict_word(finding)
    parts = (title(f"{finding.claim.id}: {word}. {finding.claim.says}"), box, label)
    class_ = f"node v-{finding.verdict}" + (" here" if here else "")
    if here:
        return element("g", *parts, class_=class_)
    return element("a", *parts, href=f"#{finding.claim.id}", class_=class_, aria_label=f"{finding.claim.id}, {word}")


def _linked(parts: Iterable[str], width: float, height: float, says: str) -> str:
    """A drawing with links: a group to a screen reader, in its own size."""
    w, h = number(float(width + 2)), number(float(height + 2))  # room for the strokes at the edge
    return element(
        "svg", *parts, viewBox=f"-1 -1 {w} {h}", width=w, height=h, role="group", aria_label=says, class_="graph"
    )
