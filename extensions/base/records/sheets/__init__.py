"""Sheets that people fill in: read whatever program wrote them, told by cell what is wrong."""
