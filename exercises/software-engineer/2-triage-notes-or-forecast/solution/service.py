"""A model behind an interface: it refuses what it cannot judge, says what its number is, and is watched.

Run `python service.py` to send three requests to it. All data are synthetic. For learning, not for clinical use.
"""

import json
import math
from dataclasses import dataclass

import fastapi
import pandas as pd

# --- solution
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

# --- end
from wardround.hospital import build

LIMITS = {  # what a living adult can have; beyond it something is wrong with the value, or with its unit
    "age": (18, 110),  # years
    "creatinine": (0.1, 25),  # mg/dL
    "hemoglobin": (2, 25),  # g/dL
    "sodium": (95, 200),  # mmol/L
    "wbc": (0, 500),  # 10*3/uL
    "prior_year_admissions": (0, 60),  # stays; a whole number
}


@dataclass(frozen=True)
class Model:
    """A risk score that somebody else trained; you serve it. Leave this one as it is."""

    version: str
    intercept: float
    weights: dict[str, float]  # for each input
    seen: dict[str, tuple[float, float]]  # for each input the lowest and highest value that it was trained on
    review_from: float  # from this risk on, a person looks at the stay before anything follows from it

    def risk(self, stay: dict[str, float]) -> float:
        """Return the probability of a readmission, from 0 to 1."""
        log_odds = self.intercept + sum(weight * stay[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-log_odds))


# --- solution
def _between(name: str):
    low, high = LIMITS[name]
    return Field(ge=low, le=high, allow_inf_nan=False)


def _whole_between(name: str):
    low, high = LIMITS[name]
    return Field(ge=low, le=high)


class Stay(BaseModel):
    """What a request must hold; every field is required, and "71" or true is no number."""

    model_config = ConfigDict(strict=True)

    age: float = _between("age")
    creatinine: float = _between("creatinine")
    hemoglobin: float = _between("hemoglobin")
    sodium: float = _between("sodium")
    wbc: float = _between("wbc")
    prior_year_admissions: int = _whole_between("prior_year_admissions")


def _refuse(_request: object, error: RequestValidationError) -> JSONResponse:
    """Say what is wrong without repeating what was sent: FastAPI's own answer breaks on NaN, which JSON cannot hold."""
    problems = [{"field": str(problem["loc"][-1]), "problem": problem["msg"]} for problem in error.errors()]
    return JSONResponse({"problems": problems}, status_code=422)


# --- end


def create_app(model: Model) -> fastapi.FastAPI:
    """Make the service: `POST /risk` takes the six inputs of one stay as JSON, and answers or refuses.

    Args:
        model: what it serves.

    Returns:
        The app. Status 200 with `risk`, `model_version`, `needs_review` and `notice`, or 422 with the fields at fault.
    """
    # --- solution: describe the six inputs with their limits; then try every way in which one can be wrong
    app = fastapi.FastAPI(title="Readmission risk, for learning")
    app.add_exception_handler(RequestValidationError, _refuse)

    @app.post("/risk")
    def risk(stay: Stay) -> dict:
        inputs = stay.model_dump()
        value = model.risk(inputs)
        unseen = [name for name, (low, high) in model.seen.items() if not low <= inputs[name] <= high]
        return {
            "risk": value,
            "model_version": model.version,
            "needs_review": value >= model.review_from or bool(unseen),
            "notice": "For learning, not for clinical use. A nurse or doctor decides.",
        }

    return app
    # --- end


def monitor(reference: pd.DataFrame, current: pd.DataFrame) -> list[dict]:
    """Compare what the service was asked this week with what it was accepted on.

    Args:
        reference: one row per stay of the time before: the six inputs and `score`. NaN where a value is missing.
        current: the same columns, of this week.

    Returns:
        One dict per alarm, none if all is as before: `column`, and `why` (a sentence for whoever gets the alarm).
    """
    # --- solution: how far may two weeks differ by chance alone? and what if a value no longer arrives?
    alarms = []
    for column in [*LIMITS, "score"]:
        before, now = reference[column].dropna(), current[column].dropna()
        missing = current[column].isna().mean() - reference[column].isna().mean()
        if missing > 0.05:
            why = f"{missing:.0%} more of {column} is missing than before: ask the interface team"
            alarms.append({"column": column, "why": why})
            continue
        chance = (before.var() / len(before) + now.var() / len(now)) ** 0.5
        if abs(now.mean() - before.mean()) > 4 * chance:
            why = f"the mean of {column} went from {before.mean():.2f} to {now.mean():.2f}: ask the laboratory"
            alarms.append({"column": column, "why": why})
    return alarms
    # --- end


def ask(body: str, model: dict) -> dict:
    """Send one request to the service as a client would; the checks use this. Leave it as it is.

    Args:
        body: the JSON text to send.
        model: the fields of the Model to serve.

    Returns:
        `status`, and `body`: the answer, or what went wrong in the service (status 500).
    """
    return ask_in_turn([body], model)[0]


def ask_in_turn(bodies: list[str], model: dict) -> list[dict]:
    """Send several requests to one app, one after the other; leave it as it is, too.

    Returns:
        What `ask` returns, for each of them.
    """
    from fastapi.testclient import TestClient

    client = TestClient(create_app(Model(**model)))
    answers = []
    for body in bodies:
        try:
            answer = client.post("/risk", content=body, headers={"content-type": "application/json"})
        except NotImplementedError:
            raise
        except Exception as error:
            answers.append({"status": 500, "body": f"{type(error).__name__}: {error}"})
            continue
        try:
            answers.append({"status": answer.status_code, "body": answer.json()})
        except ValueError:
            answers.append({"status": answer.status_code, "body": answer.text})
    return answers


def main() -> None:
    """Ask for three stays, then watch eight weeks of the practice hospital."""
    weights = {"age": 0.02, "creatinine": 0.9, "hemoglobin": -0.12, "sodium": 0, "wbc": 0, "prior_year_admissions": 0.3}
    model = {"version": "readmit-1.0", "intercept": -3.5, "weights": weights, "seen": LIMITS, "review_from": 0.3}
    stay = {"age": 71, "creatinine": 1.3, "hemoglobin": 11.2, "sodium": 138, "wbc": 8.1, "prior_year_admissions": 2}
    for sent in (stay, stay | {"age": -4}, stay | {"creatinine": float("nan")}):
        answer = ask(json.dumps(sent), model)
        print(answer["status"], json.dumps(answer["body"]))

    batches = build(seed=1).public("batches")
    reference = batches[batches["batch"] == "reference"].drop(columns="batch")
    for name, week in batches[batches["batch"] != "reference"].groupby("batch"):
        said = monitor(reference, week.drop(columns="batch"))
        print(f"{name}: " + ("; ".join(alarm["why"] for alarm in said) or "nothing new"))


if __name__ == "__main__":
    main()
