"""The SSDA903 return: its tables and code sets by year, what they mean, and the measures drawn from them."""

from models.ssda903.codes import (
    Basis,
    basis,
    code_set_names,
    codes,
    ever_listed,
    known_years,
    nearest_known_year,
    years_listing,
)
from models.ssda903.tables import (
    Column,
    ColumnKind,
    Recognition,
    Table,
    all_tables,
    normal_header,
    recognise,
    recognition,
    table_spec,
)
from models.ssda903.years import collection_year, year_end, year_label, year_start

__all__ = [
    "Basis",
    "Column",
    "ColumnKind",
    "Recognition",
    "Table",
    "all_tables",
    "basis",
    "code_set_names",
    "codes",
    "collection_year",
    "ever_listed",
    "known_years",
    "nearest_known_year",
    "normal_header",
    "recognise",
    "recognition",
    "table_spec",
    "year_end",
    "year_label",
    "year_start",
    "years_listing",
]
