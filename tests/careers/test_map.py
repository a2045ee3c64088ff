"""The packaged map: its size and shape, its look-ups, and what must never be missing from it."""

import re
from datetime import date

import pytest

from wardround.careers import CareerMapError, load

DOMAINS = (
    "imaging",
    "precision-medicine",
    "drug-discovery",
    "hospital-operations",
    "remote-care",
    "genai-documentation",
)
PATHWAYS = (
    "software-engineer",
    "data-scientist",
    "clinician",
    "life-sciences",
    "operations-business",
    "student-switcher",
)
CATEGORIES = (
    "builders",
    "translators",
    "data-infrastructure",
    "governance",
    "product-strategy",
    "implementation",
    "genai",
)
SKILLS = (
    "technical",
    "clinical-literacy",
    "interoperability",
    "regulation-ethics",
    "product-communication",
    "genai-ux",
    "portfolio-proof",
)
EMPLOYERS = ("hospitals", "pharma", "medtech", "startups", "big-tech", "consulting", "public-research")
REGIONS = ("north-america", "europe", "gcc", "asia-pacific", "africa-latin-america", "remote")

# Pages that a plan may send a learner to, beside the pages of items.
PAGES = {
    "faq",
    "resources",
    "reference/glossary",
    "start/index",
    "start/find-your-path",
    "start/formula",
    "guide/why",
    "guide/careers/index",
    "guide/skills/index",
    "guide/employers/index",
    "pathways/index",
    *(f"guide/portfolio/{n}" for n in ("index", "real-problems", "case-study", "align", "be-found", "by-background")),
    *(f"guide/credentials/{n}" for n in ("index", "how-to-choose", "by-background")),
    *(f"guide/outlook/{n}" for n in ("index", "salaries", "trends")),
    *(f"guide/responsible-ai/{n}" for n in ("index", "roles", "skills", "signals", "rules", "evidence")),
}

