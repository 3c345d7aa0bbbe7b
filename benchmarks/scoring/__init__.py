"""Scoring every child against every home: instances, contenders, what the machine could do at best, and the report."""
