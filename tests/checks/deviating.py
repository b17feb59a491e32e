"""A library that is departed from, and approvals of it as somebody types them."""

import hashlib

from drafting import clause_files, template_file

CODE = "deviation-unapproved"
CAP = ("/credits/cap_percent", "finance", "30")
META = """\
values:
  /credits/cap_percent: {type: percent, preferred: "<= 25", fallback: "<= 40", approval: [finance], walk_away: "> 50"}
  /credits/every: {type: duration, preferred: ">= P3M", approval: [legal, finance], walk_away: "< P1M"}
  /credits/sole_remedy: {type: yes-no, preferred: "yes", approval: [legal], walk_away: "no"}
  /credits/basis: {type: choice, choices: [fee, price], preferred: fee, approval: [finance]}
  /credits/sum: {type: money, approval: [finance]}
positions:
  - {key: preferred}
  - {key: fallback-1, approval: [legal]}
  - {key: fallback-2}
"""
TEXT = """\
At most {{ credits.cap_percent | percent }} every {{ credits.every | duration }}
{% if credits.sole_remedy %}and nothing else {% endif %}of the {{ credits.basis }}
and {{ credits.sum | money }}.
"""
LIBRARY = (
    clause_files("service-credits", TEXT, meta=META)
    | clause_files("service-credits", TEXT, meta=META, position="fallback-1")
    | clause_files("service-credits", TEXT, meta=META, position="fallback-2")
    | template_file("corporate/standard", "outline: [service-credits]\n")
)


def approved(item: str, role: str, value: str = "") -> str:
    named = f', value: "{value}"' if value else ""
    return f"approvals: [{{item: {item}, role: {role}, by: Ann Bo, on: 2026-11-01{named}}}]\n"


def own(wording: str) -> str:
    return f"clauses: {{service-credits: {{text: {{en: {wording}}}}}}}\n"


def digest(wording: str) -> str:
    return hashlib.sha256(wording.encode()).hexdigest()[:12]
