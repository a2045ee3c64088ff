"""Every fault names its file and item, says what was expected and what to do, and is never a traceback."""

from pathlib import Path

import pytest

from wardround.careers import CareerMapError, load, source_files

CLAIM = """
- id: {id}
  text: A sentence.
  value: 5 %
  unit: share of patients
  where: US
  source: {source}
  as_of: {as_of}
  verdict: {verdict}
  review_by: {review_by}
"""
SOUND = {
    "id": "a-claim-of-this-test",
    "source": "bls-2025-nurses",
    "as_of": "2025-03",
    "verdict": "confirmed",
    "review_by": "2027-01-31",
}


def test_the_packaged_map_is_read_once():
    assert load() is load()


def test_a_copy_of_the_packaged_map_loads_and_is_equal(spoiled):
    assert load(spoiled.folder) == load()


def test_source_files_are_all_yaml_files_of_the_folder(spoiled):
    files = source_files(spoiled.folder)
    assert set(files) == set(spoiled.folder.rglob("*.yaml"))
    (spoiled.folder / "claims" / "new-topic.yaml").write_text("[]", encoding="utf-8")
    assert spoiled.folder / "claims" / "new-topic.yaml" in source_files(spoiled.folder)


def test_claims_of_a_new_file_are_in_the_map(spoiled):
    (spoiled.folder / "claims" / "new-topic.yaml").write_text(CLAIM.format(**SOUND), encoding="utf-8")
    assert load(spoiled.folder).claim("a-claim-of-this-test").as_of == "2025-03"


def test_all_faults_of_all_files_are_reported_together(spoiled):
    spoiled.edit("domains.yaml", "summary:", "sumary:")
    spoiled.edit("roles.yaml", "category: builders", "category: bilders")
    (spoiled.folder / "skills.yaml").write_text("", encoding="utf-8")
    faults = "\n".join(spoiled.faults())
    assert 'unknown key "sumary"' in faults
    assert 'the key "summary" is missing' in faults
    assert "bilders" in faults
    assert "skills.yaml: is empty" in faults


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_missing_folder(tmp_path: Path):
    with pytest.raises(CareerMapError, match=r"nowhere: is not a folder; name the folder that holds domains\.yaml"):
        load(tmp_path / "nowhere")


def test_missing_file(spoiled):
    (spoiled.folder / "regions.yaml").unlink()
    assert spoiled.only_fault() == "regions.yaml: is missing; the map needs it for its regions. Restore it."


def test_folder_without_pathways(spoiled):
    for path in (spoiled.folder / "pathways").iterdir():
        path.unlink()
    assert any(fault.startswith("pathways/: holds no .yaml file") for fault in spoiled.faults())


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n", "---\n"])
def test_empty_file(spoiled, content):
    (spoiled.folder / "regions.yaml").write_text(content, encoding="utf-8")
    fault = spoiled.only_fault()
    assert fault.startswith("regions.yaml")
    assert "is empty; restore its items" in fault


def test_list_without_items(spoiled):
    (spoiled.folder / "regions.yaml").write_text("[]", encoding="utf-8")
    assert spoiled.only_fault() == "regions.yaml:1: holds no item; restore its items."


def test_mapping_where_a_list_belongs(spoiled):
    (spoiled.folder / "regions.yaml").write_text("id: europe\n", encoding="utf-8")
    assert spoiled.only_fault() == "regions.yaml:1: must be a list: begin each item with a dash."


def test_text_where_an_item_belongs(spoiled):
    spoiled.append("regions.yaml", "- just text\n")
    assert "item 7: expected a mapping of keys to values; write it as key: value." in spoiled.only_fault()


def test_invalid_utf8_names_the_line(spoiled):
    path = spoiled.folder / "regions.yaml"
    path.write_bytes(b"- id: europe\n  name: Espa\xf1a\n" + path.read_bytes())
    assert spoiled.only_fault() == "regions.yaml:2: is not valid UTF-8 here; save the file as UTF-8."


def test_link_that_leads_nowhere(spoiled):
    path = spoiled.folder / "regions.yaml"
    path.unlink()
    path.symlink_to(path)
    assert spoiled.only_fault().startswith("regions.yaml: is missing")


def test_an_unreadable_file_causes_no_other_faults(spoiled):
    (spoiled.folder / "skills.yaml").write_text("- id: [\n", encoding="utf-8")
    (spoiled.folder / "claims" / "zz-new.yaml").write_text("- id: [\n", encoding="utf-8")
    (spoiled.folder / "employers.yaml").unlink()
    (spoiled.folder / "domains.yaml").write_text("id: imaging\n", encoding="utf-8")
    files = [fault.split(":")[0] for fault in spoiled.faults()]
    assert files == ["claims/zz-new.yaml", "domains.yaml", "employers.yaml", "skills.yaml"]


