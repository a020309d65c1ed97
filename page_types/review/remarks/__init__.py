"""审核意见: remarks and suggested wording, anchored to a field or block of a text under review."""
