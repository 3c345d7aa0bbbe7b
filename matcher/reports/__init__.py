"""Results as pages, sheets and charts; nothing is worked out here."""
