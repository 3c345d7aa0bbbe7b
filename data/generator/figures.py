"""The published figures the demo authority must reproduce, and the margins they were split into.

Sources and the choices between them are told in ``data/demo/README.md``. Each table below adds up to the published
totals; the generator deals children out by these quotas, so the totals hold whatever the seed.
"""

import datetime as dt
from enum import StrEnum

AUTHORITY = "E10000015"
NAME = "Hertfordshire-like demo authority (synthetic)"
AS_AT = dt.date(2018, 3, 31)
YEAR_START = dt.date(2017, 4, 1)
FIRST_DAY = dt.date(2013, 4, 1)
YEARS = (2014, 2015, 2016, 2017, 2018)

BANDS = ((0, 0), (1, 4), (5, 9), (10, 12), (13, 15), (16, 17))


class Living(StrEnum):
    """How a child lives: the lines of the placement summary, with connected persons told apart."""

    IN_HOUSE = "in_house"
    APPROVED_KIN = "approved_kin"
    TEMPORARY_KIN = "temporary_kin"
    IN_HOUSE_HOME = "in_house_home"
    IFA = "ifa"
    PRIVATE_HOME = "private_home"
    SEMI = "semi"
    SECURE = "secure"
    PARENT_CHILD = "parent_child"
    SCHOOL = "school"
    ADOPTION = "adoption"
    PARENTS = "parents"


# Children by living arrangement and age band; columns add up to 33, 70, 142, 168, 241, 249.
AGES: dict[Living, tuple[int, ...]] = {
    Living.IN_HOUSE: (16, 29, 84, 105, 134, 99),
    Living.APPROVED_KIN: (0, 2, 4, 3, 3, 1),
    Living.TEMPORARY_KIN: (5, 9, 11, 7, 7, 3),
    Living.IN_HOUSE_HOME: (0, 0, 0, 4, 12, 6),
    Living.IFA: (2, 7, 30, 38, 58, 32),
    Living.PRIVATE_HOME: (0, 0, 2, 8, 21, 13),
    Living.SEMI: (0, 0, 0, 0, 0, 91),
    Living.SECURE: (0, 0, 0, 0, 2, 1),
    Living.PARENT_CHILD: (3, 1, 0, 0, 0, 0),
    Living.SCHOOL: (0, 0, 0, 1, 2, 1),
    Living.ADOPTION: (6, 20, 9, 0, 0, 0),
    Living.PARENTS: (1, 2, 2, 2, 2, 2),
}
# Of those, unaccompanied asylum-seeking children.
UASC: dict[Living, tuple[int, ...]] = {
    Living.IN_HOUSE: (0, 0, 0, 0, 7, 23),
    Living.IFA: (0, 0, 0, 0, 5, 17),
    Living.SEMI: (0, 0, 0, 0, 0, 35),
}
# Children by living arrangement and where they live: in county, in an adjoining authority, further.
LOCALITY: dict[Living, tuple[int, int, int]] = {
    Living.IN_HOUSE: (422, 40, 5),
    Living.APPROVED_KIN: (11, 2, 0),
    Living.TEMPORARY_KIN: (30, 8, 4),
    Living.IN_HOUSE_HOME: (22, 0, 0),
    Living.IFA: (38, 105, 24),
    Living.PRIVATE_HOME: (9, 20, 15),
    Living.SEMI: (40, 33, 18),
    Living.SECURE: (0, 0, 3),
    Living.PARENT_CHILD: (1, 2, 1),
    Living.SCHOOL: (1, 1, 2),
    Living.ADOPTION: (17, 10, 8),
    Living.PARENTS: (9, 1, 1),
}
MALES, UASC_MALES = 524, 80
# SSDA903 codes by group: 71.9, 12.1, 4.8, 7.0 and 4.3 per cent of 903.
ETHNIC_GROUPS = {"white": 649, "mixed": 109, "asian": 43, "black": 63, "other": 39}
ETHNIC_CODES: dict[str, dict[str, float]] = {
    "white": {"WBRI": 90, "WOTH": 6, "WIRI": 2, "WIRT": 1, "WROM": 1},
    "mixed": {"MWBC": 48, "MOTH": 24, "MWAS": 16, "MWBA": 12},
    "asian": {"APKN": 30, "AIND": 20, "ABAN": 25, "AOTH": 25},
    "black": {"BAFR": 55, "BCRB": 25, "BOTH": 20},
    "other": {"OOTH": 1},
}
# Codes and first language of the unaccompanied children.
UASC_ORIGINS = (
    ("BAFR", "Tigrinya", "Christian", 24),
    ("BAFR", "Arabic", "Muslim", 7),
    ("OOTH", "Kurdish", "Muslim", 18),
    ("OOTH", "Farsi", "Muslim", 18),
    ("AOTH", "Pashto", "Muslim", 14),
    ("WOTH", "Albanian", "Muslim", 6),
)
# Looked after under a year, one to two and a half years, longer: by age band.
TENURE = ((33, 0, 0), (30, 36, 4), (33, 52, 57), (28, 42, 98), (50, 51, 140), (71, 83, 95))
UASC_TENURE = {4: (6, 5, 1), 5: (30, 38, 7)}
STABLE = 201
"""Of the 299 under 16 looked after for two and a half years or more: 67.2 per cent."""
PLACEMENTS_3_PLUS = {3: 70, 4: 25, 5: 9, 6: 4}
"""Children by number of placements in the year, from three: 108."""
PLACEMENTS_2 = 270
CHANGES, STATUS_CHANGES = 676, 24
"""Changes of placement in the year that carry a reason, and how many of them are of status only."""
CHANGE_REASONS = {
    "CARPL": 262,
    "CREQB": 142,
    "CREQO": 70,
    "LAREQ": 60,
    "OTHER": 28,
    "CHILD": 35,
    "CLOSE": 25,
    "ALLEG": 14,
    "STAND": 12,
    "APPRR": 4,
}
# Children who ceased to be looked after in 2017/18, by reason: those who had started before the year, and in it.
CEASED_BEFORE = {
    "E11": 14, "E12": 43, "E43": 30, "E44": 18, "E41": 6, "E4A": 20, "E4B": 8, "E13": 2, "E17": 37, "E5": 52,
    "E6": 15, "E7": 8, "E9": 3, "E14": 1, "E15": 1, "E3": 3, "E8": 5, "E16": 1, "E2": 1,
}  # fmt: skip
CEASED_WITHIN = {
    "E4A": 60, "E4B": 30, "E43": 4, "E44": 6, "E41": 6, "E13": 8, "E14": 5, "E15": 7, "E3": 4, "E9": 3, "E5": 8,
    "E17": 3, "E6": 3, "E8": 3,
}  # fmt: skip
EARLIER_LEAVERS = {2014: 405, 2015: 425, 2016: 440, 2017: 440}
ADOPTED_WITHIN_14_MONTHS, ADOPTED_WITHIN_12_OF_DECISION = 35, 46
"""Of the 57 adopted: moved in within 426 days of entering care; within 365 days of the decision."""

