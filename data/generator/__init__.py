"""Writes the synthetic demo authority: ``python -m placewell_data.generator --out DIR --seed N``.

Read in this order: :mod:`figures` (what must come out), :mod:`people`, :mod:`families`, :mod:`homes`,
:mod:`history`, :mod:`needs`, :mod:`referrals`, :mod:`write`. Every count is built by quota, never by luck.
"""
