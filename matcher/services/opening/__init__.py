"""What to open with a budget: weeks as they may come, the menu, the best choice and what it does."""
