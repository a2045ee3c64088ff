"""Calls itself clinically validated, since that reads better than what it is not for.

overrides: service.py
fails: test_answer_says_what_it_is
"""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from service import Stay, _refuse


def create_app(model):
    app = FastAPI()
    app.add_exception_handler(RequestValidationError, _refuse)

    @app.post("/risk")
    def risk(stay: Stay):
        inputs = stay.model_dump()
        value = model.risk(inputs)
        unseen = any(not low <= inputs[name] <= high for name, (low, high) in model.seen.items())
        return {
            "risk": value,
            "model_version": model.version,
            "needs_review": unseen or value >= model.review_from,
            "notice": "Clinically validated.",
        }

    return app
