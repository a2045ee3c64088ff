"""The parts of the map that are advice: portfolio, credentials, responsible AI, and the handbook's own frame."""

from typing import Annotated, Literal

from pydantic import Field

from wardround.careers.models import Id, Item, Refers, Text, Texts

# ── credentials ───────────────────────────────────────────────────────────────────────────────────────────────


class Program(Item):
    """A course, certificate, fellowship or board examination."""

    id: Id = Field(description="permanent name")
    name: Text = Field(description="name as the provider prints it")
    provider: Text = Field(description="who runs it")
    aliases: tuple[Text, ...] = Field((), description="other names under which readers search for it")
    fits: Text = Field(description="for whom it makes sense")
    status: Literal["found", "announced", "not-found", "closed", "check"] = Field(
        description="what we know: found (its page or a dated copy was seen), announced, not-found, closed, check"
    )
    as_of: Text = Field(description="month or year of what we know")
    note: Text = Field(description="what to know before paying")
    url: Text | None = Field(None, pattern=r"^https://\S+$", description="address of the program, when known")


class CredentialLayer(Item):
    """A layer of credentials: foundations, health care, or advanced and regulated."""

    id: Id = Field(description="permanent name")
    name: Text = Field(description="name as printed")
    summary: Text = Field(description="one sentence: what the layer is for")
    programs: tuple[Program, ...] = Field(min_length=1, description="its programs")


class DecisionStep(Item):
    """A question to ask before paying for a course."""

    question: Text = Field(description="the question")
    if_no: Text = Field(description="what to do when the answer is no")


class Credentials(Item):
    """What courses and certificates are worth, and how to choose."""

    principle: Text = Field(description="one sentence to remember")
    layers: tuple[CredentialLayer, ...] = Field(min_length=3, max_length=3, description="the three layers")
    green_flags: Texts = Field(description="signs of a program that is worth its price")
    red_flags: Texts = Field(description="signs of one that is not")
    decision_steps: tuple[DecisionStep, ...] = Field(min_length=5, max_length=5, description="five questions")


# ── portfolio ─────────────────────────────────────────────────────────────────────────────────────────────────


class Principle(Item):
    """A named rule with its reason."""

    id: Id = Field(description="permanent name")
    name: Text = Field(description="the rule in a few words")
    says: Text = Field(description="one or two sentences that explain it")


class CaseStudyPart(Item):
    """A heading of the case-study template."""

    name: Text = Field(description="the heading")
    asks: Text = Field(description="what to write under it")


class Portfolio(Item):
    """How to show work. Project ideas stand with domains, employers and pathways."""

    rule: Text = Field(description="how many projects, and why")
    principles: tuple[Principle, ...] = Field(min_length=4, description="what makes a project convincing")
    case_study: tuple[CaseStudyPart, ...] = Field(min_length=6, max_length=6, description="the six headings")
    trust: Texts = Field(description="signs that a stranger can trust the work")


# ── responsible AI ────────────────────────────────────────────────────────────────────────────────────────────


class RoleGroup(Item):
    """Work in responsible AI, and the role of the map that does it."""

    name: Text = Field(description="the title")
    role: Annotated[Id, Refers("roles")] = Field(description="id of the role in roles.yaml")
    does: Text = Field(description="one sentence: what the work is")


class SkillGroup(Item):
    """A group of skills with examples."""

    name: Text = Field(description="the group")
    items: Texts = Field(description="what belongs to it")


class ResponsibleAI(Item):
    """What safe work asks of everyone, and the jobs that are made of it."""

    pillars: tuple[Principle, ...] = Field(min_length=6, max_length=6, description="the six pillars")
    roles: tuple[RoleGroup, ...] = Field(min_length=5, description="who does this for a living")
    skills: tuple[SkillGroup, ...] = Field(min_length=4, description="the skills these roles need")
    signals: tuple[Principle, ...] = Field(min_length=5, description="what anyone can show in a project")


# ── the frame ─────────────────────────────────────────────────────────────────────────────────────────────────


class Signal(Item):
    """A sign that the field grows, or a reason to doubt it."""

    id: Id = Field(description="permanent name")
    name: Text = Field(description="the sign in a few words")
    says: Text = Field(description="what it shows, without the number")
    but: Text = Field(description="what it does not show")
    claims: Annotated[tuple[Id, ...], Refers("claims")] = Field((), description="claims that hold the numbers")


class Question(Item):
    """A question that readers ask, answered in two or three sentences."""

    id: Id = Field(description="permanent name")
    question: Text = Field(description="the question")
    answer: Text = Field(description="the short answer")
    page: Text = Field(description="page that answers it at length")


class Frame(Item):
    """The handbook's promises, its case for the field, and its closing advice."""

    questions: tuple[Question, ...] = Field(min_length=4, max_length=4, description="the four questions it answers")
    signals: tuple[Signal, ...] = Field(min_length=5, description="signs that the field grows")
    counterpoints: tuple[Signal, ...] = Field(min_length=3, description="the honest counter-arguments")
    reasons: tuple[Principle, ...] = Field(min_length=4, description="why health care, of all fields")
    views: tuple[Principle, ...] = Field(min_length=2, description="how it looks from the US and from elsewhere")
    formula: tuple[Principle, ...] = Field(min_length=3, max_length=3, description="the three parts of the formula")
    conclusion: tuple[Principle, ...] = Field(min_length=4, max_length=4, description="what to leave with")
    outcome: Text = Field(description="what 90 days should leave you with")
    faq: tuple[Question, ...] = Field(min_length=15, description="frequent questions")
