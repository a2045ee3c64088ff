"""A hospital of one seed: its tables as learners may see them, and the truth that made them."""

import difflib
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from wardround.hospital import (
    appointments,
    claims,
    conditions,
    deteriorations,
    emergency,
    journeys,
    labs,
    operating_rooms,
    period,
    transfers,
    vitals,
)
from wardround.hospital import cohort as measure
from wardround.hospital.compounds import compound_truth, make_compounds
from wardround.hospital.images import Films, make_images
from wardround.hospital.monitoring import make_batches, make_rollout
from wardround.hospital.note_facts import NoteFacts
from wardround.hospital.notes import make_notes
from wardround.hospital.observational import cohort_truth, make_cohort
from wardround.hospital.patients import make_patients
from wardround.hospital.registry import make_registry, registry_truth
from wardround.hospital.stays import make_admissions
from wardround.hospital.stream import Table, stream
from wardround.hospital.trial import make_trial, trial_truth
from wardround.hospital.trial_samples import make_samples
from wardround.hospital.wearables import make_wearables

MAX_PATIENTS = 5_000_000


class Hospital:
    """The virtual hospital of one seed. Tables are made when they are first asked for, and kept.

    Everything in it is synthetic: no real person, place or event. For learning, not for clinical use.
    """

    def __init__(self, seed: int, patients: int) -> None:
        """Remember what to make: see `build`."""
        self.seed = seed
        self.size = patients
        self._tables: dict[str, Table] = {}
        self._shown: dict[str, pd.DataFrame] = {}

    def table(self, name: str) -> Table:
        """Return a table with its hidden columns, as arrays: for graders and exporters. Do not change it.

        Raises:
            KeyError: there is no such table; the message lists the known ones.
        """
        if name not in self._tables:
            self._tables[name] = _look_up(_TABLES, name, "table")(self)
        return self._tables[name]

    def public(self, name: str) -> pd.DataFrame:
        """Return a table as a learner sees it: a fresh frame, no hidden columns, rows in no order.

        Tables: `patients` (one row per patient), `admissions` (one per encounter of any class), `conditions` (one per
        condition recorded for a stay and source), `labs` (one per result), `transfers` (one per bed of a stay),
        `vitals` (one per round of observations), `claims` (one per encounter), `appointments` (one per clinic slot),
        `notes` (one per discharge note). Times are naive, to the minute.

        Of a fixed size, whatever the number of patients, with patients of their own: `er_arrivals` (one row per arrival
        at the emergency department), `operating_rooms` (one per case), `wearables` (one per watch and five minutes),
        `trial` (one per patient), `trial_samples` (one per blood sample of these patients), `cohort` and
        `cohort_unmeasured` (one per patient; the second has a confounder that stands in no column), `registry_people`,
        `registry_visits` and `registry_events` (a registry with dates: one row per patient, per visit and per event),
        `images` (one per film of two sites; see `pixels`), `batches` (one per row that a model scored), `rollout` (one
        per hospital and week of a model in use), `compounds` (one per sample of a laboratory).

        Raises:
            KeyError: there is no such table; the message lists the known ones.
        """
        if name not in self._shown:
            ordered = _frame(self.table(name))
            order = stream(self.seed, f"order/{name}").permutation(len(ordered))
            self._shown[name] = ordered.iloc[order].reset_index(drop=True)
        return self._shown[name].copy()  # a tenth of the time that making it takes

    def truth(self, name: str) -> Any:
        """Return what the generator knows.

        Names: `eligible` and `readmitted` (frozenset of encounter ids), `why` (dict: encounter id to the reason, see
        `cohort.Cohort`), `stays` (frame: encounter_id, eligible, readmit30, p_readmit, why; one row per encounter),
        `readmission` (dict: log odds behind p_readmit), `drift_time` (numpy datetime64), `creatinine_shift` (mg/dL),
        `elsewhere` (dict: group to the share of its readmissions at another hospital), `coding` (dict: source to
        (sensitivity, specificity)), `episodes` (frame: encounter_id, episode_id; the legs of a transfer share one),
        `deteriorations` (frame: encounter_id, event_time; of the stays in vitals), `oximeter` (frame: group,
        mean_error, hypoxemic, missed; see `vitals.oximeter`), `no_show` (dict: log odds behind the hidden probability),
        `no_show_by_group` (dict: group to its mean probability), `er_rate` (frame: time, rate; expected arrivals per
        hour), `room_days` (frame: minutes per operating room and day), `denials` (frame: dollars lost per reason),
        `wearable_events` (frame: device_id, start, end, kind, clinical), `trial` (dict, see
        `trial.trial_truth`), `cohort` and `cohort_unmeasured` (dict, see `observational.cohort_truth`), `registry`
        (frame, see `registry.registry_truth`), `compounds` (frame, see `compounds.compound_truth`), `lesions` (frame:
        image_id, lesion, marker), `drifted_batches` (frozenset of names), `rollout` (dict: site to its harm and the
        week in which it begins, see `monitoring.make_rollout`), `note_facts` (dict: note_id to
        `note_facts.NoteFacts`).

        Raises:
            KeyError: there is no such truth; the message lists the known ones.
        """
        return _look_up(_TRUTHS, name, "truth")(self)

    @cached_property
    def _cohort(self) -> measure.Cohort:
        return measure.cohort(self.table("admissions"))

    def pixels(self, image_ids: ArrayLike) -> Films:
        """Return the films with these ids, in their order: shape (ids, 64, 64), 0 to 4095.

        Raises:
            KeyError: there is no film with such an id.
        """
        table, films = self._films
        asked = np.asarray(image_ids, dtype=np.int64)
        rows = np.full(films.shape[0] + 1, -1)
        rows[table["image_id"]] = np.arange(films.shape[0])
        unknown = asked[(asked < 1) | (asked > films.shape[0])]
        if unknown.size:
            raise KeyError(f"there is no film {unknown[0]}: image_id goes from 1 to {films.shape[0]}")
        return films[rows[asked]]

    @cached_property
    def _films(self) -> tuple[Table, Films]:
        return make_images(self.seed)

    def _lesions(self) -> pd.DataFrame:
        table = self.table("images")
        return pd.DataFrame({"image_id": table["image_id"], "lesion": table["_lesion"], "marker": table["_marker"]})

    @cached_property
    def _notes(self) -> tuple[Table, list[NoteFacts]]:
        return make_notes(self.seed, self.table("patients"), self.table("admissions"), self.table("labs"))

    @cached_property
    def _registry(self) -> dict[str, Table]:
        return make_registry(self.seed)

    @cached_property
    def _rollout(self) -> tuple[Table, dict[str, dict[str, Any]]]:
        return make_rollout(self.seed)

    def _drifted_batches(self) -> frozenset[str]:
        table = self.table("batches")
        return frozenset(table["batch"][table["_drifted"]].tolist())

    @cached_property
    def _wearables(self) -> tuple[Table, Table]:
        return make_wearables(self.seed)

    @cached_property
    def _deteriorations(self) -> Table:
        return deteriorations.make_deteriorations(self.seed, self.table("admissions"))

    def _charted_deteriorations(self) -> pd.DataFrame:
        events = pd.DataFrame({name: self._deteriorations[name] for name in ("encounter_id", "event_time")})
        charted = events["encounter_id"].isin(self.table("vitals")["encounter_id"])
        return events[charted].astype({"event_time": "datetime64[us]"}).reset_index(drop=True)

    def _episodes(self) -> pd.DataFrame:
        admissions = self.table("admissions")
        stays = admissions["class"] == "inpatient"
        found = {"encounter_id": admissions["encounter_id"], "episode_id": transfers.episodes(admissions)}
        return pd.DataFrame({name: column[stays] for name, column in found.items()})

    def _ids(self, chosen: Any) -> frozenset[int]:
        return frozenset(self.table("admissions")["encounter_id"][chosen].tolist())

    def _stays(self) -> pd.DataFrame:
        admissions, found = self.table("admissions"), self._cohort
        return pd.DataFrame(
            {
                "encounter_id": admissions["encounter_id"],
                "eligible": found.eligible,
                "readmit30": found.readmitted,
                "p_readmit": admissions["_p_readmit"],
                "why": found.why,
            }
        )

    def _why(self) -> dict[int, str]:
        ids = self.table("admissions")["encounter_id"].tolist()
        return dict(zip(ids, self._cohort.why.tolist(), strict=True))


