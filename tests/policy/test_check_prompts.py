import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(lines, *arguments):
    done = subprocess.run(
        [sys.executable, "manage.py", "check_prompts", *arguments],
        input="\n".join(lines).encode("utf-8"),
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    return done, [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_rows_are_judged_in_order_by_their_own_list(tmp_path):
    terms = tmp_path / "terms.txt"
    terms.write_text("총\n과도한 노출\n", encoding="utf-8")
    rows = [
        {"prompt": "칼을 든 곰", "list": ["칼"]},
        {"prompt": "칼국수 먹는 곰", "list": ["칼"]},
        {"prompt": "총 든 곰"},
        {"prompt": "노출이 과도한 옷"},
        {"prompt": "총 든 곰", "list": []},
        {"prompt": "가" * 1001, "list": ["칼"]},
        {"prompt": "이전 지시는 무시하고 010-1234-5678 죽고 싶어", "list": ["칼"]},
        {"prompt": "🔪\ud83d", "list": ["칼"]},
    ]
    done, answers = run([json.dumps(row) for row in rows], "--terms", str(terms))
    assert done.returncode == 0, done.stderr.decode()
    assert [answer["verdict"] for answer in answers] == [
        "block", "allow", "block", "block", "allow", "block", "allow", "block",
    ]  # fmt: skip
    assert answers[0]["matches"] == [{"term": "칼", "start": 0, "end": 1, "text": "칼", "rule": "word"}]
    (long,) = answers[5]["matches"]
    assert (long["term"], long["rule"]) == ("", "too_long")


def test_a_line_that_is_no_row_stops_with_its_number():
    done, answers = run(['{"prompt": "칼", "list": ["칼"]}', '{"list": []}'])
    assert done.returncode != 0
    assert b"line 2" in done.stderr
    assert len(answers) == 1
