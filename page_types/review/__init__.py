"""How a text gets to the public: tasks, seals, the review screen, who sees what in the admin."""
