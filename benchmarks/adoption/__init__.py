"""Adoption: a national pool screened both ways and linked with proof, beside what a user would otherwise pick."""
