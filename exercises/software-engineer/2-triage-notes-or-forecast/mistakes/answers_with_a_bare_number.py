"""Answers with the number alone; an hour later nobody knows which model it came from, or what it is not for.

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
        return {"risk": value}

    return app
