"""检索工作台: what people look for and do not find, and what the office teaches the search."""
