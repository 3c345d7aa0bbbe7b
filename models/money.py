"""Money is a whole number of pence, everywhere; only this file turns it into text and back."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

WEEKS_A_YEAR = 52


def pence_from_pounds(text: str) -> int:
    """Pence from what a person wrote in a sheet: ``"£1,265.50"`` gives ``126550``.

    Raises:
        ValueError: the text is not an amount in pounds, or has a fraction of a penny.
    """
    cleaned = text.strip().replace("£", "").replace(",", "").replace(" ", "")
    try:
        pence = Decimal(cleaned) * 100
    except InvalidOperation:
        raise ValueError(f"{text!r} is not an amount in pounds") from None
    if not pence.is_finite() or pence != pence.to_integral_value():
        raise ValueError(f"{text!r} is not a whole number of pence")
    return int(pence)


def pounds(pence: int) -> str:
    """Whole pounds with thousands separators, rounded half up, for tables: ``126550`` gives ``£1,266``."""
    rounded = int((Decimal(abs(pence)) / 100).quantize(Decimal(1), ROUND_HALF_UP))
    return f"{'-' if pence < 0 and rounded else ''}£{rounded:,}"


def pounds_and_pence(pence: int) -> str:
    """Exact text of an amount: ``-5`` gives ``-£0.05``."""
    whole, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{whole:,}.{rest:02d}"
