#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run the cases of tests/cli/decide/*.jsonl through `canbao decide`, all of a file in one run.

A case has a name (with the ids of the provisions it serves), `in` (an object) or `raw` (a line as it is), `out` (what the
answer must hold), and may have `cites` and `assumptions` (each must be among the answer's; an empty list: there
must be none).  Answers to valid lines must hold exactly the contract's fields.

Usage: decide_cases.py CANBAO PACKS FILE.jsonl ...
"""
import json
import subprocess
import sys

ENROL = {"id", "policy", "decision", "route", "category", "standard_fen", "subsidy_fen", "payable_fen", "payer",
         "fund", "benefit_from", "benefit_to", "cites"}
FIELDS = {"enrol": ENROL, "refuse": {"id", "policy", "decision", "reason", "cites"},
          "refund": {"id", "policy", "decision", "refund_fen", "cites"},
          "reimburse": {"id", "policy", "decision", "reimburse_fen", "month", "to", "cites"},
          "error": {"id", "decision", "field", "reason"}}


def line_of(case):
    return case["raw"] if "raw" in case else json.dumps(case["in"], ensure_ascii=False)


def faults(case, answer):
    got = json.loads(answer)
    for key, want in case["out"].items():
        if key not in got or got[key] != want or type(got[key]) is not type(want):
            yield f"{key}: want {want!r}, got {got.get(key)!r}"
    for key in ("cites", "assumptions"):
        have = got.get(key, [])
        if key in case and (not set(case[key]) <= set(have) or (case[key] == [] and have)):
            yield f"{key}: want {case[key]}, got {have}"
    extra = set(got) - FIELDS[got["decision"]] - {"assumptions", "tier"}
    missing = FIELDS[got["decision"]] - set(got)
    if extra or missing:
        yield f"fields: {extra} too many, {missing} missing"
    if got["decision"] != "error":
        if not (got["cites"] or got.get("assumptions")) or len(set(got["cites"])) != len(got["cites"]):
            yield f"cites {got['cites']}"
        if "in" in case and got["id"] != case["in"]["id"]:
            yield "id"
    if got["decision"] == "enrol" and got["standard_fen"] - got["subsidy_fen"] != got["payable_fen"]:
        yield "the amounts do not meet"
    if got.get("assumptions") == []:
        yield "an empty list of assumptions"


def run(canbao, packs, path):
    with open(path, encoding="utf-8") as f:
        cases = [json.loads(line) for line in f]
    text = "".join(line_of(c) + "\n" for c in cases).encode()
    done = subprocess.run([canbao, "decide", "--packs", packs], input=text, capture_output=True)
    answers = done.stdout.decode().splitlines()
    errors = any(c["out"].get("decision") == "error" for c in cases)
    bad = 0
    if len(answers) != len(cases) or done.returncode != (1 if errors else 0) or done.stderr:
        print(f"{path}: exit {done.returncode}, {len(answers)} answers for {len(cases)} cases {done.stderr.decode()}")
        return 1
    for case, answer in zip(cases, answers):
        for fault in faults(case, answer):
            bad += 1
            print(f"{path}: {case['case']}: {fault}\n    {line_of(case)}\n    {answer}")
    print(f"{path}: {len(cases)} cases, {bad} faults")
    return bad


sys.exit(1 if sum(run(sys.argv[1], sys.argv[2], path) for path in sys.argv[3:]) else 0)
