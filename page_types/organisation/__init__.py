"""Who: departments, people, their posts. Knows nothing of pages."""
