"""The library's own models write the Bundle, json_normalize reads it, and group-bys count."""

import json

import numpy as np
import pandas as pd

HERE = "https://wardround.example/fhir"
TERMS = "http://terminology.hl7.org/CodeSystem/"
CODE = pd.Series(
    {
        "creatinine mg/dL": "2160-0",
        "creatinine umol/L": "14682-9",
        "hemoglobin g/dL": "718-7",
        "sodium mmol/L": "2951-2",
        "wbc 10*3/uL": "6690-2",
        "lactate mmol/L": "2524-7",
    }
)
KIND = {"inpatient": "IMP", "emergency": "EMER", "observation": "OBSENC"}


def bundle(patients, admissions, labs):
    from fhir.resources.R4B.bundle import Bundle, BundleEntry
    from fhir.resources.R4B.encounter import Encounter
    from fhir.resources.R4B.observation import Observation
    from fhir.resources.R4B.patient import Patient

    def who(row):
        return {"reference": f"Patient/p{row.patient_id}"}

    def when(moment):
        return moment.tz_localize("Etc/GMT+6").to_pydatetime()

    found = [
        Patient(
            id=f"p{row.patient_id}",
            gender={"F": "female", "M": "male"}[row.sex],
            identifier=[{"system": f"{HERE}/mrn", "value": str(row.patient_id)}],
        )
        for row in patients.itertuples()
    ]
    found += [
        Encounter.model_validate(
            {
                "resourceType": "Encounter",
                "id": f"v{row.encounter_id}",
                "identifier": [{"system": f"{HERE}/visit", "value": str(row.encounter_id)}],
                "status": "finished",
                "class": {"system": TERMS + "v3-ActCode", "code": KIND[row.kind]},
                "priority": {"coding": [{"system": TERMS + "v3-ActPriority", "code": "EL" if row.planned else "EM"}]},
                "subject": who(row),
                "period": {"start": when(row.admit_time), "end": when(row.discharge_time)},
                "hospitalization": {"dischargeDisposition": {"text": row.disposition}},
            }
        )
        for row in admissions.rename(columns={"class": "kind"}).itertuples()
    ]
    for n, row in enumerate(labs.itertuples()):
        amount = {"value": row.value, "unit": row.unit, "system": "http://unitsofmeasure.org", "code": row.unit}
        found.append(
            Observation(
                id=f"r{n}",
                status="final",
                code={"coding": [{"system": "http://loinc.org", "code": CODE[f"{row.lab} {row.unit}"]}]},
                subject=who(row),
                encounter={"reference": f"Encounter/v{row.encounter_id}"},
                issued=when(row.time),
                valueQuantity=amount,
            )
        )
    whole = Bundle(type="collection", entry=[BundleEntry(resource=resource) for resource in found])
    return json.loads(whole.model_dump_json())


def tables_from(bundle):
    all_of = [entry["resource"] for entry in bundle["entry"]]
    frames = {
        kind: pd.DataFrame([r for r in all_of if r["resourceType"] == kind])
        for kind in ("Patient", "Encounter", "Observation")
    }
    for kind, system in (("Patient", "mrn"), ("Encounter", "visit")):
        frames[kind]["number"] = [
            int({i["system"]: i["value"] for i in ids}[f"{HERE}/{system}"]) for ids in frames[kind]["identifier"]
        ]
    known = {f"{kind}/{row.id}": row.number for kind in ("Patient", "Encounter") for row in frames[kind].itertuples()}

    def lookup(column):
        return column.str["reference"].map(known)

    def clock(column):
        return pd.to_datetime(column, utc=True).dt.tz_convert("Etc/GMT+6").dt.tz_localize(None)

    e, o = frames["Encounter"], frames["Observation"]
    admissions = pd.DataFrame(
        {
            "encounter_id": e["number"],
            "patient_id": lookup(e["subject"]),
            "class": e["class"].str["code"].map({code: kind for kind, code in KIND.items()}),
            "planned": e["priority"].str["coding"].str[0].str["code"].eq("EL"),
            "admit_time": clock(e["period"].str["start"]),
            "discharge_time": clock(e["period"].str["end"]),
            "disposition": e["hospitalization"].str["dischargeDisposition"].str["text"],
        }
    )
    labs = pd.DataFrame(
        {
            "encounter_id": lookup(o["encounter"]),
            "patient_id": lookup(o["subject"]),
            "lab": o["code"].str["coding"].str[0].str["code"].map({c: name.split()[0] for name, c in CODE.items()}),
            "time": clock(o["issued"]),
            "value": o["valueQuantity"].str["value"].astype(float),
            "unit": o["valueQuantity"].str["code"],
        }
    )
    return {"admissions": admissions, "labs": labs}


def results(run, threshold):
    long = run.assign(all="all", flagged=run["score"].ge(threshold))
    long["found"] = long["flagged"] & long["returned"]
    long = long.melt(["flagged", "returned", "found"], ["all", "sex", "age_band", "group", "site"], value_name="level")
    long["level"] = long["level"].fillna("not recorded")
    table = long.groupby(["variable", "level"], as_index=False).agg(
        n=("found", "size"), flagged=("flagged", "sum"), returned=("returned", "sum"), found=("found", "sum")
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        k, n, z2 = table["found"].to_numpy(float), table["returned"].to_numpy(float), 1.959963985**2
        p = k / n
        root = np.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n**2)))
        table["sensitivity"], table["ppv"] = p, k / table["flagged"].to_numpy(float)
        table["low"] = (p + z2 / (2 * n) - root) / (1 + z2 / n)
        table["high"] = (p + z2 / (2 * n) + root) / (1 + z2 / n)
    return table


def first_stop(weeks, rule):
    from numpy.lib.stride_tricks import sliding_window_view

    rows = weeks.set_index("week").sort_index().assign(wrong=lambda w: w["missed"] + w["false_alarms"])
    part, whole = {
        "missed_share": ("missed", "deteriorations"),
        "late_share": ("late_reviews", "reviews"),
        "false_alarm_share": ("false_alarms", "alerts"),
        "alert_rate": ("alerts", "patient_days"),
        "error_share": ("wrong", "patient_days"),
    }[rule["metric"]]
    if len(rows) < rule["weeks"]:
        return None
    k, n = (sliding_window_view(rows[name].to_numpy(float), rule["weeks"]) for name in (part, whole))
    if rule["how"] == "pooled":
        k, n = k.sum(axis=1, keepdims=True), n.sum(axis=1, keepdims=True)
    over = ((n > 0) & (k > rule["above"] * n)).all(axis=1)
    return int(rows.index[over.argmax() + rule["weeks"] - 1]) if over.any() else None
