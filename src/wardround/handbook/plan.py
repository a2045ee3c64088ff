"""`{plan-form}`: the form of the page *Your dated plan*, and what its script makes a plan from.

The script (docs/_static/plan.js) does in the browser what `wardround.planner` does on the command line. Both start from
the same material; the page asks for it when the first plan is made, which keeps its first view light.
"""

from hashlib import sha256
from html import escape
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from wardround.careers import load, source_files
from wardround.catalog import MANIFEST, load_catalog
from wardround.planner import material
from wardround.planner.browser import as_json
from wardround.planner.wish import LEAST_HOURS, MOST_HOURS, YEARS_AHEAD

MATERIAL = "plan-material.js"


class PlanFormDirective(SphinxDirective):
    """```{plan-form}```: the form, for the site only; a book has none."""

    has_content: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        """Return the form with its material."""
        catalog = load_catalog()
        for file in (*source_files(), catalog.root / MANIFEST, Path(__file__)):
            self.env.note_dependency(str(file))
        source = material(load(), catalog)
        html = FORM.format(
            pathways="".join(f'<option value="{item.id}">{escape(item.name)}</option>' for item in source.pathways),
            domains="".join(f'<option value="{item.id}">{escape(item.name)}</option>' for item in source.domains),
            off="".join(BREAK.format(n=n, hidden=" hidden" * (n > 1)) for n in range(1, BREAKS + 1)),
            least=LEAST_HOURS,
            most=MOST_HOURS,
            years=YEARS_AHEAD,
            far=f"This is more than {YEARS_AHEAD} years ahead. Is the year right?",
            site=escape(str(self.config.html_baseurl).rstrip("/") + "/"),
            material=self._material(as_json(source)),
        )
        only = addnodes.only(expr="html")
        only += nodes.raw("", html, format="html")
        return [only]

    def _material(self, text: str) -> str:
        """Keep what plans are made of for the build's end; return its address, new whenever it changes."""
        self.env.metadata[self.env.docname]["plan_material"] = text
        up = "../" * self.env.docname.count("/")
        return f"{up}_static/{MATERIAL}?v={sha256(text.encode()).hexdigest()[:8]}"


def _write_material(app: Sphinx, error: Exception | None) -> None:
    """Write the material as a script beside plan.js: a page opened as a file may load a script, but no JSON."""
    if error is not None or app.builder.format != "html":
        return
    for page in app.env.metadata.values():
        if "plan_material" in page:
            text = f"wardroundPlan({page['plan_material']});\n"
            Path(app.outdir, "_static", MATERIAL).write_text(text, encoding="utf-8")


BREAKS = 6  # spans of days off; the form shows one and offers the others
BREAK = """\
<div class="plan-field plan-days" role="group" aria-label="Days off {n}"{hidden}>
      <label>from <input type="date" aria-describedby="plan-off-fault-{n}"></label>
      <label>to <input type="date" aria-describedby="plan-off-fault-{n}"></label>
      <span class="plan-fault" id="plan-off-fault-{n}" data-half="Complete this date, or empty it." \
data-reversed="The last day lies before the first. Exchange them." \
data-past="These days end before the plan starts. Is the year right?" \
data-long="These days last more than a year. Start after them instead."></span></div>
"""
FORM = """\
<p class="plan-no-script">Your browser runs no scripts, so there is no form here. The command below makes the same plan.</p>
<form id="plan-form" class="plan-form" novalidate data-site="{site}" data-years="{years}" \
data-material="{material}">
  <p class="plan-field"><label for="plan-pathway">Your background</label>
    <select id="plan-pathway">{pathways}</select></p>
  <p class="plan-field"><label for="plan-domain">The domain you aim at</label>
    <select id="plan-domain"><option value="">not chosen yet</option>{domains}</select></p>
  <p class="plan-field"><label for="plan-start">First day</label>
    <input id="plan-start" type="date" required aria-describedby="plan-start-fault">
    <span class="plan-fault" id="plan-start-fault" data-empty="Choose the first day." \
data-past="This day is past. Choose today or a later day." data-far="{far}"></span></p>
  <p class="plan-field"><label for="plan-hours">Hours a week</label>
    <input id="plan-hours" type="number" min="{least}" max="{most}" step="0.5" value="8" inputmode="decimal" required \
aria-describedby="plan-hours-hint plan-hours-fault">
    <span class="plan-hint" id="plan-hours-hint">Most people count on 5 to 10.</span>
    <span class="plan-fault" id="plan-hours-fault" data-range="Write the hours that you have, {least} to {most}." \
data-half="Write whole or half hours, such as 8 or 7.5."></span></p>
  <fieldset class="plan-off"><legend>Days off, if you know them</legend>
    {off}
    <button type="button" class="plan-more">More days off</button>
  </fieldset>
  <p><button type="submit" class="plan-make">Make the plan</button></p>
</form>
<div id="plan" class="plan" hidden>
  <p class="plan-tools"><button type="button" data-save="md">Save as text (Markdown)</button>
    <button type="button" data-save="ics">Save for a calendar (.ics)</button>
    <button type="button" data-save="print">Print</button></p>
  <div id="plan-text"></div>
</div>
"""  # noqa: E501 - a sentence is not cut in two


def setup(app: Sphinx) -> None:
    """Register the directive; the look leaves script and styles out where there is no form."""
    app.add_directive("plan-form", PlanFormDirective)
    app.add_js_file("plan.js", loading_method="defer")
    app.connect("build-finished", _write_material)
    app.add_css_file("plan.css", priority=810)  # after handbook.css
