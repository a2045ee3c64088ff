"""No pydantic: the body is read and judged by hand. The monitor compares whole distributions."""

import json
import math
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from scipy.stats import ks_2samp

LIMITS = {
    "age": (18, 110),
    "creatinine": (0.1, 25),
    "hemoglobin": (2, 25),
    "sodium": (95, 200),
    "wbc": (0, 500),
    "prior_year_admissions": (0, 60),
}


@dataclass(frozen=True)
class Model:
    version: str
    intercept: float
    weights: dict
    seen: dict
    review_from: float

    def risk(self, stay):
        return 1 / (1 + math.exp(-self.intercept - sum(weight * stay[name] for name, weight in self.weights.items())))


def _fault(stay, name):
    low, high = LIMITS[name]
    value = stay.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        return f"{name} must be a number from {low} to {high}"
    if name == "prior_year_admissions" and value != int(value):
        return f"{name} must be a whole number"
    return None


def create_app(model):
    app = FastAPI()

    @app.post("/risk")
    async def risk(request: Request):
        try:
            stay = json.loads(await request.body())
        except ValueError:
            return JSONResponse({"detail": "the body is not JSON"}, 422)
        if not isinstance(stay, dict):
            return JSONResponse({"detail": "the body is no object"}, 422)
        faults = [fault for name in LIMITS if (fault := _fault(stay, name))]
        if faults:
            return JSONResponse({"detail": faults}, 422)
        p = model.risk(stay)
        extreme = any(stay[name] < low or stay[name] > high for name, (low, high) in model.seen.items())
        return {
            "risk": round(p, 3),
            "model_version": model.version,
            "needs_review": extreme or p >= model.review_from,
            "notice": "NOT FOR CLINICAL USE",
        }

    return app


@dataclass
class Alarm:
    column: str
    why: str


def monitor(reference, current):
    found = []
    for column in reference.columns:
        gone = current[column].isna().mean() - reference[column].isna().mean()
        p = ks_2samp(reference[column].dropna(), current[column].dropna(), method="asymp").pvalue
        if gone > 0.1 or p < 0.001:
            found.append(Alarm(column, f"{column} is not distributed as before"))
    return found


def ask(body, model):
    return ask_in_turn([body], model)[0]


def ask_in_turn(bodies, model):
    from fastapi.testclient import TestClient

    client = TestClient(create_app(Model(**model)))
    answers = [client.post("/risk", content=body) for body in bodies]
    return [{"status": answer.status_code, "body": answer.json()} for answer in answers]
