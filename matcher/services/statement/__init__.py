"""The sufficiency statement as data: one set of children, counted once, from which every copy is written."""
