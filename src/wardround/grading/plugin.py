"""The pytest plugin (written next)."""
