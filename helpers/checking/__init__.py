"""Checks: what they are written with, and what runs them."""

from helpers.checking import expect
from helpers.checking.marks import exercise, hint, limit, points

__all__ = ["exercise", "expect", "hint", "limit", "points"]
