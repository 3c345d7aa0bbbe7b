"""Every child against every home in compiled code: blocks of homes, one child at a time."""
