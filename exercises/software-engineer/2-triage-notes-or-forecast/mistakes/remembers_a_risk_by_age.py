"""Keeps risks by age to be fast: the second patient of 71 gets the first one's.

overrides: service.py
fails: test_answer_says_what_it_is
"""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from service import Stay, _refuse


def create_app(model):
    app, kept = FastAPI(), {}
    app.add_exception_handler(RequestValidationError, _refuse)

    @app.post("/risk")
    def risk(stay: Stay):
        inputs = stay.model_dump()
        value = kept.setdefault(inputs["age"], model.risk(inputs))
        unseen = [name for name, (low, high) in model.seen.items() if not low <= inputs[name] <= high]
        return {
            "risk": value,
            "model_version": model.version,
            "needs_review": value >= model.review_from or bool(unseen),
            "notice": "For learning, not for clinical use.",
        }

    return app
