"""Takes a number in quotes for a number; the sender's form is broken, and nobody hears of it.

overrides: service.py
fails: test_service_refuses_what_it_cannot_judge
"""

from pydantic import ConfigDict
from service import Stay as StrictStay


class Stay(StrictStay):
    model_config = ConfigDict(strict=False)
