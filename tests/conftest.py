"""For every test: the cases tests make are not kept among those of whoever runs them."""

import os

os.environ["PLACEWELL_KEEP_CASES"] = "no"
