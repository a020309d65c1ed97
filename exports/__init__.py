"""Floor 2: exports."""
