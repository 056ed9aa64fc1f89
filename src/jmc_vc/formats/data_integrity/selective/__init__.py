"""Selective disclosure, ecdsa-sd-2023: the issuer signs every statement of a credential, the holder shows some of them.

https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023

    issued = add_base_proof(badge, mandatory_pointers=["/issuer"], …)        # the issuer, for the holder alone
    shown = derive(issued, selective_pointers=["/credentialSubject"], …)     # the holder, for one verifier
    verify_proof(Unsecured(shown, contexts), …)                              # the verifier, as with every suite

`pointers` picks parts of a document, `labels` names blank nodes so that they tell nothing, `labelled` finds out which
statements the parts make, `proof_value` writes and reads what stands in `proofValue`; `base_proof` and `derive` are the
two ends. Verifying is the cryptosuite's: `cryptosuites.ecdsa_sd_2023`.
"""
