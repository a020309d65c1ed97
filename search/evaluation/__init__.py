"""How good the search is: queries with known answers put to it, engine by engine."""
