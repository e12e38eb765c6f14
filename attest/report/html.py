"""The ledger as one offline page: a plain table, nothing fetched."""

from collections.abc import Mapping
from pathlib import Path

import jinja2

from attest._judge import Finding
from attest.report.terminal import evidence
from attest.report.words import colour, figure, share, tally, verdict_word

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>attest: the ledger</title>
<style>
:root { color-scheme: light dark; --line: #8886; --good: #176d34; --bad: #b3261e; --open: #7a5b00; }
@media (prefers-color-scheme: dark) { :root { --good: #6fd08c; --bad: #ff8a80; --open: #e3c268; } }
body { font: 1rem/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: 1.5rem 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
th[scope=row] { white-space: nowrap; font-weight: 500; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.green { color: var(--good); } .red { color: var(--bad); font-weight: 600; } .yellow { color: var(--open); }
small { opacity: .8; }
</style>
</head>
<body>
<h1>attest: the ledger</h1>
<p>{{ findings|length }} claims: {{ tally }}.</p>
<p>A verdict says what a finite set of measurements shows: <em>supported</em> means that every case agrees and that
every rival, a plausible wrong statement, was contradicted by the same measurement. The resolution is the smallest
relative change of the prediction that the measurements would contradict.</p>
{% for paper, group in findings|groupby("claim.paper.key") %}
<div class="wide"><table>
<caption>{{ group[0].claim.paper.authors|join(", ") }} ({{ group[0].claim.paper.year }}).
 {{ group[0].claim.paper.title }}. {{ group[0].claim.paper.venue }}.</caption>
<thead><tr><th scope="col">claim</th><th scope="col">what was measured</th><th scope="col">source</th>
<th scope="col">verdict</th><th scope="col">resolution</th><th scope="col">tightness</th><th scope="col">rivals</th>
</tr></thead>
<tbody>
{% for f in group %}
<tr id="{{ f.claim.id }}"><th scope="row">{{ f.claim.id }}</th>
<td>{{ f.claim.says }}
{%- if f.counterexample %}<br><small>Counter-example: {{ evidence(f.counterexample) }}.</small>{% endif %}</td>
<td>{{ f.claim.where }}</td>
<td class="{{ colour(f) }}">{{ word(f) }}</td>
<td class="number">{{ figure(f.resolution) }}</td>
<td class="number">{{ share(f.tightness) }}</td>
<td>{% for name, rival in f.rivals.items() %}{{ name }}: {{ "contradicted" if rival.contradicted else "survived" }}
{%- if not loop.last %}<br>{% endif %}{% endfor %}</td></tr>
{% endfor %}
</tbody></table></div>
{% endfor %}
</body>
</html>
"""


def page(findings: Mapping[str, Finding]) -> str:
    """The page as text."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.from_string(_PAGE).render(
        findings=list(findings.values()),
        tally=tally(findings.values()),
        word=verdict_word,
        colour=colour,
        figure=figure,
        share=share,
        evidence=evidence,
    )


def write_page(path: Path, findings: Mapping[str, Finding]) -> None:
    """Write the page whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(page(findings), encoding="utf-8")
    draft.replace(path)
