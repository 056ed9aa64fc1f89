"""Credential status formats. https://www.w3.org/TR/vc-bitstring-status-list/"""
