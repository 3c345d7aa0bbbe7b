"""Location models: Placewell beside a plain integer program and the field's own library, on the same distances."""
