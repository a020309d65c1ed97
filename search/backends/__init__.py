"""Engines of the search: one contract (`base.py`), chosen by PORTAL_SEARCH_ENGINE."""