# ── YAML ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("- id: [europe\n", 2, "is not valid YAML"),
        ("- id: europe\n  name: a: b\n", 2, "is not valid YAML"),
        ("- id: europe\n\tname: x\n", 2, "is not valid YAML"),
        ("- id: 'europe\n", 2, "is not valid YAML"),
        ("- id: europe\n  name: \x07\n", None, "is not valid YAML"),
        ("- id: one\n---\n- id: two\n", None, "is not valid YAML"),
        ("- id: *nobody\n", 1, "no anchors (&) or aliases (*)"),
        ("- id: !!python/object/apply:os.system [x]\n", None, "regions.yaml"),
        ("- id: !!binary aGk=\n", 1, "write plain text, numbers, lists and mappings only"),
        ("- id: europe\n  id: gcc\n", 2, 'the key "id" stands twice'),
        ("- ? [a]\n  : b\n", 1, "a key must be a plain word"),
        ("[" * 60 + "]" * 60, 1, "levels deep"),
        ("[" * 5000 + "]" * 5000, None, "regions.yaml"),
    ],
)
def test_yaml_faults_are_sentences(spoiled, content, line, said):
    (spoiled.folder / "regions.yaml").write_text(content, encoding="utf-8")
    faults = [fault for fault in spoiled.faults() if fault.startswith("regions.yaml")]
    assert any(said in fault and (line is None or fault.startswith(f"regions.yaml:{line}:")) for fault in faults), (
        faults
    )


def test_aliases_are_refused_with_the_line_of_the_anchor(spoiled):
    line = spoiled.edit("domains.yaml", "key_uses: [Lesion detection", "key_uses: &uses [Lesion detection")
    spoiled.edit("domains.yaml", "key_uses: [Risk scoring, Therapy matching, Radiotherapy planning]", "key_uses: *uses")
    fault = next(fault for fault in spoiled.faults() if "anchor" in fault)
    assert fault.startswith(f"domains.yaml:{line}:")
    assert "write the text out in both places" in fault


def test_an_alias_bomb_is_refused_quickly(spoiled):
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (spoiled.folder / "portfolio.yaml").write_text(bomb, encoding="utf-8")
    assert any("repeats an anchor" in fault for fault in spoiled.faults())


def test_dates_and_yes_no_stay_text(spoiled):
    spoiled.edit("regions.yaml", "  strengths:\n", "  strengths:\n    - no\n    - 2025-01-01\n")
    assert load(spoiled.folder).regions[0].strengths[:2] == ("no", "2025-01-01")


# ── items ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_unknown_key_suggests_the_nearest(spoiled):
    line = spoiled.edit("domains.yaml", "  suits:", "  suit:")
    faults = spoiled.faults()
    assert f'domains.yaml:{line}: imaging: unknown key "suit"; did you mean "suits"?' in faults
    assert any(
        'imaging: the key "suits" is missing: what one likes who is happy here, as a list without a full stop. Add it.'
        in f
        for f in faults
    )


def test_unknown_key_inside_an_item_says_where(spoiled):
    line = spoiled.edit("pathways/clinician.yaml", "    deliverable:", "    deliverabel:")
    faults = spoiled.faults()
    assert any(
        f.startswith(f"pathways/clinician.yaml:{line}: clinician: unknown key") and "phases[1]" in f for f in faults
    )


def test_missing_key_says_what_it_holds(spoiled):
    spoiled.edit("roles.yaml", "  judged_by: How the model behaves", "  # judged_by: How the model behaves")
    fault = spoiled.only_fault()
    assert "roles.yaml" in fault
    assert "healthcare-ml-engineer" in fault
    assert 'the key "judged_by" is missing: one sentence: what the person is judged by. Add it.' in fault


@pytest.mark.parametrize("key", ["domains", "employers", "skills", "pathways"])
def test_role_without_one_of_its_lists(spoiled, key):
    text = (spoiled.folder / "roles.yaml").read_text(encoding="utf-8")
    written = next(line for line in text.splitlines() if line.startswith(f"  {key}: ["))
    line = spoiled.edit("roles.yaml", written, f"  {key}: []")
    fault = spoiled.only_fault()
    assert fault.startswith(f"roles.yaml:{line}: healthcare-ml-engineer: {key}: needs at least one item, and has 0.")
    assert "Correct the value." in fault


