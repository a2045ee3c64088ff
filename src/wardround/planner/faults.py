"""What a person is told when a plan cannot be made."""


class PlanError(ValueError):
    """The plan cannot be made or written; the text says why and what to write instead."""
