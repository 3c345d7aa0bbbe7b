"""Districts, authorities, borders and outlines of England, with the scripts that derive them."""