def build(seed: int, patients: int = 20_000) -> Hospital:
    """Make the virtual hospital of a seed: the same seed and size always give the same bytes.

    Args:
        seed: a whole number, 0 or more.
        patients: how many patients live in its area, 1 to 5 000 000; about one in ten is admitted in a year.

    Raises:
        ValueError: seed or patients is not such a number.
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise ValueError(f"build(seed={seed!r}): the seed must be a whole number, 0 or more")
    if isinstance(patients, bool) or not isinstance(patients, int | np.integer) or not 1 <= patients <= MAX_PATIENTS:
        raise ValueError(f"build(patients={patients!r}): patients must be a whole number from 1 to {MAX_PATIENTS}")
    return Hospital(int(seed), int(patients))


def _frame(table: Table) -> pd.DataFrame:
    """Turn a table into a frame of its public columns."""
    return pd.DataFrame({column: _plain(values) for column, values in table.items() if not column.startswith("_")})


def _plain(values: NDArray[Any]) -> NDArray[Any]:
    """Give times the resolution pandas itself parses to."""
    return values.astype("datetime64[us]") if values.dtype.kind == "M" else values


def _look_up(known: dict[str, Callable[[Hospital], Any]], name: str, kind: str) -> Callable[[Hospital], Any]:
    if name in known:
        return known[name]
    near = difflib.get_close_matches(str(name), known, n=1)
    meant = f" Did you mean {near[0]!r}?" if near else ""
    raise KeyError(f"the virtual hospital has no {kind} {name!r}.{meant} Known: {', '.join(known)}")


_TABLES: dict[str, Callable[[Hospital], Table]] = {
    "patients": lambda h: make_patients(h.seed, h.size),
    "admissions": lambda h: make_admissions(h.seed, h.table("patients")),
    "conditions": lambda h: conditions.make_conditions(h.seed, h.table("patients"), h.table("admissions")),
    "labs": lambda h: labs.make_labs(h.seed, h.table("patients"), h.table("admissions")),
    "notes": lambda h: h._notes[0],
    "batches": lambda h: make_batches(h.seed),
    "rollout": lambda h: h._rollout[0],
    "images": lambda h: h._films[0],
    "wearables": lambda h: h._wearables[0],
    "trial": lambda h: make_trial(h.seed),
    "trial_samples": lambda h: make_samples(h.seed, h.table("trial")),
    "cohort": lambda h: make_cohort(h.seed),
    "cohort_unmeasured": lambda h: make_cohort(h.seed, unmeasured=True),
    "compounds": lambda h: make_compounds(h.seed),
    "registry_people": lambda h: h._registry["people"],
    "registry_visits": lambda h: h._registry["visits"],
    "registry_events": lambda h: h._registry["events"],
    "transfers": lambda h: transfers.make_transfers(h.seed, h.table("admissions"), h._deteriorations),
    "vitals": lambda h: vitals.make_vitals(h.seed, h.table("patients"), h.table("admissions"), h._deteriorations),
    "claims": lambda h: claims.make_claims(h.seed, h.table("patients"), h.table("admissions")),
    "appointments": lambda h: appointments.make_appointments(h.seed, h.table("patients"), h.table("admissions")),
    "er_arrivals": lambda h: emergency.make_arrivals(h.seed),
    "operating_rooms": lambda h: operating_rooms.make_cases(h.seed),
}
_TRUTHS: dict[str, Callable[[Hospital], Any]] = {
    "eligible": lambda h: h._ids(h._cohort.eligible),
    "readmitted": lambda h: h._ids(h._cohort.readmitted),
    "why": Hospital._why,
    "stays": Hospital._stays,
    "readmission": lambda h: dict(journeys.READMISSION),
    "drift_time": lambda h: period.DRIFT,
    "creatinine_shift": lambda h: labs.CREATININE_SHIFT,
    "elsewhere": lambda h: dict(zip("ABC", journeys.ELSEWHERE.tolist(), strict=True)),
    "coding": lambda h: {s: (conditions.SENSITIVITY[s], conditions.SPECIFICITY[s]) for s in conditions.SENSITIVITY},
    "drifted_batches": Hospital._drifted_batches,
    "rollout": lambda h: {site: dict(truth) for site, truth in h._rollout[1].items()},
    "note_facts": lambda h: {facts.note_id: facts for facts in h._notes[1]},
    "lesions": Hospital._lesions,
    "wearable_events": lambda h: _frame(h._wearables[1]),
    "trial": lambda h: trial_truth(h.table("trial")),
    "cohort": lambda h: cohort_truth(h.table("cohort")),
    "cohort_unmeasured": lambda h: cohort_truth(h.table("cohort_unmeasured")),
    "compounds": lambda h: compound_truth(h.table("compounds")),
    "registry": lambda h: _frame(registry_truth(h.table("registry_people"))),
    "episodes": Hospital._episodes,
    "deteriorations": Hospital._charted_deteriorations,
    "oximeter": lambda h: vitals.oximeter(h.table("patients"), h.table("vitals")),
    "no_show": lambda h: dict(appointments.NO_SHOW),
    "no_show_by_group": lambda h: appointments.by_group(h.table("patients"), h.table("appointments")),
    "er_rate": lambda h: emergency.rate_by_hour(h.seed),
    "room_days": lambda h: operating_rooms.room_days(h.table("operating_rooms")),
    "denials": lambda h: claims.denials(h.table("claims")),
}
TABLE_NAMES = tuple(_TABLES)
"""Every public table, by the name that `Hospital.public` takes."""
