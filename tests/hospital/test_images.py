"""Films: the corner gives the label away at home, and lies elsewhere."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from wardround.hospital.images import MARKED, MARKER, SIZE, WHITE, make_images, with_marker

SEEDS = [1, 2, 3]


@pytest.fixture(scope="module", params=SEEDS)
def made(request: pytest.FixtureRequest):
    return make_images(request.param)


def features(pixels: np.ndarray, masked: bool) -> np.ndarray:
    x = pixels.astype(np.float32) / WHITE
    if masked:
        x[:, :10, :12] = 0
    return x.reshape(len(x), 32, 2, 32, 2).mean((2, 4)).reshape(len(x), -1)


def areas(made, masked: bool) -> tuple[float, float]:
    """AUC for the true lesion at home (films held back) and at the external site, of one linear model."""
    table, pixels = made
    home = np.flatnonzero(table["site"] == "home")
    away = np.flatnonzero(table["site"] == "external")
    train, held = home[:1000], home[1000:]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=500))
    model.fit(features(pixels[train], masked), table["label"][train])
    score = lambda rows: model.predict_proba(features(pixels[rows], masked))[:, 1]  # noqa: E731
    return tuple(float(roc_auc_score(table["_lesion"][rows], score(rows))) for rows in (held, away))


def test_raw_pixels_shine_at_home_and_fail_elsewhere(made) -> None:
    home, away = areas(made, masked=False)
    assert home > 0.92
    assert away < 0.45


def test_without_the_corner_a_plain_model_travels(made) -> None:
    home, away = areas(made, masked=True)
    assert away > 0.84
    assert abs(home - away) < 0.08


def test_labels_err_and_miss_twice_as_often(made) -> None:
    table, _ = made
    wrong = table["label"] != table["_lesion"]
    assert 0.04 < wrong.mean() < 0.08
    assert wrong[table["_lesion"]].mean() > 1.3 * wrong[~table["_lesion"]].mean()


def test_the_marker_stands_where_it_is_said_to(made) -> None:
    table, pixels = made
    bright = pixels[:, *MARKER].mean(axis=(1, 2)) > 1700
    np.testing.assert_array_equal(bright, table["_marker"])
    for site, shares in MARKED.items():
        for lesion, share in enumerate(shares):
            rows = (table["site"] == site) & (table["_lesion"] == lesion)
            assert table["_marker"][rows].mean() == pytest.approx(share, abs=0.06)


def test_the_marker_can_be_painted_on_and_off(made) -> None:
    table, pixels = made
    before = pixels.copy()
    for shown in (True, False):
        painted = with_marker(pixels, shown)
        as_it_was = table["_marker"] == shown
        np.testing.assert_array_equal(painted[as_it_was], pixels[as_it_was])
        assert ((painted[:, *MARKER].mean(axis=(1, 2)) > 1700) == shown).all()
        outside = painted.copy()
        outside[:, *MARKER] = pixels[:, *MARKER]
        np.testing.assert_array_equal(outside, pixels)
    np.testing.assert_array_equal(pixels, before)
    assert with_marker(pixels[0], True).shape == (SIZE, SIZE)


def test_films_are_twelve_bits(made) -> None:
    table, pixels = made
    assert pixels.shape == (len(table["label"]), SIZE, SIZE)
    assert pixels.dtype == np.uint16
    assert pixels.max() <= WHITE
    assert sorted(table["image_id"]) == list(range(1, len(pixels) + 1))
