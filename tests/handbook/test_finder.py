"""The path finder's data: the career map's, with an address only for pages that exist."""

from wardround.careers import load
from wardround.handbook.finder import paths


def test_each_role_keeps_its_domains_employers_and_backgrounds():
    career_map, data = load(), paths(load(), lambda _docname: None)
    assert [role["name"] for role in data["roles"]] == [role.name for role in career_map.roles]
    for role, given in zip(career_map.roles, data["roles"], strict=True):
        for kind in ("domains", "employers"):
            assert {data[kind][place]["id"] for place in given[kind]} == set(getattr(role, kind))
        backgrounds = {each["id"] for each in data["backgrounds"] if data["roles"].index(given) in each["roles"]}
        assert backgrounds == set(role.pathways)


def test_an_address_stands_only_where_there_is_a_page():
    data = paths(load(), {"guide/domains/imaging": "../guide/domains/imaging.html"}.get)
    assert [item["url"] for item in data["domains"] if item["url"]] == ["../guide/domains/imaging.html"]
    assert not any(item["url"] for item in data["employers"])
