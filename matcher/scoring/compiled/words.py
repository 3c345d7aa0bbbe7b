"""What a child asks of a home and what the home does not offer, as bits of one word: a rule fails where they meet."""

from itertools import accumulate

import numpy as np

from matcher.scoring.arrays import Int32, Table
from matcher.scoring.coding import ANY_SEX
from matcher.scoring.compiled.compiling import kernel
from models.vocabulary import Access, Feature, Pet, Risk, Sex

_ACCESS_AT, _FEATURE_AT, _SEX_AT, _PET_AT, _PETS_AT, _PETLESS_AT, _SMOKING_AT, _END = accumulate(
    (len(Access), len(Feature), len(Sex), len(Pet), 1, 1, 1), initial=0
)
if _END > 31:
    raise AssertionError("a home's word has more bits than 32 hold: split it in two")

_EVERY_ACCESS, _EVERY_FEATURE = (1 << len(Access)) - 1, (1 << len(Feature)) - 1
ACCESS_PART = _EVERY_ACCESS << _ACCESS_AT
FEATURE_PART = _EVERY_FEATURE << _FEATURE_AT
SEX_PART = ANY_SEX << _SEX_AT
HOUSEHOLD_PART = (1 << _END) - (1 << _PET_AT)

RISKS = len(Risk)
CHILDREN_BIT = 1 << 2 * RISKS
RISK_PART = CHILDREN_BIT - 1


def home_words(homes: Table) -> Int32:
    """What each home lacks, refuses or has that some child cannot live with: int32, as many as homes."""
    words = (_EVERY_ACCESS & ~homes["access"]) << _ACCESS_AT
    words |= (_EVERY_FEATURE & ~homes["features"]) << _FEATURE_AT
    words |= (ANY_SEX & ~homes["sexes"]) << _SEX_AT
    words |= homes["pets"] << _PET_AT
    words |= (homes["pets"] != 0).astype(np.int32) << _PETS_AT
    words |= homes["petless"].astype(np.int32) << _PETLESS_AT
    words |= homes["smoking"].astype(np.int32) << _SMOKING_AT
    found: Int32 = words.astype(np.int32)
    return found


@kernel
def word_of(row: np.record) -> int:
    """What one child asks: the bits that must not meet the home's."""
    word: int = row.access << _ACCESS_AT | row.features << _FEATURE_AT | row.sex << _SEX_AT | row.allergies << _PET_AT
    word |= int(row.no_pets) << _PETS_AT | int(row.must_have_pets) << _PETLESS_AT | int(row.smoke_free) << _SMOKING_AT
    return word


def company_words(households: Table) -> Int32:
    """Risks from and to those who live there, and whether one is a child: int32, in the shape of the households."""
    words = households["risks_from"] | households["risks_to"] << RISKS
    found: Int32 = (words | (households["children"] > 0) * np.int32(CHILDREN_BIT)).astype(np.int32)
    return found


@kernel
def company_word_of(row: np.record) -> int:
    """The risks one child poses and is exposed to, and whether the child must have no other children there."""
    word: int = row.risks_to | row.risks_from << RISKS
    return word | CHILDREN_BIT if row.solo_required else word
