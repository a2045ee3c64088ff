"""Operations: who might miss tomorrow's visit, and what may a clinic do about it?

Run `python operations.py`: it compares your list of calls with the list of those who booked longest ago.
All data are synthetic. For learning, not for clinical use.
"""

import numpy as np
import pandas as pd

# --- solution
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# --- end
from wardround.hospital import build

FIRST_NEW_DAY = pd.Timestamp("2024-07-01")  # visits before it are past; those from it on are yet to come
CALLS = 0.20  # the clinic can call one in five


def visits_of(hospital) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Give the past visits, those that are booked, and whether the booked ones were missed in the end. This is given.

    Both tables have the same columns. In the booked ones, `status` and `checkin_minutes_late` are empty: nobody knows
    them on the evening before.
    """
    patients = hospital.public("patients")[["patient_id", "age", "deprivation", "payer"]]
    visits = hospital.public("appointments").merge(patients, on="patient_id").drop(columns="booked_time")
    to_come = visits["slot_time"] >= FIRST_NEW_DAY
    past, booked = visits[~to_come].reset_index(drop=True), visits[to_come].reset_index(drop=True)
    missed = booked["status"] == "no-show"
    return past, booked.assign(status=None, checkin_minutes_late=np.nan), missed


def chance_of_no_show(past: pd.DataFrame, booked: pd.DataFrame) -> np.ndarray:
    """Learn from the past visits and give each booked one the chance that the patient does not come.

    Args:
        past: one row per past visit, in no order; `status` says "attended" or "no-show".
        booked: one row per visit to come, with the same columns; `status` and `checkin_minutes_late` are empty.

    Returns:
        One number from 0 to 1 for each row of `booked`, in its order.
    """
    # --- solution: choose columns of numbers that are known on the evening before, the same ones from both tables.
    # --- Fit a model on the past, ask it for probabilities (predict_proba), and take the column for "no-show".
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(known(past), past["status"] == "no-show")
    return model.predict_proba(known(booked))[:, 1]
    # --- end


# --- solution
def known(visits: pd.DataFrame) -> pd.DataFrame:
    """Describe visits by what is known on the evening before."""
    return pd.DataFrame(
        {
            "lead_days": visits["lead_days"],
            "reminder": visits["reminder"].astype(int),
            "travel_minutes": visits["travel_minutes"],
            "age": visits["age"],
            "deprivation": visits["deprivation"],
            "poorly_insured": visits["payer"].isin(["medicaid", "uninsured"]).astype(int),
            # Two visits of an average patient are added, so that one missed visit of one is not 100 percent.
            "share_missed": (visits["past_year_no_shows"] + 0.4) / (visits["past_year_appointments"] + 2),
        }
    )


# --- end


def overbook(chances: list[float]) -> list[int]:
    """Say in which slots of one clinic day a second patient is booked.

    Args:
        chances: for each slot of the day, in its order, the chance that the patient who has it does not come.

    Returns:
        Numbers of slots, counted from 0, each at most once: half as many as there are no-shows to be expected, rounded
        down. The expected number of no-shows is the sum of the chances.
    """
    # --- solution: first how many. Then where: whoever shares a slot waits. Who should that be?
    # --- Try the checks with a plan that looks at the chances, and with one that does not.
    number = int(sum(chances) / 2)
    block = len(chances) / max(number, 1)  # one second patient in the middle of each block, whoever has the slot
    return [int((k + 0.5) * block) for k in range(number)]
    # --- end


def missed_of_100(order: np.ndarray, missed: pd.Series) -> float:
    """Say how many of 100 called patients would have missed their visit, if those first in the order are called."""
    called = order[: int(CALLS * len(missed))]
    return float(100 * missed.to_numpy()[called].mean())


def main() -> None:
    """Print the two numbers for operations.yaml."""
    past, booked, missed = visits_of(build(seed=1, patients=4000))
    longest = np.argsort(-booked["lead_days"].to_numpy(), kind="stable")
    print(f"today: of 100 calls to those who booked longest ago, {missed_of_100(longest, missed):.1f} are no-shows")
    chances = np.asarray(chance_of_no_show(past, booked))
    riskiest = np.argsort(-chances, kind="stable")
    print(f"yours: of 100 calls to those with the highest chance, {missed_of_100(riskiest, missed):.1f} are no-shows")
    print(f"you expect {chances.sum():.0f} no-shows; {missed.sum()} of the {len(missed)} patients did not come")


if __name__ == "__main__":
    main()
