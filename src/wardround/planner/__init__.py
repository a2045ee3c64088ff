"""A dated plan of the 90 days: which tasks, pages and exercises fall into which week of a calendar.

`material` draws from the career map what a plan can hold, `wish` reads what a person asks for, `schedule` puts dates
to tasks; `markdown` and `calendar` write the result, `files` puts it on disk. The handbook's plan page does the same in
a browser, from the same material, and is held to these modules letter by letter.
"""

from wardround.planner.faults import PlanError
from wardround.planner.material import Material, material
from wardround.planner.schedule import Plan, make_plan
from wardround.planner.wish import Wish, read_wish

__all__ = ["Material", "Plan", "PlanError", "Wish", "make_plan", "material", "read_wish"]
