"""The hospital of a seed: the same for everyone, and only what a learner may see."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.stream import stream

TABLES = (
    "patients",
    "admissions",
    "conditions",
    "labs",
    "transfers",
    "vitals",
    "claims",
    "appointments",
    "er_arrivals",
    "operating_rooms",
    "wearables",
    "trial",
    "trial_samples",
    "cohort",
    "cohort_unmeasured",
    "compounds",
    "images",
    "batches",
    "rollout",
    "notes",
)
DIGEST = """
import hashlib, sys
from wardround.hospital import build
hospital, total = build(7, patients=3000), hashlib.sha256()
for name in sys.argv[1:]:
    for column, values in sorted(hospital.table(name).items()):
        total.update(name.encode() + column.encode() + str(values.dtype).encode() + values.tobytes())
print(total.hexdigest())
"""


def bytes_of(hospital, name: str) -> str:
    return hashlib.sha256(b"".join(v.tobytes() for _, v in sorted(hospital.table(name).items()))).hexdigest()


def test_two_processes_make_the_same_bytes() -> None:
    digests = set()
    for hash_seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": hash_seed}
        command = [sys.executable, "-c", DIGEST, *TABLES]
        digests.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(digests) == 1


def test_another_seed_makes_another_hospital() -> None:
    one, other = build(1, patients=2000), build(2, patients=2000)
    assert all(bytes_of(one, name) != bytes_of(other, name) for name in TABLES)


def test_the_order_in_which_tables_are_asked_for_changes_nothing() -> None:
    forwards, backwards = build(5, patients=2000), build(5, patients=2000)
    first = {name: bytes_of(forwards, name) for name in TABLES}
    assert {name: bytes_of(backwards, name) for name in reversed(TABLES)} == first


def test_streams_do_not_touch_each_other() -> None:
    alone = stream(3, "labs").random(5)
    other = stream(3, "conditions")
    other.random(10_000)
    np.testing.assert_array_equal(stream(3, "labs").random(5), alone)
    assert not np.allclose(stream(3, "conditions").random(5), alone)
    assert not np.allclose(stream(4, "labs").random(5), alone)


@pytest.mark.parametrize("name", TABLES)
def test_public_tables_hide_the_truth_and_have_no_order(name: str) -> None:
    hospital = build(1, patients=2000)
    table = hospital.public(name)
    assert not [column for column in table.columns if column.startswith("_")]
    assert len(table) == next(iter(hospital.table(name).values())).size
    first = table.columns[0]
    assert not table[first].is_monotonic_increasing
    assert table[first].tolist() != hospital.table(name)[first].tolist()
    assert table.index.tolist() == list(range(len(table)))


def test_a_public_table_is_a_fresh_copy() -> None:
    hospital = build(1, patients=500)
    spoilt = hospital.public("admissions")
    spoilt["planned"] = True
    del spoilt["class"]
    again = hospital.public("admissions")
    assert "class" in again.columns
    assert not again["planned"].all()
    pd.testing.assert_frame_equal(again, build(1, patients=500).public("admissions"))


def test_ids_say_nothing_about_time_or_patient() -> None:
    admissions = build(2).public("admissions")
    ids = admissions["encounter_id"]
    assert sorted(ids) == list(range(1, len(ids) + 1))
    assert abs(np.corrcoef(ids, admissions["patient_id"])[0, 1]) < 0.05
    assert abs(np.corrcoef(ids, admissions["admit_time"].astype("int64"))[0, 1]) < 0.05


def test_pixels_follow_the_ids_asked_for() -> None:
    hospital = build(1, patients=10)
    films, table = hospital.public("images"), hospital.truth("lesions").set_index("image_id")
    ids = films["image_id"].head(40)
    pixels = hospital.pixels(ids)
    assert pixels.shape == (40, 64, 64)
    np.testing.assert_array_equal(pixels[3], hospital.pixels([ids[3]])[0])
    bright = pixels[:, 2:6, 2:9].mean(axis=(1, 2)) > 1700
    assert bright.tolist() == table.loc[ids, "marker"].tolist()
    pixels[:] = 0
    assert hospital.pixels(ids).any()
    with pytest.raises(KeyError, match="there is no film 0"):
        hospital.pixels([0, 1])


@pytest.mark.parametrize(("ask", "kind"), [("public", "table"), ("table", "table"), ("truth", "truth")])
def test_an_unknown_name_gets_the_known_ones(ask: str, kind: str) -> None:
    with pytest.raises(KeyError) as caught:
        getattr(build(1, patients=10), ask)("admision" if kind == "table" else "readmited")
    message = str(caught.value)
    assert f"no {kind}" in message
    assert "Did you mean 'admissions'?" in message or "Did you mean 'readmitted'?" in message
    assert "Known: " in message


@pytest.mark.parametrize(
    ("seed", "patients", "word"),
    [(-1, 10, "seed"), (1.5, 10, "seed"), (True, 10, "seed"), (1, 0, "patients"), (1, "9", "patients")],
)
def test_a_number_that_cannot_be_is_refused(seed, patients, word: str) -> None:
    with pytest.raises(ValueError, match=f"{word} must be a whole number"):
        build(seed, patients)


def test_a_hospital_of_one_patient_works() -> None:
    for seed in range(5):
        hospital = build(seed, patients=1)
        assert [len(hospital.public(name)) >= 0 for name in TABLES] == [True] * len(TABLES)
        assert hospital.truth("readmitted") <= hospital.truth("eligible")


def test_truths_agree_with_each_other() -> None:
    hospital = build(4)
    stays, why = hospital.truth("stays"), hospital.truth("why")
    assert set(stays.loc[stays["eligible"], "encounter_id"]) == hospital.truth("eligible")
    assert {stay for stay, reason in why.items() if reason == "readmitted"} == hospital.truth("readmitted")
    assert hospital.truth("readmitted") < hospital.truth("eligible")
    assert set(why) == set(hospital.public("admissions")["encounter_id"])
    assert set(hospital.truth("coding")) == set(hospital.public("conditions")["source"])
    assert set(hospital.truth("elsewhere")) == set(hospital.public("patients")["group"])
