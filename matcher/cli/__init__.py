"""The command line: words in, words and files out; every command calls a service."""
