#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The decide contract told a second time, in another language and without packs, and compared with the
program on random people.  Serves LB-05..11, LB-16..19, LB-30..32, SQ-07..13, SQ-16..24, SQ-41..43, SN-02..07,
SN-10..12, SN-14..16, SN-27, SN-28: a figure or date broken in a pack shows here.

Usage: decide_oracle.py CANBAO PACKS SEED COUNT
"""
import calendar
import json
import random
import subprocess
import sys
from datetime import date, timedelta

ONE = timedelta(days=1)


def months(d, n):
    y, m = divmod(d.year * 12 + d.month - 1 + n, 12)
    return date(y, m + 1, min(d.day, calendar.monthrange(y, m + 1)[1]))


def next_month(d):
    return date(d.year + d.month // 12, d.month % 12 + 1, 1)


def age(birth, on):
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


D = date.fromisoformat
MED, FIS, HEALTH, VET = "medical_aid", "fiscal", "health_department", "veterans_bureau"
PACKS = {
    "lingbi-2023": dict(
        standard=350, fiscal=610, first=D("2023-01-01"), last=D("2023-12-31"),
        window=(D("2022-10-01"), D("2022-12-31")),
        categories=[("extreme_poverty", 350, MED), ("orphan", 350, MED), ("unattended_child", 350, MED),
                    ("family_planning_one_child", 350, HEALTH), ("family_planning_two_daughters", 350, HEALTH),
                    ("family_planning_hardship", 350, HEALTH), ("key_entitled", 350, VET), ("dibao", 300, MED),
                    ("returned_to_poverty", 270, MED), ("unstable_lifted", 175, MED),
                    ("marginal_at_risk", 175, MED), ("sudden_hardship", 175, MED), ("stable_lifted", 0, None)]),
    "shuangqing-2023": dict(
        standard=350, fiscal=610, first=D("2023-01-01"), last=D("2023-12-31"),
        window=(D("2022-09-01"), D("2022-12-31")),
        categories=[("extreme_poverty", 350, MED), ("orphan", 350, MED), ("unattended_child", 350, MED),
                    ("severe_disability", 350, FIS), ("hardship_veteran", 350, VET), ("dibao", 175, MED),
                    ("dibao_edge", 175, MED), ("unstable_lifted", 175, FIS), ("marginal_at_risk", 175, FIS),
                    ("sudden_hardship", 175, FIS), ("stable_lifted", 0, None), ("child_in_difficulty", 0, None),
                    ("two_disease", 0, None)]),
    "sunan-2024": dict(
        standard=380, fiscal=640, first=D("2024-01-01"), last=D("2024-12-31"),
        window=(D("2023-09-10"), D("2023-12-31")),
        categories=[("extreme_poverty", 380, MED), ("orphan", 380, MED), ("unattended_child", 380, MED),
                    ("rural_dibao_1", 310, MED), ("rural_dibao_2", 310, MED), ("rural_dibao_3", 250, MED),
                    ("rural_dibao_4", 250, MED), ("urban_dibao_full", 310, MED), ("urban_dibao_partial", 250, MED),
                    ("dibao_edge", 100, MED), ("returned_to_poverty", 310, MED), ("unstable_lifted", 250, MED),
                    ("marginal_at_risk", 250, MED), ("sudden_hardship", 250, MED), ("stable_lifted", 100, MED)]),
}
AID = {"extreme_poverty", "orphan", "unattended_child", "dibao", "returned_to_poverty", "unstable_lifted",
       "marginal_at_risk", "sudden_hardship"}


def active(c, on):
    return c["certified"] <= on and (c.get("ended") is None or on < c["ended"])


def belongs(pack, f):
    here, lives = f["register"] == "local", f["residence"] == "local"
    student = f.get("student")
    if pack == "lingbi-2023":
        return here or lives or bool(student and student["at"] == "local")
    permit = lives and f.get("document") in ("residence_permit", "hmt_residence_permit")
    if pack == "shuangqing-2023" and student and student["level"] == "college" and student["at"] == "local":
        return True
    return here or permit


def routes(pack, p, f):
    """(route, price, benefits from) for every way in that the facts satisfy; price 'less', 'full' or 'institution'."""
    on, birth, first, last = f["on"], f["birth"], p["first"], p["last"]
    got = {}
    for c in f["circumstances"]:
        got.setdefault(c["kind"], []).append(c)
    in_year = first <= on <= last
    year = lambda d: first <= d <= last
    past = lambda kind, key="on": [c for c in got.get(kind, []) if c[key] <= on]
    term = months(birth, 3) if pack == "sunan-2024" else birth + timedelta(days=90)
    child = year(birth) or (birth < first and year(term))
    if child and first <= on <= term:
        yield "newborn", "less", birth
    if p["window"][0] <= on <= p["window"][1]:
        yield "regular", "less", first
    lapses = past("employee_lapse", "ended")
    if pack == "lingbi-2023":
        if D("2023-01-01") <= on <= D("2023-02-28") and "returning_migrant" in got:
            yield "returning_migrant", "less", first
        if not in_year:
            return
        for c in lapses:
            if c["months"] >= 24 and on <= months(c["ended"], 3):
                yield "employee_lapse", "less", on + ONE
        for kind in ("discharged_soldier", "military_spouse"):
            if any(year(c["on"]) for c in past(kind)):
                yield kind, "less", on + ONE
        if any(active(c, on) and c["certified"] > D("2022-12-31") and c["code"] in AID for c in f["categories"]):
            yield "newly_added", "less", on + ONE
        for kind in ("released_prisoner", "left_other_scheme"):
            if past(kind):
                yield kind, "less", on + ONE
        for c in lapses:
            if c["months"] >= 24 and on > months(c["ended"], 3):
                yield "employee_lapse_late", "less", months(on + ONE, 6)
    elif pack == "shuangqing-2023":
        if D("2023-01-01") <= on <= D("2023-02-28") and f.get("town_extended"):
            yield "extended", "less", first
        if not in_year:
            return
        for c in lapses:
            if on <= c["ended"] + timedelta(days=90):
                yield "employee_lapse", "less", c["ended"]
        for kind in ("discharged_soldier", "released_prisoner"):
            if any(year(c["on"]) for c in past(kind)):
                yield kind, "less", on
        if age(birth, on) < 18:
            for c in past("welfare_institution", "entered"):
                yield "welfare_institution", "institution", c["entered"]
        if f.get("document") == "residence_permit" and any(c["first"] for c in got.get("new_employment", [])):
            yield "new_employment", "less", on
        if any(year(c["on"]) for c in past("unemployed_graduate")):
            yield "unemployed_graduate", "less", on
        if "objective_reason" in got and any(active(c, on) for c in f["categories"]):
            yield "objective_reason", "less", on
        if child and on > term:
            yield "newborn_late", "full", next_month(on)
        for c in lapses:
            if on > c["ended"] + timedelta(days=90):
                yield "employee_lapse_late", "full", next_month(on)
        if any(year(c["on"]) for c in past("moved_in")):
            yield "moved_in", "full", next_month(on)
    elif in_year:
        if lapses:
            yield "employee_lapse", "less", on
        if any(D("2023-01-01") <= c["on"] <= D("2024-12-31") for c in past("discharged_soldier")):
            yield "discharged_soldier", "less", on
        if any(active(c, on) for c in f["categories"]):
            yield "low_income", "less", on


def enrol(f):
    pack, p = f["policy"], PACKS[f["policy"]]
    on = f["on"]
    student = f.get("student")
    if f.get("employee_insured"):
        return {"decision": "refuse", "reason": "in_employee_insurance"}
    if pack == "shuangqing-2023" and student and student["level"] == "college" and student["at"] == "elsewhere":
        return {"decision": "refuse", "reason": "college_elsewhere"}
    if not belongs(pack, f):
        return {"decision": "refuse", "reason": "not_local"}
    order = [code for code, _, _ in p["categories"]]
    amounts = {code: (amount, fund) for code, amount, fund in p["categories"]}
    held = [c for c in f["categories"] if active(c, on)]
    if pack == "lingbi-2023" and on > D("2023-02-28"):
        held = [c for c in held if c["certified"] > D("2022-12-31")]
    held = [c["code"] for c in held if amounts[c["code"]][0] > 0]
    winner = min(held, key=lambda code: (-amounts[code][0], order.index(code)), default=None)
    ways = []
    for k, (route, price, start) in enumerate(routes(pack, p, f)):
        start = max(start, p["first"], f["birth"])
        if start > p["last"]:
            continue
        standard = p["standard"] + (p["fiscal"] if price == "full" else 0)
        category = winner if price == "less" else None
        subsidy = amounts[category][0] if category else 0
        payer = "institution" if price == "institution" else "fund" if subsidy == standard else "self"
        ways.append((standard - subsidy, start, k, route, category, standard, subsidy, payer))
    if not ways:
        return {"decision": "refuse", "reason": "before_window" if on < p["window"][0] else "outside_window"}
    payable, start, _, route, category, standard, subsidy, payer = min(ways)
    return {"decision": "enrol", "route": route, "category": category, "standard_fen": standard * 100,
            "subsidy_fen": subsidy * 100, "payable_fen": payable * 100, "payer": payer,
            "fund": amounts[category][1] if category else None, "benefit_from": start.isoformat(),
            "benefit_to": p["last"].isoformat()}


def refund(f):
    pack, p = f["policy"], PACKS[f["policy"]]
    on, reason, paid = f["on"], f["reason"], f["paid_fen"]
    no = lambda code: {"decision": "refuse", "reason": code}
    amounts = {code: amount * 100 for code, amount, _ in p["categories"]}
    new = [c for c in f.get("categories", []) if active(c, on) and amounts[c["code"]] and c["certified"] > f["paid_on"]]
    evidence = set(f.get("evidence", []))
    if pack == "sunan-2024":
        if reason != "newly_certified":
            return no("not_provided")
        if f.get("subsidised_before"):
            return no("already_subsidised")
        if not new:
            return no("nothing_due")
        best = min(new, key=lambda c: (-amounts[c["code"]], c["certified"]))
        due = min(amounts[best["code"]], paid)
        if due == 0:
            return no("nothing_due")
        return {"decision": "reimburse", "reimburse_fen": due, "to": "one_card",
                "month": next_month(best["certified"]).isoformat()[:7]}
    if pack == "shuangqing-2023" and reason in ("death", "newly_certified"):
        return no("not_provided")
    if reason == "newly_certified":
        early = [c for c in new if c["certified"] <= D("2022-12-31")]
        if not early:
            return no("benefits_started" if new else "nothing_due")
        due = paid - (35000 - max(amounts[c["code"]] for c in early))
        return {"decision": "refund", "refund_fen": due} if due > 0 else no("nothing_due")
    if reason == "death":
        if not evidence & {"death_certificate", "cremation_certificate"}:
            return no("evidence_missing")
        late = f["died"] >= D("2023-01-01")
    else:
        if "enrolment_ended" not in evidence:
            return no("evidence_missing")
        late = on >= D("2023-01-01")
    if late:
        return no("benefits_started")
    return {"decision": "refund", "refund_fen": paid} if paid else no("nothing_due")


def some_day(r, p, spread=430):
    """Days near the edges more often than elsewhere."""
    edges = [p["first"], p["last"], p["window"][0], p["window"][1], D("2022-12-31"), D("2023-02-28"),
             p["first"] + timedelta(days=59), p["first"] + timedelta(days=90)]
    if r.random() < 0.5:
        return r.choice(edges) + timedelta(days=r.randint(-3, 3))
    return p["first"] + timedelta(days=r.randint(-140, spread))


def circumstance(r, on):
    before = lambda: on - timedelta(days=r.choice([-2, 0, 1, 30, 89, 90, 91, 92, 93, r.randint(0, 700)]))
    kind = r.choice(["employee_lapse", "employee_lapse", "discharged_soldier", "military_spouse", "released_prisoner",
                     "left_other_scheme", "unemployed_graduate", "moved_in", "returning_migrant",
                     "welfare_institution", "new_employment", "objective_reason"])
    if kind == "employee_lapse":
        ended = before() if r.random() < 0.7 else months(on, -3) + timedelta(days=r.randint(-1, 1))
        return {"kind": kind, "ended": ended, "months": r.choice([0, 12, 23, 24, 25, 60])}
    if kind == "welfare_institution":
        return {"kind": kind, "entered": before()}
    if kind == "new_employment":
        return {"kind": kind, "first": r.random() < 0.7}
    if kind in ("returning_migrant", "objective_reason"):
        return {"kind": kind}
    return {"kind": kind, "on": before()}


def some_categories(r, p, on):
    out = []
    for _ in range(r.choice([0, 0, 1, 1, 2, 3])):
        certified = r.choice([on - timedelta(days=r.randint(-5, 500)), D("2022-12-31"), D("2023-01-01"), on, on + ONE])
        c = {"code": r.choice(p["categories"])[0], "certified": certified}
        if r.random() < 0.3:
            c["ended"] = r.choice([None, certified, certified + timedelta(days=r.randint(0, 400)), max(on, certified)])
        out.append(c)
    return out


def person(r, i):
    pack = r.choice(list(PACKS))
    p = PACKS[pack]
    on = some_day(r, p)
    birth = r.choice([D("1980-05-05"), on, on - timedelta(days=r.randint(0, 130)), on - timedelta(days=r.choice([89, 90, 91])),
                      months(on, -3), months(on, -3) - ONE, months(on, -216), months(on, -216) + ONE,
                      D("2004-02-29"), D("1960-01-31"), p["first"] - ONE, p["last"]])
    f = {"id": str(i), "policy": pack, "on": on, "birth": min(birth, on), "register": r.choice(["local", "local", "elsewhere"]),
         "residence": r.choice(["local", "local", "elsewhere"]), "categories": some_categories(r, p, on),
         "circumstances": [circumstance(r, on) for _ in range(r.choice([0, 1, 1, 2, 3]))]}
    if r.random() < 0.5:
        f["document"] = r.choice(["citizen_id", "residence_permit", "hmt_pass", "hmt_residence_permit",
                                  "foreign_permanent_residence", "foreign_work_permit", "foreign_residence_permit"])
    if r.random() < 0.05:
        f["employee_insured"] = True
    if r.random() < 0.2:
        f["student"] = {"level": r.choice(["college", "school", "nursery"]), "at": r.choice(["local", "elsewhere"])}
    if r.random() < 0.3:
        f["town_extended"] = r.random() < 0.8
    return f


def claim(r, i):
    pack = r.choice(list(PACKS))
    p = PACKS[pack]
    paid_on = some_day(r, p, 40)
    on = paid_on + timedelta(days=r.choice([0, 1, r.randint(0, 200)]))
    f = {"id": str(i), "op": "refund", "policy": pack, "on": on, "paid_on": paid_on,
         "paid_fen": r.choice([0, 5000, 7000, 17500, 35000, 38000, r.randint(0, 40000)]),
         "reason": r.choice(["duplicate", "employee_insurance", "insured_elsewhere", "death", "newly_certified", "newly_certified"])}
    if r.random() < 0.7:
        f["evidence"] = r.sample(["enrolment_ended", "death_certificate", "cremation_certificate"], r.randint(0, 3))
    if f["reason"] == "death":
        f["died"] = min(on, r.choice([on, D("2022-12-31"), D("2023-01-01"), paid_on]))
    if f["reason"] == "newly_certified" or r.random() < 0.2:
        f["categories"] = some_categories(r, p, on)
    if r.random() < 0.3:
        f["subsidised_before"] = r.random() < 0.5
    return f


def main():
    canbao, packs, seed, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    r = random.Random(seed)
    people = [person(r, i) if r.random() < 0.75 else claim(r, i) for i in range(count)]
    lines = "".join(json.dumps(f, default=lambda d: d.isoformat()) + "\n" for f in people)
    done = subprocess.run([canbao, "decide", "--packs", packs], input=lines, capture_output=True, text=True)
    answers = done.stdout.splitlines()
    if done.returncode != 0 or len(answers) != count:
        sys.exit(f"exit {done.returncode}, {len(answers)} answers for {count} lines: {done.stderr[:500]}")
    wrong = 0
    seen = {}
    for f, answer in zip(people, answers):
        got = json.loads(answer)
        want = refund(f) if f.get("op") else enrol(f)
        want.update(id=f["id"], policy=f["policy"])
        cites, assumptions = got.pop("cites"), got.pop("assumptions", [])
        key = (f["policy"], want["decision"], want.get("route") or want.get("reason") or "")
        seen[key] = seen.get(key, 0) + 1
        if got != want or not (cites or assumptions):
            wrong += 1
            if wrong <= 5:
                print("facts", json.dumps(f, default=lambda d: d.isoformat()), "\nwant ", want, "\ngot  ", got, cites)
    print(f"{count} cases, {len(seen)} kinds of outcome, {wrong} differ")
    sys.exit(1 if wrong or len(seen) < 45 else 0)


main()
