"""The plan of this site, and the site that is made of it."""
