"""How keys and bytes are written as text: base64url, multibase, Multikey, JWK."""
