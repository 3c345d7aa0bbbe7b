"""Timed comparisons with what a user would otherwise pick; run with ``python -m benchmarks``."""
