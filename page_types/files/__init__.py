"""Uploaded files: what they really are, what they must not tell, and what they say.

A file is looked at by its content, cleaned of whoever made it, opened again by another reader, and
only then stored (`intake`). Its words are kept beside it, for the publish checks (`reading`).
"""

from page_types.files.reading import text_of_file

__all__ = ["text_of_file"]
