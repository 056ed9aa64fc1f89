"""Private keys: what holds them, and what signs with them."""
