"""The policy engine: how fast, how large, how right on rows it has not been fitted to."""

import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assignments.policy import Policy, Term, check, matching_for
from assignments.policy.analyser import analyse
from assignments.policy.compiled import compile_policy
from assignments.policy.match import find_terms
from tests.policy.lists import REGRESSION, listing

SHORT, LONG, MANY = 28, 100, 10_000
# A file of labelled rows to be right about; without one the project's own are measured.
LABELLED = Path(os.environ.get("POLICY_ROWS", REGRESSION))
_OFF = {
    "is_personal_data_checked": False,
    "is_artist_checked": False,
    "is_person_checked": False,
    "is_injection_checked": False,
    "is_safety_checked": False,
}


def lines() -> Iterator[dict[str, Any]]:
    rows = _rows(REGRESSION)
    few, many = _few(rows), _many(rows)
    compile_policy(many)
    short, long = _prompts(rows, SHORT), _prompts(rows, LONG)
    yield from _speed(short, long, few, many)
    yield _scale(long, few, many)
    yield from _peer(long, many)
    yield _line(
        "policy.worst.1000",
        max(_best(lambda text=text: check(text, many)) for text in _hard()) * 1e3,
        "ms",
        20.0,
    )
    yield _line("policy.build.10k", _build_seconds(many) * 1e3, "ms", 100.0)
    yield _line("policy.memory", float(_run("-m", "tests.bench.bench_policy")), "MB", 150.0)
    yield _line(
        "policy.cold_start",
        min(_seconds(lambda: _run("-c", _FIRST_CHECK), time.perf_counter) for _ in range(3)),
        "s",
        1.0,
    )
    yield from _rightness(_rows(LABELLED))


def _speed(short: list[str], long: list[str], few: Policy, many: Policy) -> Iterator[dict[str, Any]]:
    bare_long, bare_short = _mean(analyse, long), _mean(analyse, short)
    of_many = _mean(lambda text: find_terms(text, many), long)
    yield _line("policy.check.100.10k", of_many * 1e6, "us", bare_long * 1e6)
    yield _line(
        "policy.check.28.15", _mean(lambda text: find_terms(text, few), short) * 1e6, "us", bare_short * 1e6
    )
    yield _line("policy.check.100.10k.p95", _p95(lambda text: find_terms(text, many), long) * 1e6, "us", None)


def _scale(long: list[str], few: Policy, many: Policy) -> dict[str, Any]:
    """What a list's length costs: the same fifteen terms alone, and among ten thousand that find nothing more."""
    found = {match.term for text in long for match in find_terms(text, many)} - {
        term.text for term in few.terms
    }
    others = [term for term in many.terms if term.text not in found and term not in few.terms]
    grown = Policy(terms=(*few.terms, *others[: MANY - len(few.terms)]), **_OFF)
    alone = [_best(lambda text=text: find_terms(text, few)) for text in long]
    among = [_best(lambda text=text: find_terms(text, grown)) for text in long]
    return _line("policy.scale", statistics.fmean(among) / statistics.fmean(alone), "ratio", None)


def _peer(long: list[str], many: Policy) -> Iterator[dict[str, Any]]:
    from better_profanity import Profanity

    peer = Profanity([term.text for term in many.terms])
    theirs = _mean(peer.contains_profanity, long[:20])
    ours = _mean(lambda text: find_terms(text, many), long[:20])
    yield _line("policy.peer.better_profanity", theirs / ours, "ratio", None)


