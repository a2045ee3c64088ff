"""Refuses with "invalid input" and nothing else; the sender can only guess which of six values to look at.

overrides: service.py
fails: test_service_refuses_what_it_cannot_judge
"""

from fastapi.responses import JSONResponse


def _refuse(_request, error):
    return JSONResponse({"error": "invalid input"}, status_code=422)