# Job titles that readers bring from elsewhere; each must lead to exactly one role.
TITLES = """
Computer Vision Engineer (Medical Imaging)
Imaging AI Scientist / Researcher
Clinical Annotation Specialist
AI Integration Specialist for PACS/RIS/EHR
Clinical Integration Specialist
Clinical Data Scientist (Precision Medicine)
AI-Enhanced Treatment Planning Specialist
AI Decision Support Engineer
Product Manager, Precision Oncology / Cardiology Tools
ML Scientist (Drug Discovery)
Computational Biologist / Bioinformatics Scientist
Bioinformatics Engineer
AI for Clinical Trials Analyst
RWE (Real-World Evidence) Data Scientist
Healthcare Operations Data Scientist
MLOps / Analytics Engineer in Health Systems
AI Solutions Architect for Hospitals
Remote Patient Monitoring (RPM) Data Scientist
Digital Health AI Engineer
Telehealth Platform Product Manager
Signal Processing / Time-Series ML Engineer
NLP / LLM Engineer (Clinical Text)
Conversation Designer / Prompt Engineer (Healthcare)
Clinical AI Product Manager
Human Factors & UX Specialist for AI Tools
Machine Learning Engineer (Healthcare)
AI Engineer / Deep Learning Engineer (Imaging, Genomics, NLP)
Computer Vision Engineer (Radiology, Pathology)
NLP / LLM Engineer (Clinical notes, patient messaging)
MLOps Engineer (regulated environments)
Clinical AI Lead / Clinical AI Strategist
Physician Informaticist / Nurse Informaticist
Clinical Product Owner / SME for AI products
Medical Advisor for AI startups
Healthcare Data Scientist
Clinical Data Analyst
Clinical Data Engineer
Interoperability Engineer (FHIR/HL7/DICOM)
Health Data Steward / Data Governance Specialist
AI Ethics Lead (Healthcare)
Responsible AI / Model Risk Manager
Regulatory Affairs Specialist (AI/ML medical devices)
Clinical Evaluation & Validation Scientist
Privacy & Compliance Officer for AI systems
AI Product Manager (Healthcare)
Solutions Architect (Health AI)
Digital Health / AI Strategist
Healthcare AI Consultant (Big 4, boutique, or startup)
AI Implementation Specialist (Hospital / Health System)
Clinical Trainer for AI Tools
Change Management Lead (Digital Health)
Workflow Designer / Human Factors Specialist
GenAI Solutions Engineer (Healthcare)
Clinical Prompt Engineer / Conversation Designer
Ambient Scribe Product Lead
AI Safety Officer for Clinical GenAI Tools
RWE + AI Lead
ML Engineer (Healthcare)
NLP/CV Engineer (Health)
AI Engineer at digital health / medtech / EHR vendors
MLOps Engineer (Health)
Clinical Data Scientist
RWE Data Scientist (pharma/biotech)
Population health or outcomes analyst
Physician/Nurse Informaticist
Clinical AI Lead / Strategist
Medical Advisor for AI tools
Clinical Product Owner
Clinical Trial Data Scientist
Public Health Data Scientist
AI / Digital Health Program Manager
Healthcare AI Consultant
Implementation & Adoption Lead
Jr. Data Scientist (Health)
Jr. ML Engineer
Associate PM / Analyst
Support roles in AI health teams
Healthcare Data Scientist / Clinical ML Engineer
Clinical Informatics & AI Leads
AI/ML Product Owners for internal tools
MLOps & Data Engineering for EHR + analytics
Implementation & training specialists
ML Scientist (drug discovery / target ID)
Bioinformatics & computational biology
RWE & epidemiology data scientists
AI platform engineers for trials & pipelines
Computer Vision Engineer
Embedded / edge AI engineer
Regulatory & clinical validation specialist
AI product & implementation for hospitals
Full-stack ML/LLM engineers
Healthcare data scientists
Product managers & UX
Implementation & customer success
Growth & Implementation Lead
Applied scientist / research engineer (healthcare)
Solutions architect for healthcare clients
Health-focused product & partnerships
Platform PM (Health AI)
Digital health strategy & analytics
Implementation & change management
Change & Adoption Lead
Research scientist (AI in global health, epidemiology)
Data scientist for surveillance & public health
Policy & ethics researchers
AI Ethics / Policy Fellow
Machine Learning / LLM / CV Engineer (Healthcare)
Clinical Informatics Specialist / Clinical AI Lead
AI Governance / Responsible AI / Regulatory & SaMD
AI Governance Lead / Responsible AI Lead
Regulatory & SaMD Specialist
Clinical Validation Scientist / Evidence Lead
AI Ethics & Policy Specialist
Model Risk Management & Monitoring
CV Engineer (Medical)
Imaging AI Scientist
Product Manager (Precision Care)
RWE Data Scientist
Ops Data Scientist
AI Solutions Architect
RPM Data Scientist
Digital Health Engineer
Telehealth PM
NLP / LLM Engineer
Conversation Design
CV/NLP Engineer (Medical)
Clinical AI Lead
RWE / Outcomes Analyst
Medical Advisor (AI Tools)
Bioinformatics Scientist
AI Program Manager (Health)
Implementation Lead
ML Engineer (EHR / ops)
Edge / Embedded AI Engineer
Regulatory & Validation Specialist
Full-Stack ML / LLM Engineer
Product Manager (Digital Health)
Applied Scientist (Health)
Solutions Architect (Healthcare)
Digital Health Strategist
Research Scientist (AI & Health)
Clinical Validation Scientist
Healthcare ML/AI Engineer
LLM/CV Engineer (Health)
Informaticist
Medical Advisor
RWE Scientist
AI Product Manager
Program Lead
AI Scribe / GenAI solutions engineer
Clinical Informaticist
ML Engineers
Data Scientists
NLP/CV Engineers
MLOps
Technical PMs
Interoperability Specialists
Conversation Designer
Human Factors Specialist
Chief Medical Information Officer
Machine Learning Engineer
""".strip().splitlines()


@pytest.fixture(scope="module")
def career_map():
    return load()


def ids(items):
    return tuple(item.id for item in items)


