"""Credential status formats, one file each.

Bitstring Status List (`entry`, `bitstring`, `status_list_credential`, `result`), the 1EdTech Revocation List
(`revocation_list`) and the Token Status List (`token_status_list`); `compressed` and `freshness` serve two of them.
"""
