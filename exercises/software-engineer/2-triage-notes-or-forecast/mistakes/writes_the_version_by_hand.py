"""Writes the version into the code, where it stays when the model is replaced.

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
            "model_version": "1.0",
            "needs_review": unseen or value >= model.review_from,
            "notice": "For learning, not for clinical use.",
        }

    return app