def test_collections_hold_the_agreed_ids(career_map):
    assert ids(career_map.domains) == DOMAINS
    assert ids(career_map.categories) == CATEGORIES
    assert ids(career_map.pathways) == PATHWAYS
    assert ids(career_map.skills) == SKILLS
    assert ids(career_map.employers) == EMPLOYERS
    assert ids(career_map.regions) == REGIONS


def test_one_list_of_45_to_60_roles(career_map):
    assert 45 <= len(career_map.roles) <= 60


@pytest.mark.parametrize("title", TITLES)
def test_every_title_leads_to_a_role(career_map, title):
    assert career_map.role(title) in career_map.roles


def test_every_group_has_roles(career_map):
    assert all(career_map.roles_in(domain=i) for i in DOMAINS)
    assert all(career_map.roles_in(category=i) for i in CATEGORIES)
    assert all(career_map.roles_in(employer=i) for i in EMPLOYERS)
    assert all(career_map.roles_in(pathway=i) for i in PATHWAYS)
    assert all(career_map.roles_in(skill=i) for i in SKILLS)


def test_categories_work_where_their_roles_work(career_map):
    for role in career_map.roles:
        missing = set(role.domains) - set(career_map.category(role.category).domains)
        # A genai role may reach into one domain beyond the category's main ones.
        assert not missing or role.category == "genai", (role.id, missing)


def test_beginners_find_entry_roles(career_map):
    assert career_map.roles_in(pathway="student-switcher", level="entry")


# ── pathways ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("pathway_id", PATHWAYS)
def test_ninety_days_are_three_phases_of_four_weeks(career_map, pathway_id):
    pathway = career_map.pathway(pathway_id)
    assert [phase.days for phase in pathway.phases] == ["0-30", "31-60", "61-90"]
    assert [week.number for week in pathway.weeks] == list(range(1, 13))


@pytest.mark.parametrize("pathway_id", PATHWAYS)
def test_weeks_take_five_to_ten_hours(career_map, pathway_id):
    for week in career_map.pathway(pathway_id).weeks:
        low, high = week.hours
        assert 5 <= low <= 8, week.number
        assert 7 <= high <= 10, week.number


@pytest.mark.parametrize("pathway_id", PATHWAYS)
def test_each_phase_works_on_its_own_exercise(career_map, pathway_id):
    for phase in career_map.pathway(pathway_id).phases:
        assert re.fullmatch(rf"{pathway_id}/{phase.number}-[a-z0-9-]+", phase.exercise)
        used = {task.exercise for week in phase.weeks for task in week.tasks if task.exercise}
        assert used == {phase.exercise}


@pytest.mark.parametrize("pathway_id", PATHWAYS)
def test_pages_of_a_plan_are_pages_of_the_handbook(career_map, pathway_id):
    pathway = career_map.pathway(pathway_id)
    collections = (
        career_map.domains,
        career_map.categories,
        career_map.skills,
        career_map.employers,
        career_map.regions,
    )
    known = PAGES | {item.page for items in (*collections, career_map.pathways) for item in items}
    sent_to = {task.page for week in pathway.weeks for task in week.tasks if task.page}
    assert sent_to | set(pathway.reading) <= known
    assert len(set(pathway.reading)) == 10


def test_pages_named_in_the_frame_are_pages_of_the_handbook(career_map):
    known = PAGES | {item.page for item in (*career_map.categories, *career_map.regions, *career_map.pathways)}
    assert {q.page for q in (*career_map.frame.questions, *career_map.frame.faq)} <= known


def test_beginners_are_told_the_honest_time(career_map):
    switcher = career_map.pathway("student-switcher")
    assert "first proof" in switcher.honest
    assert "nine to eighteen months" in switcher.honest


# ── workflows, advice, facts ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("domain_id", DOMAINS)
def test_a_person_acts_in_every_workflow(career_map, domain_id):
    workflow = career_map.domain(domain_id).workflow
    kinds = {node.id: node.kind for node in workflow.nodes}
    assert {"model", "person"} <= set(kinds.values())
    reached, edge_of = set(), [(edge.source, edge.target) for edge in workflow.edges]
    frontier = {node for node, kind in kinds.items() if kind == "model"}
    while frontier:
        reached |= frontier
        frontier = {end for start, end in edge_of if start in reached} - reached
    assert any(kinds[node] == "person" for node in reached), "no person downstream of the model"


