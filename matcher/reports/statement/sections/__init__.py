"""The sections of the statement, a file for each group of questions a reader brings."""
