"""Leaves the refusal to the framework, which repeats the input: NaN cannot be written as JSON, and the service crashes.

overrides: service.py
fails: test_service_refuses_what_it_cannot_judge
"""

from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from service import create_app as right


def create_app(model):
    app = right(model)
    app.exception_handlers[RequestValidationError] = request_validation_exception_handler
    return app
