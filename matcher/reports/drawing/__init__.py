"""Charts and maps as SVG, each drawn from the cells of a table, so that a picture never shows more than its table."""
