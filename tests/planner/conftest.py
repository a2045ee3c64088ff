"""The real material, and wishes made short."""

from datetime import date

import pytest

from wardround.careers import load
from wardround.catalog import load_catalog
from wardround.planner import Material, Plan, Wish, make_plan, material, read_wish

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def source() -> Material:
    return material(load(), load_catalog())


@pytest.fixture(scope="session")
def wish(source):
    def make(pathway="software-engineer", *skip, domain=None, start="2027-01-04", hours="8") -> Wish:
        return read_wish(source, pathway=pathway, domain=domain, start=start, hours=hours, skip=skip, today=TODAY)

    return make


@pytest.fixture(scope="session")
def plan(wish):
    def make(*args, **kwargs) -> Plan:
        return make_plan(wish(*args, **kwargs))

    return make
