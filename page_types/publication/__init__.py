"""What the public reads: the ledger of approved texts, its one writer, its router and views.

Knows no page type by name; refers to pages by number, so that no cascade of the tree reaches it.
"""
