"""我为网站找错: what visitors find wrong, passed on to who owes the column, and answered."""
