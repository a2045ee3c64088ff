"""Loops, datetime and the standard library; the interval of SciPy."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
from scipy.stats import binomtest

ZONE = timezone(timedelta(hours=-6))
SITE = "https://wardround.example/fhir"
CODES = {
    ("creatinine", "mg/dL"): "2160-0",
    ("creatinine", "umol/L"): "14682-9",
    ("hemoglobin", "g/dL"): "718-7",
    ("sodium", "mmol/L"): "2951-2",
    ("wbc", "10*3/uL"): "6690-2",
    ("lactate", "mmol/L"): "2524-7",
}


def utc(moment):
    return moment.to_pydatetime().replace(tzinfo=ZONE).astimezone(UTC).isoformat()


def local(text):
    return datetime.fromisoformat(text).astimezone(ZONE).replace(tzinfo=None)


def bundle(patients, admissions, labs):
    entries = []
    for p in patients.itertuples():
        name = f"urn:uuid:00000000-0000-0000-0000-{p.patient_id:012d}"
        resource = {
            "resourceType": "Patient",
            "id": str(p.patient_id),
            "identifier": [{"system": f"{SITE}/mrn", "value": str(p.patient_id)}],
            "gender": "female" if p.sex == "F" else "male",
        }
        entries.append({"fullUrl": name, "resource": resource})
    act = "http://terminology.hl7.org/CodeSystem/v3-Act"
    for a in admissions.rename(columns={"class": "kind"}).itertuples():
        resource = {
            "resourceType": "Encounter",
            "id": f"e{a.encounter_id}",
            "identifier": [{"system": f"{SITE}/visit", "value": str(a.encounter_id)}],
            "status": "finished",
            "class": {
                "system": act + "Code",
                "code": {"inpatient": "IMP", "emergency": "EMER"}.get(a.kind, "OBSENC"),
            },
            "priority": {"coding": [{"system": act + "Priority", "code": "EL" if a.planned else "EM"}]},
            "subject": {"reference": f"urn:uuid:00000000-0000-0000-0000-{a.patient_id:012d}"},
            "period": {"start": utc(a.admit_time), "end": utc(a.discharge_time)},
            "hospitalization": {"dischargeDisposition": {"text": a.disposition}},
        }
        entries.insert(0, {"resource": resource})
    for n, r in enumerate(labs.itertuples()):
        resource = {
            "resourceType": "Observation",
            "id": f"o{n}",
            "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": CODES[r.lab, r.unit]}]},
            "subject": {"reference": f"Patient/{r.patient_id}"},
            "encounter": {"reference": f"Encounter/e{r.encounter_id}"},
            "issued": utc(r.time),
            "valueQuantity": {
                "value": r.value,
                "unit": r.unit,
                "system": "http://unitsofmeasure.org",
                "code": r.unit,
            },
        }
        entries.append({"resource": resource})
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def tables_from(bundle):
    numbers = {}
    for entry in bundle["entry"]:
        resource = entry["resource"]
        for own in resource.get("identifier", []):
            if own["system"] in (f"{SITE}/mrn", f"{SITE}/visit"):
                numbers[f"{resource['resourceType']}/{resource['id']}"] = int(own["value"])
    kinds = {"IMP": "inpatient", "EMER": "emergency", "OBSENC": "observation"}
    labs = {code: lab for (lab, _), code in CODES.items()}
    stays, results = [], []
    for entry in bundle["entry"]:
        r = entry["resource"]
        if r["resourceType"] == "Encounter":
            whom = numbers[r["subject"]["reference"]]
            stay = [numbers[f"Encounter/{r['id']}"], whom, kinds[r["class"]["code"]]]
            stay += [r["priority"]["coding"][0]["code"] == "EL"]
            stay += [local(r["period"]["start"]), local(r["period"]["end"])]
            stays.append([*stay, r["hospitalization"]["dischargeDisposition"]["text"]])
        if r["resourceType"] == "Observation":
            q = r["valueQuantity"]
            whose = [numbers[r["encounter"]["reference"]], numbers[r["subject"]["reference"]]]
            what = labs[r["code"]["coding"][0]["code"]]
            results.append([*whose, what, local(r["issued"]), q["value"], q["code"]])
    names = ["encounter_id", "patient_id", "class", "planned", "admit_time", "discharge_time", "disposition"]
    return {
        "admissions": pd.DataFrame(stays, columns=names),
        "labs": pd.DataFrame(results, columns=["encounter_id", "patient_id", "lab", "time", "value", "unit"]),
    }


def results(run, threshold):
    counts = defaultdict(lambda: [0, 0, 0, 0])
    for stay in run.to_dict("records"):
        levels = [
            (v, stay[v] if isinstance(stay[v], str) else "not recorded") for v in ("sex", "age_band", "group", "site")
        ]
        for key in [("all", "all"), *levels]:
            flag, back = stay["score"] >= threshold, stay["returned"]
            for n, one in enumerate((True, flag, back, flag and back)):
                counts[key][n] += bool(one)
    rows = []
    for (variable, level), (n, flagged, returned, found) in counts.items():
        row = {"variable": variable, "level": level, "n": n, "flagged": flagged, "returned": returned, "found": found}
        if returned:
            interval = binomtest(found, returned).proportion_ci(method="wilson")
            row |= {"sensitivity": found / returned, "low": interval.low, "high": interval.high}
        row["ppv"] = found / flagged if flagged else None
        rows.append(row)
    return pd.DataFrame(rows)


def first_stop(weeks, rule):
    parts = {
        "missed_share": lambda w: (w["missed"], w["deteriorations"]),
        "late_share": lambda w: (w["late_reviews"], w["reviews"]),
        "false_alarm_share": lambda w: (w["false_alarms"], w["alerts"]),
        "alert_rate": lambda w: (w["alerts"], w["patient_days"]),
        "error_share": lambda w: (w["missed"] + w["false_alarms"], w["patient_days"]),
    }[rule["metric"]]
    seen = []
    for w in sorted(weeks.to_dict("records"), key=lambda w: w["week"]):
        seen.append(parts(w))
        window = seen[-rule["weeks"] :]
        if len(window) < rule["weeks"]:
            continue
        if rule["how"] == "pooled":
            window = [(sum(k for k, _ in window), sum(n for _, n in window))]
        if all(n and k / n > rule["above"] for k, n in window):
            return w["week"]
    return None