@pytest.mark.parametrize(
    ("key", "wrong", "right"),
    [
        ("category", "bilders", "builders"),
        ("salary_band", "enginer", "engineer"),
        ("domains", "[imagin]", "imaging"),
        ("employers", "[hospital]", "hospitals"),
        ("skills", "[technicl]", "technical"),
        ("pathways", "[clinicain]", "clinician"),
    ],
)
def test_dangling_ids_of_a_role_suggest_the_nearest(spoiled, key, wrong, right):
    text = (spoiled.folder / "roles.yaml").read_text(encoding="utf-8")
    written = next(line for line in text.splitlines() if line.startswith(f"  {key}: "))
    line = spoiled.edit("roles.yaml", written, f"  {key}: {wrong}")
    fault = spoiled.only_fault()
    assert fault.startswith(f"roles.yaml:{line}: healthcare-ml-engineer: {key}: no ")
    assert f'has the id "{wrong.strip("[]")}"; did you mean "{right}"?' in fault


@pytest.mark.parametrize(
    ("name", "old", "new", "item"),
    [
        ("bands.yaml", "claim: band-engineer", "claim: band-enginer", "engineer"),
        ("bands.yaml", "anchors: [compliance-officers]", "anchors: [compliance-oficers]", "governance"),
        ("trends.yaml", "[market-vendor-projection", "[market-vendor-projections", "market-growth"),
        ("frame.yaml", "claims: [oecd-ai-skills", "claims: [oecd-ai-skils", ""),
        ("responsible-ai.yaml", "role: regulatory-specialist", "role: regulatory-specialists", ""),
        ("categories.yaml", "domains: [imaging", "domains: [imagin", "builders"),
    ],
)
def test_dangling_ids_elsewhere(spoiled, name, old, new, item):
    line = spoiled.edit(name, old, new)
    fault = spoiled.only_fault()
    assert fault.startswith(f"{name}:{line}: {item}")
    assert "did you mean" in fault


def test_an_id_of_a_faulty_item_still_counts(spoiled):
    spoiled.edit("domains.yaml", "  suits:", "  suit:")
    assert not any("no domain has the id" in fault for fault in spoiled.faults())


def test_duplicate_id_names_the_first(spoiled):
    line = spoiled.edit("skills.yaml", "- id: interoperability", "- id: technical")
    faults = spoiled.faults()
    assert any(
        f.startswith(f"skills.yaml:{line}: technical: the id is already taken at skills.yaml:2; choose another")
        for f in faults
    )


def test_duplicate_claim_over_two_files(spoiled):
    first = load().claims[0]
    (spoiled.folder / "claims" / "zz-new.yaml").write_text(CLAIM.format(**SOUND | {"id": first.id}), encoding="utf-8")
    fault = spoiled.only_fault()
    assert fault.startswith(f"claims/zz-new.yaml:2: {first.id}: the id is already taken at claims/")


@pytest.mark.parametrize("alias", ["Clinical AI Lead", "clinical ai  LEAD", "Clinical AI Strategist"])
def test_an_alias_may_lead_to_one_role_only(spoiled, alias):
    line = spoiled.edit("roles.yaml", "  aliases: [Associate PM / Analyst, Associate PM]", f'  aliases: ["{alias}"]')
    assert spoiled.only_fault() == (
        f'roles.yaml:{line}: associate-product-manager: "{alias}" already leads to the role "clinical-ai-lead"; '
        "keep it in one of them."
    )


def test_bad_id(spoiled):
    line = spoiled.edit("regions.yaml", "- id: gcc", "- id: Gulf States")
    fault = spoiled.only_fault()
    assert fault.startswith(f'regions.yaml:{line}: Gulf States: id: "Gulf States" is no id; use lower-case words')


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("5", "name: expected text, got 5; put it in quotes."),
        ("''", "name: is empty."),
        ("null", "name: expected text, got nothing."),
        ("[Gulf]", "name: expected text, got ['Gulf']; put it in quotes."),
    ],
)
def test_value_of_the_wrong_kind(spoiled, value, said):
    spoiled.edit("regions.yaml", "name: Middle East and GCC", f"name: {value}")
    fault = spoiled.only_fault()
    assert f"gcc: {said} Expected: full name, as a heading. Correct the value." in fault


