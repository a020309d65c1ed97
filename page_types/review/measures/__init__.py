"""处置: what is done to public pages beside their review, each with a reason and its people."""
