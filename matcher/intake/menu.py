"""What could be opened or changed, from ``menu.toml``: an ``[[item]]`` each; money in pounds."""

import tomllib
from decimal import Decimal, InvalidOperation

from pydantic import TypeAdapter, ValidationError

from matcher.intake.archive import SourceFile
from matcher.intake.decode import decode
from matcher.intake.findings import At, Log
from matcher.intake.postcodes import explain_postcode, locate
from models.menu import MenuItem

MENU_FILE = "menu.toml"
POUNDS = {
    "set_up": "set_up_pence",
    "weekly": "weekly_pence",
    "fee": "fee_pence",
    "fee_when_used": "used_pence",
    "sold_weekly": "sold_pence",
    "weekly_each": "each_pence",
}
"""Keys of the file in pounds, and the fields they are kept in."""
_EXPECTED = '[[item]] with an id, a name and what = "recruit_carers" or another kind'
_ITEM: TypeAdapter[MenuItem] = TypeAdapter(MenuItem)


def read_menu(file: SourceFile | None, log: Log) -> tuple[MenuItem, ...]:
    """The items of a file, each by its own id; one that is wrong is set aside and told of, the rest kept."""
    if file is None:
        return ()
    try:
        read = tomllib.loads(decode(file.data).text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        _tell(log, file, f"the file is not TOML: {error}", "no menu is read")
        return ()
    if strange := sorted(read.keys() - {"item"}):
        _tell(log, file, f"{', '.join(strange)}: not an item", "it is not read")
    rows = read.get("item", [])
    found: dict[str, MenuItem] = {}
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
        item = _item(row, number, file, log)
        if item is not None and item.id in found:
            _tell(log, file, f"item {number}: there are two with the id {item.id}", "the first is kept")
        elif item is not None:
            found[item.id] = item
    return tuple(found.values())


def _item(row: object, number: int, file: SourceFile, log: Log) -> MenuItem | None:
    where = f"item {number}"
    if not isinstance(row, dict):
        _tell(log, file, f"{where}: not a table of keys and values", "the item is set aside")
        return None
    try:
        item = _ITEM.validate_python({POUNDS.get(key, key): _pence(key, value) for key, value in row.items()})
    except ValidationError as error:
        for fault in error.errors():
            key = ".".join(str(part) for part in fault["loc"] if part != row.get("what"))
            _tell(log, file, f"{where}, {key or 'all of it'}: {fault['msg']}", "the item is set aside")
        return None
    postcode = getattr(item, "postcode", None)
    if postcode is not None and locate([postcode])[0] is None:
        _tell(log, file, f"{where}, postcode: {explain_postcode(postcode)}", "the item is set aside")
        return None
    return item


def _pence(key: str, value: object) -> object:
    """Pounds as whole pence; anything else as it stands, for the record to refuse."""
    if key not in POUNDS or isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value if not isinstance(value, Decimal) else float(value)
    try:
        pence = Decimal(value) * 100
    except InvalidOperation:
        return value
    return int(pence) if pence == pence.to_integral_value() else float(pence)


def _tell(log: Log, file: SourceFile, message: str, action: str) -> None:
    log.error("menu-wrong", At(file.path), message, expected=_EXPECTED, action=action)
