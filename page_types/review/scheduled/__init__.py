"""What waits for its time, as the people of the review see it."""
