"""Who should live where, as pure optimisation over arrays: knows nothing of social care."""

PLACEWELL = "solvers"
"""Marks this package as Placewell own; matcher/__init__.py checks it."""
