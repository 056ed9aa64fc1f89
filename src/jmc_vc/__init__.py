"""jmc-vc: issues and verifies Open Badges 3.0 credentials of accredited micro-credential programs."""
