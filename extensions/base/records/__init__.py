"""Records: plain rows of an extension with history, lists in the admin, and import from sheets."""
