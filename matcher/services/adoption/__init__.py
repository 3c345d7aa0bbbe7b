"""Adoption: who is waiting, which families suit, who should be linked, and how long it takes."""
