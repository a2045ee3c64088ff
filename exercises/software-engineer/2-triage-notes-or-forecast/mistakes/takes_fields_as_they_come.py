"""Takes the six numbers in the order in which they come; a sender with another order has hemoglobin read as creatinine.

overrides: service.py
fails: test_answer_says_what_it_is
"""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from service import LIMITS, Stay, _refuse


def create_app(model):
    app = FastAPI()
    app.add_exception_handler(RequestValidationError, _refuse)

    @app.post("/risk")
    async def risk(stay: Stay, request: Request):
        inputs = dict(zip(LIMITS, (await request.json()).values(), strict=True))
        value = model.risk(inputs)
        unseen = [name for name, (low, high) in model.seen.items() if not low <= stay.model_dump()[name] <= high]
        return {
            "risk": value,
            "model_version": model.version,
            "needs_review": value >= model.review_from or bool(unseen),
            "notice": "For learning, not for clinical use.",
        }

    return app
