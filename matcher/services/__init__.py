"""What Placewell does for its users: rank, allocate, report; used alike by command line, pages and Python."""