def test_text_where_a_list_belongs(spoiled):
    spoiled.edit("roles.yaml", "  domains: [imaging", "  domains: imaging # [imaging")
    assert "domains: expected a list, got 'imaging'; write [one, two] or one dash a line." in spoiled.only_fault()


def test_salary_band_upside_down(spoiled):
    spoiled.edit("bands.yaml", "low: 95000", "low: 195000")
    fault = spoiled.only_fault()
    assert "bands.yaml" in fault
    assert "data-scientist: low is not below high; swap the two ends" in fault


# ── pathways ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_hours_reversed(spoiled):
    line = spoiled.edit("pathways/clinician.yaml", "hours: [2, 3]", "hours: [3, 2]")
    fault = spoiled.only_fault()
    assert fault.startswith(f"pathways/clinician.yaml:{line}: clinician: phases[1].weeks[1].tasks[1].hours:")
    assert "reversed" in fault
    assert "write the smaller number first" in fault


def test_one_number_of_hours(spoiled):
    spoiled.edit("pathways/clinician.yaml", "hours: [2, 3]", "hours: [2]")
    said = "hours: has too few values. Expected: least and most hours, as [2, 3]. Correct the value."
    assert said in spoiled.only_fault()


def test_task_with_two_targets(spoiled):
    spoiled.edit("pathways/clinician.yaml", "page: guide/skills/technical", "page: faq, url: https://example.org")
    assert "names more than one of page, exercise and url; keep one" in spoiled.only_fault()


def test_weeks_out_of_order(spoiled):
    spoiled.edit("pathways/clinician.yaml", "- number: 6", "- number: 7")
    assert "the weeks of phase 2 must be numbered 5 to 8, in order" in spoiled.only_fault()


def test_days_that_do_not_belong_to_the_phase(spoiled):
    spoiled.edit("pathways/clinician.yaml", "days: 31-60", "days: 61-90")
    assert "phase 2 does not cover the days 61-90" in spoiled.only_fault()


# ── workflows ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_arrow_to_a_step_that_does_not_exist(spoiled):
    line = spoiled.edit("domains.yaml", "{from: order, to: archive", "{from: order, to: archve")
    assert spoiled.only_fault().startswith(
        f'domains.yaml:{line}: imaging: workflow: no step has the id "archve"; did you mean "archive"?'
    )


def test_step_without_an_arrow(spoiled):
    spoiled.edit("domains.yaml", "      - {from: reader, to: watch, label: corrections}\n", "")
    assert 'no arrow leads to or from the step "watch"' in spoiled.only_fault()


def test_step_with_too_many_words(spoiled):
    spoiled.edit("domains.yaml", "text: Clinician orders the scan", "text: The clinician on call orders one more scan")
    assert "has more than six words; shorten it" in spoiled.only_fault()


# ── claims ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": "null"}, "has no source; name a bibliography key"),
        ({"as_of": "May 2025"}, "is not a date; write 2025, 2025-03 or 2025-03-31"),
        ({"as_of": "2025-13"}, "is not a date of the calendar"),
        ({"as_of": "true"}, "is not a date"),
        ({"review_by": "2025-02-28"}, "review_by lies before as_of; choose a later day"),
        ({"review_by": "soon"}, "is not a day; write it as 2027-05-31"),
        ({"review_by": "2027-02-30"}, "is not a date of the calendar"),
        ({"verdict": "true-enough"}, 'verdict: "true-enough" is not one of'),
        ({"verdict": "doubtful"}, "needs a note that tells a reader why"),
    ],
)
def test_claim_faults(spoiled, change, said):
    (spoiled.folder / "claims" / "zz-new.yaml").write_text(CLAIM.format(**SOUND | change), encoding="utf-8")
    fault = spoiled.only_fault()
    assert fault.startswith("claims/zz-new.yaml:")
    assert "a-claim-of-this-test" in fault
    assert said in fault


def test_a_year_without_quotes_is_a_date(spoiled):
    claim = CLAIM.format(**SOUND | {"as_of": "2025"})
    (spoiled.folder / "claims" / "zz-new.yaml").write_text(claim, encoding="utf-8")
    assert load(spoiled.folder).claim("a-claim-of-this-test").as_of == "2025"


def test_a_guide_only_claim_may_stand_without_source_when_a_note_says_so(spoiled):
    claim = CLAIM.format(**SOUND | {"source": "null", "verdict": "guide-only"}) + "  note: No source was found.\n"
    (spoiled.folder / "claims" / "zz-new.yaml").write_text(claim, encoding="utf-8")
    assert load(spoiled.folder).claim("a-claim-of-this-test").source is None
