"""The whole map, with the look-ups that pages, diagrams and plans ask for."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from pydantic import Field

from wardround.careers.advice import Credentials, Frame, Portfolio, ResponsibleAI
from wardround.careers.faults import CareerMapError, did_you_mean
from wardround.careers.models import (
    Category,
    Claim,
    Domain,
    Employer,
    Item,
    OfficialPay,
    Region,
    Role,
    SalaryBand,
    Skill,
    Trend,
)
from wardround.careers.roadmaps import Pathway


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def folded(name: str) -> str:
    """A name as it is compared: no case, no accents, single spaces, plain dashes."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.replace("–", "-").replace("—", "-").casefold().split())


class CareerMap(Item):
    """Every named thing of the handbook. Collections keep the order of their files."""

    domains: tuple[Domain, ...] = Field(description="the six health domains")
    categories: tuple[Category, ...] = Field(description="the seven career categories")
    roles: tuple[Role, ...] = Field(description="all roles")
    pathways: tuple[Pathway, ...] = Field(description="the six pathways")
    skills: tuple[Skill, ...] = Field(description="the seven skill stacks")
    employers: tuple[Employer, ...] = Field(description="the seven kinds of employer")
    regions: tuple[Region, ...] = Field(description="the regions, and remote work")
    bands: tuple[SalaryBand, ...] = Field(description="salary bands")
    official_pay: tuple[OfficialPay, ...] = Field(description="official pay figures")
    trends: tuple[Trend, ...] = Field(description="trends to 2030")
    claims: tuple[Claim, ...] = Field(description="all claims, from all files of the folder claims")
    credentials: Credentials = Field(description="credentials and how to choose them")
    portfolio: Portfolio = Field(description="how to show work")
    responsible_ai: ResponsibleAI = Field(description="responsible AI")
    frame: Frame = Field(description="promises, reasons, formula, questions")

    # Look-ups by id. Each raises CareerMapError with the nearest known id.

    def domain(self, domain_id: str) -> Domain:
        """The domain with this id."""
        return _pick(self.domains, domain_id, "domain")

    def category(self, category_id: str) -> Category:
        """The career category with this id."""
        return _pick(self.categories, category_id, "category")

    def pathway(self, pathway_id: str) -> Pathway:
        """The pathway with this id."""
        return _pick(self.pathways, pathway_id, "pathway")

    def skill(self, skill_id: str) -> Skill:
        """The skill stack with this id."""
        return _pick(self.skills, skill_id, "skill")

    def employer(self, employer_id: str) -> Employer:
        """The kind of employer with this id."""
        return _pick(self.employers, employer_id, "employer")

    def region(self, region_id: str) -> Region:
        """The region with this id."""
        return _pick(self.regions, region_id, "region")

    def band(self, band_id: str) -> SalaryBand:
        """The salary band with this id."""
        return _pick(self.bands, band_id, "salary band")

    def pay(self, pay_id: str) -> OfficialPay:
        """The official pay figure with this id."""
        return _pick(self.official_pay, pay_id, "official pay figure")

    def claim(self, claim_id: str) -> Claim:
        """The claim with this id."""
        found = self._claims_by_id.get(claim_id)
        return found if found is not None else _pick(self.claims, claim_id, "claim")

    def role(self, name: str) -> Role:
        """The role with this id, name or alias; case, accents and spacing do not matter."""
        found = self._roles_by_name.get(folded(name))
        if found is None:
            known = [n for role in self.roles for n in (role.name, role.id, *role.aliases)]
            raise CareerMapError(f'no role is called "{name}"; {did_you_mean(name, known)}')
        return found

    # Lists that are derived, so that nobody types them twice.

    def roles_in(
        self,
        *,
        domain: str | None = None,
        category: str | None = None,
        employer: str | None = None,
        pathway: str | None = None,
        skill: str | None = None,
        level: str | None = None,
    ) -> tuple[Role, ...]:
        """The roles that meet every condition given, in the order of the map. An unknown id is an error."""
        asked = {
            "domain": domain and self.domain(domain).id,
            "category": category and self.category(category).id,
            "employer": employer and self.employer(employer).id,
            "pathway": pathway and self.pathway(pathway).id,
            "skill": skill and self.skill(skill).id,
        }
        if level not in {None, "entry", "experienced", "senior"}:
            raise CareerMapError(f'no level is called "{level}"; use entry, experienced or senior.')
        return tuple(
            role
            for role in self.roles
            if (not asked["domain"] or asked["domain"] in role.domains)
            and (not asked["category"] or asked["category"] == role.category)
            and (not asked["employer"] or asked["employer"] in role.employers)
            and (not asked["pathway"] or asked["pathway"] in role.pathways)
            and (not asked["skill"] or asked["skill"] in role.skills)
            and (level is None or level == role.level)
        )

    def band_for(self, role: Role | str) -> SalaryBand | None:
        """The salary band of a role, or None where no band fits."""
        band_id = (role if isinstance(role, Role) else self.role(role)).salary_band
        return None if band_id is None else self.band(band_id)

    def claims_past(self, day: date) -> tuple[Claim, ...]:
        """Claims whose review was due before ``day``, the longest overdue first."""
        return tuple(sorted((c for c in self.claims if c.review_by < day), key=lambda c: (c.review_by, c.id)))

    @cached_property
    def _roles_by_name(self) -> dict[str, Role]:
        return {folded(name): role for role in self.roles for name in (role.id, role.name, *role.aliases)}

    @cached_property
    def _claims_by_id(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}


def _pick(items: Sequence[T], wanted: str, kind: str) -> T:
    for item in items:
        if item.id == wanted:
            return item
    known = [item.id for item in items]
    raise CareerMapError(f'no {kind} has the id "{wanted}"; {did_you_mean(wanted, known)}')
