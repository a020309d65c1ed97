"""The desk of 双公示 in the admin."""
