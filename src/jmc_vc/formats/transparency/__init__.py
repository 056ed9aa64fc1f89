"""The public log: an append-only Merkle tree that any monitor or witness of such logs can read.

`merkle` is the tree and its proofs (RFC 6962, RFC 9162). `tile`, `entry_bundle` and `tile_tree` are how it is served
(https://c2sp.org/tlog-tiles). `signed_note`, `checkpoint`, `cosignature` and `log_proof` are its signed texts
(https://c2sp.org/signed-note and the specifications that build on it). `log_entry` is what we write into it.
"""
