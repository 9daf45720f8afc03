"""The terms that hold until both sides have signed an agreement of their own.

The same as the migrations write into new records (tested): a company without any is measured too.
"""

from __future__ import annotations

from decimal import Decimal

from queries.agreements.content import Target, Term, Version


def _marketing(key: str, target: str, unit: str, **more: object) -> Term:
    promised = Target(Decimal(target), unit)
    more |= {"owner": "head of marketing"}
    return Term(f"default 1 {key}", key, "marketing_to_sales", key, promised, **more)


def _sales(key: str, target: str, unit: str, name: str = "", **more: object) -> Term:
    promised = Target(Decimal(target), unit)
    more |= {"owner": "head of sales"}
    return Term(f"default 1 {name or key}", key, "sales_to_marketing", key, promised, **more)


_MOST, _MANY, _HALF = Decimal("0.9"), Decimal("0.8"), Decimal("0.5")
_FIELDS = ("email", "phone", "company", "job_title", "country")
_ENDS = ("rejected", "recycled", "disqualified")

VERSION = Version(
    1,
    "Default terms",
    "In force until both sides have signed an agreement of their own.",
    "signed",
    (
        _marketing("acceptance", "0.6", "ratio"),
        _marketing("completeness", "0.9", "ratio", about=_FIELDS),
        _marketing("latency", "1", "business_hours", share=_MOST, calendar="company"),
        _sales("first_attempt", "4", "business_hours", "first attempt", share=_MOST),
        _sales("first_contact", "24", "business_hours", share=_HALF),
        _sales("attempts", "10", "business_days", share=_MANY, attempts=6, channels=2),
        _sales("coverage", "0.95", "ratio"),
        _sales("decision", "16", "business_hours", share=_MOST),
        _sales("reason_coverage", "1", "ratio", "reasons", about=_ENDS),
    ),
)
