"""Asks a person to look at every answer; after a week nobody does.

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
        return {
            "risk": value,
            "model_version": model.version,
            "needs_review": True,
            "notice": "For learning, not for clinical use.",
        }

    return app
