"""Key custody: the life of the signing keys, and what is published of them."""