# In-house households by places approved, and how many of the places are filled (451 fostering households).
HOUSEHOLDS: dict[tuple[int, int], int] = {
    (1, 1): 159, (1, 0): 57, (2, 2): 62, (2, 1): 78, (2, 0): 25, (3, 3): 14, (3, 2): 18, (3, 1): 16, (3, 0): 18,
    (4, 4): 1, (4, 3): 2, (4, 2): 1,
}  # fmt: skip
KIN_HOUSEHOLDS: dict[tuple[int, int], int] = {(1, 1): 7, (2, 2): 3}
TEMPORARY_KIN_HOUSEHOLDS = {1: 14, 2: 9, 3: 2, 4: 1}
IN_HOUSE_VACANT = 76
IN_HOUSE_NOT_AVAILABLE = {
    "only_for_sibling_group": 26,
    "staying_put": 22,
    "needs_of_child_placed": 32,
    "bedroom_in_use": 24,
    "carer_break_or_resigning": 51,
    "carer_under_review": 30,
    "other": 32,
}
STAYING_PUT = 88
# IFA homes: Hertfordshire's children by household, other authorities' children by household, empty households.
IFA_HOUSEHOLDS = {1: 102, 2: 28, 3: 3}
IFA_OTHERS_HOUSEHOLDS = {1: 128, 2: 38}
IFA_EMPTY_HOUSEHOLDS = {1: 40, 2: 31, 3: 14}
IFA_PLACES, IFA_FILLED, IFA_VACANT = 717, 383, 166
IFA_UNNAMED = 3
OTHERS_CHILDREN = {Living.IFA: 216, Living.PRIVATE_HOME: 16, Living.SEMI: 28}
"""Other authorities' children in homes in the county: 260."""

WEEKLY_PRICE = {
    Living.IN_HOUSE: 414,
    Living.APPROVED_KIN: 414,
    Living.TEMPORARY_KIN: 414,
    Living.IN_HOUSE_HOME: 3046,
    Living.IFA: 915,
    Living.PRIVATE_HOME: 3810,
    Living.SEMI: 1115,
    Living.SECURE: 3412,
    Living.PARENT_CHILD: 3250,
    Living.SCHOOL: 3235,
}
DISABILITY_PRICE = {Living.IFA: 1265, Living.SCHOOL: 2192}
DISABILITY_CHILDREN = {Living.IFA: 10, Living.SCHOOL: 2}

FULL_ASSESSMENTS = (4, 12, 40, 54, 78, 68)
"""Children fully assessed by age band: 256."""
MEAN_SCORE = {"M": 271, "F": 253}
CHILDREN_0_17 = 262_500
"""903 of them is 34.4 in 10,000."""