def test_credentials_portfolio_and_pillars_are_complete(career_map):
    assert ids(career_map.credentials.layers) == ("foundations", "healthcare-specific", "advanced-regulated")
    assert len(career_map.credentials.decision_steps) == 5
    assert [part.name for part in career_map.portfolio.case_study] == [
        "Context / Problem",
        "Data",
        "Approach",
        "Evaluation",
        "Risks & Limitations",
        "Next Steps",
    ]
    assert len(career_map.responsible_ai.pillars) == 6
    assert len(career_map.frame.faq) == 15


def test_no_salary_band_is_printed_as_a_fact(career_map):
    assert all(band.verdict in {"guide-only", "doubtful"} for band in career_map.bands)
    for band in career_map.bands:
        value = career_map.claim(band.claim).value
        assert f"{band.low:,}" in value
        assert f"{band.high:,}" in value


def test_values_of_claims_stand_in_a_sentence(career_map):
    too_long = [claim.id for claim in career_map.claims if len(claim.value) > 60]
    assert not too_long


def test_claims_past_are_those_due_before_the_day(career_map):
    due = min(claim.review_by for claim in career_map.claims)
    assert career_map.claims_past(due) == ()
    overdue = career_map.claims_past(date(9999, 1, 1))
    assert len(overdue) == len(career_map.claims)
    assert [c.review_by for c in overdue] == sorted(c.review_by for c in overdue)


# ── look-ups ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_role_is_found_by_id_name_or_alias_in_any_spelling(career_map):
    role = career_map.role("healthcare-ml-engineer")
    assert career_map.role("machine learning  engineer (HEALTHCARE)") is role
    assert career_map.role("ML Engineer (Healthcare)") is role


def test_band_for_a_role_by_name_or_object(career_map):
    band = career_map.band_for("ML Engineer (Healthcare)")
    assert band is career_map.band("engineer")
    assert career_map.band_for(career_map.role("Junior ML Engineer")) is None


def test_roles_in_meets_every_condition(career_map):
    found = career_map.roles_in(domain="imaging", employer="medtech", category="governance")
    assert found
    assert all("imaging" in r.domains and "medtech" in r.employers and r.category == "governance" for r in found)
    assert career_map.roles_in() == career_map.roles


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda m: m.domain("imagin"), 'no domain has the id "imagin"; did you mean "imaging"?'),
        (lambda m: m.claim("epic-v1-mised"), 'did you mean "epic-v1-missed"?'),
        (lambda m: m.pathway("clinicians"), 'did you mean "clinician"?'),
        (lambda m: m.category("governence"), 'did you mean "governance"?'),
        (lambda m: m.skill("tecnical"), 'did you mean "technical"?'),
        (lambda m: m.employer("hospital"), 'did you mean "hospitals"?'),
        (lambda m: m.region("Europe"), 'did you mean "europe"?'),
        (lambda m: m.band("engineers"), 'did you mean "engineer"?'),
        (lambda m: m.pay("registered-nurse"), 'did you mean "registered-nurses"?'),
        (
            lambda m: m.role("Clinical AI Leed"),
            'no role is called "Clinical AI Leed"; did you mean "Clinical AI Lead"?',
        ),
        (lambda m: m.roles_in(employer="pharmacy"), 'no employer has the id "pharmacy"; did you mean "pharma"?'),
        (lambda m: m.roles_in(level="junior"), "use entry, experienced or senior"),
        (lambda m: m.domain("zzz"), 'no domain has the id "zzz"; Known: drug-discovery'),
    ],
)
def test_unknown_names_suggest_the_nearest(career_map, ask, said):
    with pytest.raises(CareerMapError) as caught:
        ask(career_map)
    assert said in str(caught.value)
