"""Answers a bad request with status 200 and an error inside; a program that looks at the status goes on.

overrides: service.py
fails: test_service_refuses_what_it_cannot_judge
"""

from fastapi.responses import JSONResponse


def _refuse(_request, error):
    return JSONResponse({"problems": [str(problem["loc"]) for problem in error.errors()]}, status_code=200)
