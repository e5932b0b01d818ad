"""The true PA1 of ../shared/gold in the contract's keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[2].parent / "shared"
PA1 = SHARED / "gold" / "003_pa1.json"


def gold_pa1() -> dict[str, Any]:
    """As the contract names it: CE dates, lists of strings, tasks without line numbers."""
    gold = json.loads(PA1.read_text(encoding="utf-8"))
    maker, part1, part2, opinion = gold["maker"], gold["part1"], gold["part2"], gold["superior_opinion"]
    keys = ("title", "first_name", "last_name", "school", "area_office", "salary_baht")
    return {
        "form_code": None,
        "position": gold["heading_position_th"],
        "standing": gold["heading_standing_th"],
        "fiscal_year_be": gold["fiscal_year_be"],
        "period": {"start": gold["period"]["start"], "end": gold["period"]["end"]},
        "maker": {
            **{key: maker[key] for key in keys},
            "position": maker["position_th"],
            "standing": maker["standing_th"],
            "salary_rank": maker["salary_rank_printed"],
        },
        "school_types": [
            {key: box[key] for key in ("code", "label", "checked")} for box in gold["school_types"]
        ],
        "workload": {
            "full_time": part1["workload"]["full_time"],
            "not_full_time_reason": None,
            "min_teaching_hours": part1["workload"]["min_teaching_hours_declared"],
            "activities": [
                {
                    "code": a["code"],
                    "label": a["label"],
                    "checked": a["checked"],
                    "hours": a["hours_per_week"],
                }
                for a in part1["workload"]["activities"]
            ],
        },
        "domains": [
            {
                "no": domain["no"],
                "name": domain["name_th"],
                "tasks": [
                    {
                        "code": task["code"],
                        "text": task["task"],
                        "outcomes": [item["text"] for item in task["outcome_items"]],
                        "indicators": [
                            {key: i[key] for key in ("audience", "text", "target_percent")}
                            for i in task["indicators"]
                        ],
                    }
                    for task in domain["tasks"]
                ],
            }
            for domain in part1["domains"]
        ],
        "challenge": {
            "title": part2["title"],
            "problem": part2["problem"],
            "method": [step["text"] for step in part2["method"]],
            "quantitative": part2["quantitative_outcomes"],
            "qualitative": part2["qualitative_outcomes"],
        },
        "signature": {key: gold["signature"][key] for key in ("name_printed", "position_printed", "date")},
        "superior": {key: opinion[key] for key in ("approved", "comments", "name", "position", "date")},
    }
