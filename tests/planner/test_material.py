"""What a plan draws from: every link leads somewhere, every pathway and domain has what its plan needs."""

from pathlib import Path

from wardround.planner.material import Link

DOCS = Path(__file__).parents[2] / "docs"


def links(source) -> set[Link]:
    found = {link for pathway in source.pathways for link in pathway.reading}
    tasks = [t for p in source.pathways for phase in p.phases for week in phase.weeks for t in week.tasks]
    return found | {task.link for task in tasks if task.link}


def test_every_link_leads_to_a_page_and_says_a_name(source):
    for link in links(source):
        if not link.to.startswith("https://"):
            assert (DOCS / f"{link.to}.md").is_file(), link
        assert "/" not in link.text, f"give {link.to} a name in planner/material.py"
        assert ": " not in link.text or link.text[0].isupper(), f"give {link.to} a name in planner/material.py"


def test_every_pathway_and_domain_name_roles(source):
    for pathway in source.pathways:
        for domain in source.domains:
            assert pathway.roles[domain.id], f"{pathway.id} in {domain.id}"
