"""What adopters are asked beside the needs framework: health, family history and contact."""

import json
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import Field

from models.needs import Key
from models.record import Record


class About(StrEnum):
    """What a question is about."""

    HEALTH = "health"
    HISTORY = "history"
    CONTACT = "contact"


class AdopterQuestion(Record):
    """One question: its key in files, its words, and what a level of it weighs beside a level of a need."""

    key: Key
    label: str
    about: About
    weight_percent: int = Field(gt=0, le=1_000)


class AdopterQuestions(Record):
    """A versioned list of questions; children have a level of each from 0 to 4, in the words of ``levels``."""

    id: str
    version: str
    source: str
    levels: tuple[str, ...] = Field(min_length=5, max_length=5)
    questions: tuple[AdopterQuestion, ...]


@cache
def adopter_questions() -> AdopterQuestions:
    """Placewell's own list, from the package's data."""
    text = files("placewell_data").joinpath("adoption/questions.json").read_text(encoding="utf-8")
    return AdopterQuestions.model_validate(json.loads(text))
