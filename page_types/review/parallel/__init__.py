"""Two officers on one text: neither loses his words, with or without script."""
