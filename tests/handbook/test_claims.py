"""The claim role: the number, its date, the way to its source."""

import re
from datetime import date

from wardround.careers import load

HEAD = "---\ndescription: A page that a test builds.\nupdated: 2026-11-22\n---\n\n# Title\n\n"


def claim(verdict):
    return next(c for c in load().claims if c.verdict == verdict)


def page(item):
    return HEAD + f"It is {{claim}}`{item.id}`.\n\n{{#claim-{item.id}}}\nThe ledger's line.\n"


def test_a_claim_prints_its_value_and_links_its_date_to_the_ledger(handbook):
    item = claim("confirmed")
    built = handbook({"index.md": page(item)})
    assert built.warnings == ""
    shown = re.search(r'<span class="claim">(.*?)</span></a></span>', built.html(), re.DOTALL).group(1)
    assert f'href="#claim-{item.id}"' in shown
    assert f"({item.as_of[:4]})" in shown


def test_what_nobody_could_source_says_so_at_the_number(handbook):
    item = claim("guide-only")
    assert f"({item.as_of[:4]}, an unsourced estimate)" in handbook({"index.md": page(item)}).html()


def test_an_unknown_claim_is_a_warning_with_the_nearest_known_one(handbook):
    item = claim("confirmed")
    built = handbook({"index.md": HEAD + f"It is {{claim}}`{item.id}x`.\n"})
    assert re.search(r"index\.md:\d+: WARNING: .*did you mean", built.warnings)
    assert item.id in built.warnings


def test_no_claim_is_past_its_review_on_the_day_it_was_written():
    assert load().claims_past(date(2026, 11, 22)) == ()
