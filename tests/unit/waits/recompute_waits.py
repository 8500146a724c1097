"""Recomputes the mean wait per visit from an exported journal; knows nothing of the program that wrote it.

Usage: recompute_waits.py JOURNAL.jsonl — one event a line with seq, type, at, data and command_id.
Prints {"n": visits served, "mean": seconds} as JSON.
"""

import json
import sys
from copy import deepcopy
from datetime import datetime
from pathlib import Path

visits, before = {}, {}


def instant(text):
    return datetime.fromisoformat(text)


def overlap(a, b, c, d):
    return max((min(b, d) - max(a, c)).total_seconds(), 0.0)


for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    row = json.loads(line)
    kind, at, data = row["type"], instant(row["at"]), row["data"]
    id_ = data.get("ticket")
    if kind == "ticket.issued":
        entry = instant(data["issued_at"])
        slot = data["appointment_at"]
        first = {
            "entry": max(entry, instant(slot)) if slot else entry,
            "call": None,
            "started": False,
            "away": [],
        }
        visits[id_] = {"legs": [first], "state": "open", "park": None}
        continue
    if id_ not in visits:
        continue
    if kind == "act.undone":
        visits.update(before.pop(data["undone"]))
        continue
    before.setdefault(row["command_id"], {}).setdefault(id_, deepcopy(visits[id_]))
    visit = visits[id_]
    leg = visit["legs"][-1]

    def new_leg(entry, visit=visit):
        visit["legs"].append({"entry": entry, "call": None, "started": False, "away": []})

    if kind in ("ticket.unparked", "ticket.transferred"):
        if visit["park"]:
            leg["away"].append((visit["park"], at))
        visit["park"] = None
        if data["new_leg"]:
            new_leg(instant(data["queued_at"]) if data["queued_at"] else at)
    elif kind == "ticket.called":
        leg["call"] = leg["call"] or at
    elif kind == "ticket.started":
        leg["started"] = True
    elif kind == "ticket.parked":
        visit["park"] = at if data["parked_by"] == "citizen" else None
    elif kind == "ticket.ended":
        visit["state"] = "open" if data["next_service"] else "served"
        if data["next_service"]:
            new_leg(at)
    elif kind == "ticket.result_awaited":
        visit["state"] = "awaiting"
    elif kind == "ticket.result_ready":
        visit["state"] = "open"
        new_leg(at)
    elif kind == "ticket.abandoned":
        visit["state"] = "served" if visit["state"] == "awaiting" else "gone"
    elif kind in ("ticket.no_show", "ticket.cancelled"):
        visit["state"] = "gone"
    elif kind == "ticket.came_back":
        visit["state"] = "open"

waits = [
    sum(
        max((leg["call"] - leg["entry"]).total_seconds(), 0.0)
        - sum(overlap(leg["entry"], leg["call"], *away) for away in leg["away"])
        for leg in visit["legs"]
    )
    for visit in visits.values()
    if visit["state"] == "served"
]
print(json.dumps({"n": len(waits), "mean": sum(waits) / len(waits) if waits else None}))
