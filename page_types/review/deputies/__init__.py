"""代审: who stands in for whom, and the steps for which nobody is left."""
