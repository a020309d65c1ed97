"""数据开放: the public catalogue, its files, and the interface for machines."""