def _rightness(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    caught: dict[str, list[bool]] = {"block": [], "allow": []}
    for row in rows:
        caught[row["label"]].append(not check(row["prompt"], listing(*row["list"], **_OFF)).is_allowed)
    yield _line("policy.dev.recall", statistics.fmean(caught["block"]), "share", None)
    yield _line("policy.dev.false_alarms", statistics.fmean(caught["allow"]), "share", None)


def _line(name: str, value: float, unit: str, floor: float | None) -> dict[str, Any]:
    ratio = None if floor is None else round(value / floor, 3)
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "floor": floor and round(floor, 3),
        "ratio": ratio,
    }


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _few(rows: list[dict[str, Any]]) -> Policy:
    """Fifteen terms of both languages, evenly from all the rows' lists."""
    texts = list(dict.fromkeys(term for row in rows for term in row["list"]))
    return listing(*[texts[number * len(texts) // 15] for number in range(15)], **_OFF)


def _many(rows: list[dict[str, Any]]) -> Policy:
    """Ten thousand terms: every word of the rows' lists, then made-up ones of two to four syllables or letters."""
    dice = random.Random(7)
    texts = dict.fromkeys(term for row in rows for term in row["list"])
    syllables = [
        chr(code) for code in range(0xAC00, 0xD7A4) if (code - 0xAC00) % 28 in (0, 1, 4, 8, 16, 17, 21)
    ]
    while len(texts) < MANY:
        if dice.random() < 0.7:
            texts["".join(dice.choices(syllables, k=dice.randint(2, 4)))] = None
        else:
            texts["".join(dice.choices("abcdefghijklmnoprstuvwy", k=dice.randint(4, 9)))] = None
    return Policy(terms=tuple(Term(text, matching_for(text)) for text in texts), **_OFF)


def _prompts(rows: list[dict[str, Any]], length: int) -> list[str]:
    """Ordinary prompts of one length made of the rows' own, both labels, mostly Korean as in a Korean class."""
    rows = [row for row in rows if not row["kind"].startswith(("evasion", "emoji", "nfd"))]
    dice = random.Random(length)
    prompts = []
    for number in range(300):
        pool = [row["prompt"] for row in rows if row["lang"] == ("en" if number % 4 == 0 else "ko")]
        text = ""
        while len(text) < length:
            text += dice.choice(pool) + " "
        prompts.append(text[:length])
    return prompts


def _seconds(call: Callable[[], Any], clock: Callable[[], float] = time.thread_time) -> float:
    """Time on the processor, so that a neighbour on the machine is not measured: nothing here waits."""
    began = clock()
    call()
    return clock() - began


def _best(call: Callable[[], Any], times: int = 5) -> float:
    return min(_seconds(call) for _ in range(times))


def _each(call: Callable[[str], Any], prompts: list[str]) -> list[float]:
    """Each prompt's best of three."""
    return [_best(lambda prompt=prompt: call(prompt), 3) for prompt in prompts]


def _mean(call: Callable[[str], Any], prompts: list[str]) -> float:
    return statistics.fmean(_each(call, prompts))


def _p95(call: Callable[[str], Any], prompts: list[str]) -> float:
    return sorted(_each(call, prompts))[int(len(prompts) * 0.95)]


def _build_seconds(policy: Policy) -> float:
    # Another exception makes another content, so that nothing is taken from the store.
    fresh = [Policy(terms=policy.terms, exceptions=(f"없는말{number}",), **_OFF) for number in range(3)]
    return min(_seconds(lambda one=one: compile_policy(one)) for one in fresh)


def _hard() -> list[str]:
    dice = random.Random(11)
    hard = [
        "칼",
        "칼 ",
        "폭 력 ",
        "ㅋㅏㄹ",
        "🔪",
        "k n i f e ",
        "kn1f3 ",
        "a-b ",
        "aabbccdd",
        "전쟁쟁 ",
        "뽁력 ",
        "a@",
        "zkfdmf ",
    ]
    texts = [(piece * 1000)[:1000] for piece in hard]
    texts.append("".join(chr(dice.randrange(0xAC00, 0xD7A4)) for _ in range(1000)))
    texts.append("".join(dice.choice("칼피총술독 .ㅋ1knife-*") for _ in range(1000)))
    return texts


_FIRST_CHECK = """
from assignments.policy import Policy, Term, check
assert not check("칼을 든 곰 with a knife", Policy(terms=(Term("칼"), Term("knife")))).is_allowed
"""


def _run(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True).stdout


def _peak_megabytes() -> float:
    """The most memory this process ever held, after a lesson's worth of prompts."""
    many = _many(_rows(REGRESSION))
    check("칼을 든 곰 with a knife", many)
    for prompt in _prompts(_rows(REGRESSION), LONG):
        check(prompt, many)
    # Not getrusage: a child starts with its parent's peak there.
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


if __name__ == "__main__":
    print(_peak_megabytes())
