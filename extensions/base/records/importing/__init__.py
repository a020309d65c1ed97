"""Importing sheets: checked row by row, shown, then taken in whole or not at all."""
