"""What a child, a home, a need, a rule and a policy are: frozen records and code sets. Imports nothing of ours."""

PLACEWELL = "models"
"""Marks this package as Placewell's own: see ``matcher/__init__.py``."""
