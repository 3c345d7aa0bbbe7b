"""``python -m placewell_data.generator --out DIR --seed N`` writes the demo authority."""

import argparse
from pathlib import Path

from .authority import generate

DEFAULT_SEED = 2018


def main() -> None:
    """Read the command line and write the case."""
    parser = argparse.ArgumentParser(prog="python -m placewell_data.generator", description="Write the demo authority.")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the case into")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="another number gives another authority")
    options = parser.parse_args()
    generate(options.out, options.seed)


if __name__ == "__main__":
    main()
