"""What to open with a budget, as a report: commissioning intentions with their proof and their doubts."""
