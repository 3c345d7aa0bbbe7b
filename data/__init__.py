"""Placewell's own data, installed as ``placewell_data``: reference tables and the synthetic demo authority.

``demo/`` is the made-up council, ``geography/`` districts and borders, ``needs/`` the needs framework, and
``ssda903/`` the tables and code sets of the return; the README in each folder that needs one tells where its
contents come from. ``generator`` writes the demo, ``geography.derive`` the borders.
"""
