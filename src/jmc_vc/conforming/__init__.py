"""Conforming: issue and verify whatever the public test suites of W3C send, so that anybody can see the formats tested.

No rule of JMC's is in here, and the register, the issuers and their keys are not: the keys are of their own, no
credential is stored, and a key need not be the issuer's whom a credential names (conformance D-1), because the vectors
of W3C have that form. So nothing that is verified here says anything about anybody. It is there only where the setting
`JMC_VC_CONFORMANCE` asks for it, and production refuses the setting.
"""
