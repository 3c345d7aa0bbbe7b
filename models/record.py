"""What every record shares: frozen, strict about unknown fields, plain to print."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record: equal by value, safe to share, no field that the definition does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
