"""What visitors see of 双公示."""
