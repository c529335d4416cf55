"""Days and numbers that nobody means and anybody can type."""

from __future__ import annotations

DAYS = (
    "0001-01-01",
    "1899-12-31",
    "1900-02-29",
    "2026-11-09",
    "2100-01-01",
    "9999-12-31",
    "10000-01-01",
    "٢",
)
NUMBERS = ("-1", "0", "1e9", "NaN", "32768", "2147483648", str(2**63), "9" * 30, "9" * 5000, "٢²")
