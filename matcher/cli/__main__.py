"""``python -m matcher.cli`` is ``placewell``."""

from matcher.cli import main

main()
