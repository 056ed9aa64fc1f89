"""Verify a presentation: who presents, and each credential on its own.

1. Read it: JSON with proofs in it, or a token, by itself or in its envelope. One inside another is refused unread.
2. Are the proofs right, made for us (domain, challenge) and with a key of the holder that is meant for this?
3. Verify every credential as if it had come alone, with a report of its own; what nothing secures, fails.
4. One verdict over all: not valid if any of them is not.

https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations, https://www.w3.org/TR/vc-jose-cose/. Whether the
holder is the one whom a credential is about is told apart: people present for others, and credentials without an id of
their subject say nothing about it. The presentation itself may bring contexts of its own (conformance CX-04); they
cannot change what `holder` and `verifiableCredential` mean, and the credentials are read without them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

import orjson

from jmc_vc.errors import Error, Unacceptable, Unavailable
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import Proof, read_proofs
from jmc_vc.formats.data_integrity.verify_proof import Expected, covers_bytes, verify_proof
from jmc_vc.formats.data_model.enveloped import is_enveloped, read_envelope
from jmc_vc.formats.data_model.presentation import (
    NotByHolder,
    NotSecured,
    Presentation,
    PresentedCredential,
    Securing,
    read_presentation,
)
from jmc_vc.formats.did.document import AUTHENTICATION
from jmc_vc.formats.jose import compact_jws, sd_jwt, vc_jose, vc_sd_jwt
from jmc_vc.formats.jose.claims import require_meant_for
from jmc_vc.formats.jose.compact_jws import CompactJws
from jmc_vc.formats.jose.key_reference import claimed_key
from jmc_vc.formats.jose.ob3_vc_jwt import KeyReferenceMissing
from jmc_vc.formats.jose.token_kind import ANY_KIND, TokenKind, TokenType, declared_kinds, require_declared
from jmc_vc.formats.jose.vc_jose import PRESENTATIONS, VcJoseToken
from jmc_vc.formats.jsonld import Contexts, require_covered
from jmc_vc.formats.jsonld.inline_contexts import ContextsOfOneDocument
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.verifying.keys import FindKey, RsaKeys, require_in_use
from jmc_vc.verifying.policy import Policy, policy_named
from jmc_vc.verifying.presented import require_few_keys
from jmc_vc.verifying.presented_token import UnsupportedToken
from jmc_vc.verifying.report import Report, Verdict
from jmc_vc.verifying.undecided import could_not_check
from jmc_vc.verifying.verify import Verify


class PresentationTooEarly(Unacceptable):
    """The presentation says to have been made later than now."""

    code = "vp.not_yet"


class PresentationExpired(Unacceptable):
    """The presentation counted for a time that is over."""

    code = "vp.expired"


class NotBound(Unacceptable):
    """The verifier did not say for whom or in answer to what the presentation has to be made: it may be an old one, or
    made for another, shown again by anybody. One that states neither can be shown to everybody."""

    code = "vp.not_bound"


class NothingPresented(Unacceptable):
    """There is no credential in the presentation: it shows who presents it, and nothing else."""

    code = "vp.empty"


class BoundToken(UnsupportedToken):
    """A presentation as a token with a key binding, or with a key to bind with (`cnf`), which is read of no
    presentation: it would look bound, and nobody would have verified by what."""

    sentence_code: ClassVar[str] = "verify.unsupported_token.bound"


@dataclass(frozen=True, kw_only=True)
class PresentedReport:
    """One credential at its place, as it was shown: the report, or why there was nothing to report on. `about_holder`
    tells whether its subject is the holder or, where nobody is named as one, who signed; None if the subject has no id,
    or the credential or the presentation cannot be believed."""

    pointer: str
    document: JsonObject
    report: Report | Error
    about_holder: bool | None

    @property
    def verdict(self) -> Verdict:
        return _verdict_on(self.report) if isinstance(self.report, Error) else self.report.verdict


@dataclass(frozen=True, kw_only=True)
class PresentationReport:
    """`holder` is who presents by their own word, and `signers` whose keys signed; `faults` is what is wrong with that
    or could not be found out; `warnings` what was not asked for. `document` is the presentation, out of its token,
    None if there are faults. `verdict` is over this and all the credentials."""

    verdict: Verdict
    holder: str | None
    signers: tuple[str, ...]
    faults: tuple[Error, ...]
    warnings: tuple[Error, ...]
    document: JsonObject | None
    credentials: tuple[PresentedReport, ...]


@dataclass(frozen=True, kw_only=True)
class _Signed:
    """A presentation with what was found about its proofs."""

    presentation: Presentation
    document: JsonObject
    holder: str | None
    signers: tuple[str, ...]
    faults: tuple[Error, ...]
    warnings: tuple[Error, ...]


@dataclass(frozen=True, kw_only=True)
class VerifyPresentation:
    """Verify a presentation under a policy, which is that of its credentials."""

    verify: Verify
    find_key: FindKey
    contexts: Contexts

    def __call__(
        self, presented: JsonObject | str, *, expected: Expected, policy: str = "default", now: datetime
    ) -> PresentationReport:
        """The report on `presented`, a document or a compact token. Raises what `read_presentation`, `read_envelope`
        and the readers of tokens raise for what is no presentation, and PolicyUnknown."""
        applied, rsa_keys = policy_named(policy), RsaKeys()
        if isinstance(presented, str):  # 1, 2
            signed = self._token(presented, expected, applied, now, rsa_keys)
        elif is_enveloped(presented):
            token = read_envelope(presented)
            signed = self._token(token.text, expected, applied, now, rsa_keys, kinds=declared_kinds(token))
        else:
            signed = self._document(presented, expected, applied, now)
        faults = [*signed.faults]
        if not faults and signed.holder is not None and signed.holder not in signed.signers:
            faults.append(NotByHolder(pointer="/iss" if signed.presentation.holder is None else "/holder"))
        presenters = signed.signers if signed.holder is None else (signed.holder,)
        credentials = tuple(  # 3
            self._presented(each, () if faults else presenters, policy, now, rsa_keys)
            for each in signed.presentation.credentials
        )
        empty = () if credentials else (NothingPresented(pointer="/verifiableCredential"),)
        return PresentationReport(
            verdict=_verdict(faults, credentials),  # 4
            holder=signed.holder,
            signers=signed.signers,
            faults=tuple(faults),
            warnings=(*signed.warnings, *empty),
            document=None if faults else signed.document,
            credentials=credentials,
        )

    def _document(self, document: JsonObject, expected: Expected, policy: Policy, now: datetime) -> _Signed:
        presentation = read_presentation(document)
        contexts = ContextsOfOneDocument(self.contexts)
        unsecured = Unsecured(document, contexts)

        def check(proof: Proof) -> str:
            with self.verify.gather.database.read() as snapshot:
                method = self.find_key.named(snapshot, proof.verification_method, relationship=AUTHENTICATION)
            require_in_use(method, now)
            verify_proof(
                unsecured,
                proof,
                method.public_key,
                purpose=AUTHENTICATION,
                domain=expected.domain,
                challenge=expected.challenge,
            )
            _require_in_time(
                None if proof.created is None else proof.created.instant,
                None if proof.expires is None else proof.expires.instant,
                policy,
                now,
            )
            if covers_bytes(proof):
                require_covered(unsecured.document, contexts)
            return method.controller

        proofs: tuple[Proof, ...] = ()
        try:
            proofs = read_proofs(document)
            require_few_keys(proofs)
            found = [_or_fault(check, proof) for proof in proofs]
        except Error as err:
            found = [err]
        return _Signed(
            presentation=presentation,
            document=document,
            holder=presentation.holder,
            signers=tuple(dict.fromkeys(each for each in found if isinstance(each, str))),
            faults=tuple(each for each in found if isinstance(each, Error)),
            warnings=tuple(
                warning
                for proof in proofs
                for warning in _not_bound(
                    expected, domain=f"{proof.pointer}/domain", challenge=f"{proof.pointer}/challenge"
                )
            ),
        )

    def _token(
        self,
        text: str,
        expected: Expected,
        policy: Policy,
        now: datetime,
        rsa_keys: RsaKeys,
        *,
        kinds: frozenset[TokenKind] = ANY_KIND,
    ) -> _Signed:
        jws, token = _read_token(text, kinds)

        def check(read: VcJoseToken) -> str:
            if read.kid is None:
                raise KeyReferenceMissing(pointer="/kid")
            jwk = claimed_key(jws.header)
            with self.verify.gather.database.read() as snapshot:
                method = self.find_key.of_token(snapshot, read.kid, jwk, read.signer, relationship=AUTHENTICATION)
            require_in_use(method, now)
            rsa_keys.verify(jws, method.public_key)
            require_meant_for(read.claims, expected)
            _require_in_time(read.not_before, read.expires, policy, now)
            require_covered(read.document, ContextsOfOneDocument(self.contexts))
            return method.controller

        presentation = read_presentation(token.document)
        found = _or_fault(check, token)
        return _Signed(
            presentation=presentation,
            document=token.document,
            holder=token.signer,
            signers=(found,) if isinstance(found, str) else (),
            faults=(found,) if isinstance(found, Error) else (),
            warnings=tuple(_not_bound(expected, domain="/aud", challenge="/nonce")),
        )

    def _presented(
        self,
        presented: PresentedCredential,
        presenters: tuple[str, ...],
        policy: str,
        now: datetime,
        rsa_keys: RsaKeys,
    ) -> PresentedReport:
        try:
            report: Report | Error = self._report(presented, policy, now, rsa_keys)
        except Unavailable:
            raise  # ours, not the credential's
        except Error as err:
            err.pointer = presented.pointer + (err.pointer or "")
            report = err
        subject = None if isinstance(report, Error) or report.credential is None else report.credential.subject.id
        return PresentedReport(
            pointer=presented.pointer,
            document=presented.document,
            report=report,
            about_holder=subject in presenters if presenters and subject is not None else None,
        )

    def _report(self, presented: PresentedCredential, policy: str, now: datetime, rsa_keys: RsaKeys) -> Report:
        if presented.securing is Securing.NOTHING:
            raise NotSecured
        # It came inside other bytes, which were read strictly: written again it reads as the very same.
        return self.verify(orjson.dumps(presented.document), policy=policy, now=now, rsa_keys=rsa_keys)


def _read_token(text: str, kinds: frozenset[TokenKind]) -> tuple[CompactJws, VcJoseToken]:
    disclosed = sd_jwt.read(text) if "~" in text else None
    jws = compact_jws.read(text) if disclosed is None else disclosed.jws
    require_declared(jws.header, kinds)
    # What is wrong with a key in the header says nothing of what is presented: it is looked at with the signature.
    without_key = replace(jws, header={name: member for name, member in jws.header.items() if name != "jwk"})
    token = vc_jose.read(without_key) if disclosed is None else vc_sd_jwt.read(replace(disclosed, jws=without_key))
    if token.kind not in PRESENTATIONS:
        raise TokenType(pointer="/typ")
    if "cnf" in token.claims or (disclosed is not None and disclosed.key_binding is not None):
        raise BoundToken
    return jws, token


def _require_in_time(begins: datetime | None, ends: datetime | None, policy: Policy, now: datetime) -> None:
    if begins is not None and begins - policy.skew > now:
        raise PresentationTooEarly(start=begins)
    if ends is not None and ends + policy.skew < now:
        raise PresentationExpired(end=ends)


def _not_bound(expected: Expected, *, domain: str, challenge: str) -> Iterator[NotBound]:
    """For each of the two that the verifier has not set, at the place where the presentation says it, if it does."""
    if expected.domain is None:
        yield NotBound(pointer=domain)
    if expected.challenge is None:
        yield NotBound(pointer=challenge)


def _or_fault(check: Callable[..., str], subject: Proof | VcJoseToken) -> str | Error:
    try:
        return check(subject)
    except Error as err:
        return err


def _verdict(faults: list[Error], credentials: tuple[PresentedReport, ...]) -> Verdict:
    found = set(_verdicts(faults, credentials))
    return next((each for each in (Verdict.INVALID, Verdict.INDETERMINATE) if each in found), Verdict.VALID)


def _verdicts(faults: list[Error], credentials: tuple[PresentedReport, ...]) -> Iterator[Verdict]:
    for fault in faults:
        yield _verdict_on(fault)
    for each in credentials:
        yield each.verdict


def _verdict_on(fault: Error) -> Verdict:
    return Verdict.INDETERMINATE if could_not_check(fault) else Verdict.INVALID
