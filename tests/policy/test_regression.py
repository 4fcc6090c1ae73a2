"""Own rows of the label policy: other words and other sights than any list this engine was developed on."""

from collections import Counter

import pytest

from tests.policy.lists import judged, regression_rows

ROWS = regression_rows()
CHECKS_OFF = {"is_safety_checked": False, "is_personal_data_checked": False, "is_injection_checked": False}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['kind']}-{number}" for number, row in enumerate(ROWS)])
def test_row(row):
    verdict = judged(row["prompt"], *row["list"], **CHECKS_OFF)
    assert verdict.is_allowed == (row["label"] == "allow"), verdict.matches
    assert {match.term for match in verdict.matches} <= set(row["list"])


def test_the_file_holds_both_languages_and_labels_in_quantity():
    counted = Counter((row["lang"], row["label"]) for row in ROWS)
    assert min(counted.values()) >= 60
    assert sum(counted.values()) >= 400
