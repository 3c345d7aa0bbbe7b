"""Assignment: Placewell beside what a user would otherwise pick, on frozen instances of the demo."""
