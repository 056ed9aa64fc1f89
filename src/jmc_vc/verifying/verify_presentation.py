"""Verify a presentation: who presents, and each credential on its own.

1. Read it: JSON with proofs in it, or a token, by itself or in its envelope. One inside another is refused unread.
2. Are the proofs right, made for us (domain, challenge) and with a key of the holder that is meant for this?
3. Verify every credential as if it had come alone, with a report of its own that also tells whether the holder is whom
   it is about; what nothing secures, fails. What they and the holder's keys need from other hosts is fetched together.
4. One verdict over all: not valid if any of them is not, nor if there is none.

https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations, https://www.w3.org/TR/vc-jose-cose/. Whether the
holder is the one whom a credential is about is told apart: people present for others, and credentials without an id of
their subject say nothing about it. The presentation itself may bring contexts of its own (conformance CX-04); they
cannot change what `holder` and `verifiableCredential` mean, and the credentials are read without them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

import orjson

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import Proof, ProofMissing, read_proofs
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
from jmc_vc.formats.jose import compact_jws, sd_jwt, vc_jose, vc_sd_jwt, vp_claim
from jmc_vc.formats.jose.claims import require_meant_for
from jmc_vc.formats.jose.compact_jws import CompactJws
from jmc_vc.formats.jose.key_reference import claimed_key
from jmc_vc.formats.jose.ob3_vc_jwt import KeyReferenceMissing
from jmc_vc.formats.jose.token_kind import ANY_KIND, TokenKind, TokenType, declared_kinds, kind_of, require_declared
from jmc_vc.formats.jose.vc_jose import PRESENTATIONS, VcJoseToken
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.jsonld.inline_contexts import ContextsOfOneDocument
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.verifying.evidence import Shown, ShownBy
from jmc_vc.verifying.keys import FindKey, require_in_use
from jmc_vc.verifying.outside import Need, Needs, Outside, Steps, obtain, together
from jmc_vc.verifying.presentation_ruling import NothingPresented, PresentationReport, PresentedReport
from jmc_vc.verifying.presented import Asked, require_few_keys
from jmc_vc.verifying.presented_token import UnsupportedToken
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.signatures import linked_data_faults
from jmc_vc.verifying.stored_documents import StoredDocuments
from jmc_vc.verifying.terms import Terms, terms_of
from jmc_vc.verifying.verify import Verify
from jmc_vc.verifying.wanted import NOTHING_MORE, Wanted


class NotSigned(Unacceptable):
    """Nobody signed the presentation, which is for its holder to do. Its credentials are signed or not by others."""

    code = "vp.proof_missing"


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


class BoundToken(UnsupportedToken):
    """A presentation as a token with a key binding, or with a key to bind with (`cnf`), which is read of no
    presentation: it would look bound, and nobody would have verified by what."""

    sentence_code: ClassVar[str] = "verify.unsupported_token.bound"


@dataclass(frozen=True, kw_only=True)
class _Signed:
    """A presentation as read: who presents by its own word, what has to be had from elsewhere to find out whether it is
    so, and how that is found out: the signers, what is wrong, and what was not asked for."""

    presentation: Presentation
    document: JsonObject
    holder: str | None
    needs: tuple[Need | None, ...]
    judge: Callable[[Outside], "_Judged"]


@dataclass(frozen=True, kw_only=True)
class _Judged:
    signers: tuple[str, ...]
    faults: tuple[Error, ...]
    warnings: tuple[Error, ...]


@dataclass(frozen=True, kw_only=True)
class VerifyPresentation:
    """Verify a presentation under a policy, which is that of its credentials."""

    verify: Verify
    find_key: FindKey
    documents: StoredDocuments
    contexts: Contexts

    def __call__(
        self, presented: JsonObject | str, *, expected: Expected, policy: str = "default", now: datetime
    ) -> PresentationReport:
        """The report on `presented`, a document or a compact token, what it needs fetched on the spot. Raises what
        `read_presentation`, `read_envelope` and the readers of tokens raise for what is no presentation, and
        PolicyUnknown."""
        return self.verify.fetch_outside.until_finished(
            self.steps(presented, expected=expected, policy=policy, now=now)
        )

    def steps(
        self,
        presented: JsonObject | str,
        *,
        expected: Expected,
        policy: str = "default",
        now: datetime,
        wanted: Wanted = NOTHING_MORE,
    ) -> Steps[PresentationReport]:
        """The same for who fetches elsewhere than on the spot. `wanted` is what to find out of each credential."""
        terms = terms_of(policy, now=now, wanted=wanted)
        if isinstance(presented, str):  # 1
            signed = self._token(presented, expected, terms)
        elif is_enveloped(presented):
            token = read_envelope(presented)
            signed = self._token(token.text, expected, terms, kinds=declared_kinds(token))
        else:
            signed = self._document(presented, expected, terms)
        asked = [self._read(each) for each in signed.presentation.credentials]
        theirs = [need for each in asked if isinstance(each, Asked) for need in self.verify.needs(each).documents]
        outside = yield from obtain(Needs.of((*signed.needs, *theirs)))
        judged = signed.judge(outside)  # 2
        of_each = replace(terms, shown=_shown(signed, judged, expected))
        reports = yield from together([self._report(each, of_each, outside) for each in asked])  # 3
        return _report_on(signed, judged, reports, terms)  # 4

    def _document(self, document: JsonObject, expected: Expected, terms: Terms) -> _Signed:
        presentation = read_presentation(document)
        contexts = ContextsOfOneDocument(self.contexts)
        unsecured = Unsecured(document, contexts)

        def check(proof: Proof, outside: Outside) -> str:
            with self.documents.read(outside) as documents:
                method = self.find_key.named(proof.verification_method, documents, relationship=AUTHENTICATION)
            require_in_use(method, terms.now)
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
                terms,
            )
            if covers_bytes(proof):
                _require_known_contexts(unsecured.document, contexts)
            return method.controller

        proofs: tuple[Proof, ...] = ()
        fault: Error | None = None
        try:
            proofs = read_proofs(document)
            require_few_keys(proofs)
        except ProofMissing as err:
            fault = NotSigned(pointer=err.pointer)
        except Error as err:
            fault = err

        def judge(outside: Outside) -> _Judged:
            found = [_or_fault(lambda proof: check(proof, outside), proof) for proof in proofs] if fault is None else []
            return _Judged(
                signers=tuple(dict.fromkeys(each for each in found if isinstance(each, str))),
                faults=tuple(each for each in (fault, *found) if isinstance(each, Error)),
                warnings=tuple(
                    warning
                    for proof in proofs
                    for warning in _not_bound(
                        expected, domain=f"{proof.pointer}/domain", challenge=f"{proof.pointer}/challenge"
                    )
                ),
            )

        signers = (each.verification_method.partition("#")[0] for each in proofs) if fault is None else ()
        return _Signed(
            presentation=presentation,
            document=document,
            holder=presentation.holder,
            needs=tuple(self.find_key.document_need(each) for each in signers),
            judge=judge,
        )

    def _token(self, text: str, expected: Expected, terms: Terms, *, kinds: frozenset[TokenKind] = ANY_KIND) -> _Signed:
        jws, token = _read_token(text, kinds)

        def check(read: VcJoseToken, outside: Outside) -> str:
            if read.kid is None:
                raise KeyReferenceMissing(pointer="/kid")
            jwk = claimed_key(jws.header)
            with self.documents.read(outside) as documents:
                method = self.find_key.of_token(read.kid, jwk, read.signer, documents, relationship=AUTHENTICATION)
            require_in_use(method, terms.now)
            terms.work.rsa_keys.verify(jws, method.public_key)
            require_meant_for(read.claims, expected)
            _require_in_time(read.not_before, read.expires, terms)
            _require_known_contexts(read.document, ContextsOfOneDocument(self.contexts))
            return method.controller

        def judge(outside: Outside) -> _Judged:
            found = _or_fault(lambda read: check(read, outside), token)
            return _Judged(
                signers=(found,) if isinstance(found, str) else (),
                faults=(found,) if isinstance(found, Error) else (),
                warnings=tuple(_not_bound(expected, domain="/aud", challenge="/nonce")),
            )

        return _Signed(
            presentation=read_presentation(token.document),
            document=token.document,
            holder=token.signer,
            needs=self.find_key.token_needs(token.kid, token.signer),
            judge=judge,
        )

    def _read(self, presented: PresentedCredential) -> Asked | Error:
        """What one credential asks about, or why there is nothing to report on."""
        try:
            if presented.securing is Securing.NOTHING:
                raise NotSecured
            # It came inside other bytes, which were read strictly: written again it reads as the very same.
            return self.verify.read(orjson.dumps(presented.document))
        except Error as err:
            err.pointer = presented.pointer + (err.pointer or "")
            return err

    def _report(self, asked: Asked | Error, terms: Terms, outside: Outside) -> Steps[Report | Error]:
        return asked if isinstance(asked, Error) else (yield from self.verify.answer(asked, terms, known=outside))


def _shown(signed: _Signed, judged: _Judged, expected: Expected) -> Shown:
    faults = _faults(signed, judged)
    if faults:
        return faults[0]
    for_us = expected.domain is not None and expected.challenge is not None
    return ShownBy(ids=frozenset(_presenters(signed, judged)), for_us=for_us)


def _faults(signed: _Signed, judged: _Judged) -> tuple[Error, ...]:
    if not judged.faults and signed.holder is not None and signed.holder not in judged.signers:
        return (NotByHolder(pointer="/iss" if signed.presentation.holder is None else "/holder"),)
    return judged.faults


def _presenters(signed: _Signed, judged: _Judged) -> tuple[str, ...]:
    return judged.signers if signed.holder is None else (signed.holder,)


def _report_on(signed: _Signed, judged: _Judged, reports: Sequence[Report | Error], terms: Terms) -> PresentationReport:
    faults, presenters = _faults(signed, judged), _presenters(signed, judged)
    credentials = tuple(
        _presented(each, report, () if faults else presenters)
        for each, report in zip(signed.presentation.credentials, reports, strict=True)
    )
    empty = () if credentials else (NothingPresented(pointer="/verifiableCredential"),)
    return PresentationReport(
        policy=terms.policy,
        checked_at=terms.now,
        holder=signed.holder,
        signers=judged.signers,
        faults=faults,
        warnings=(*judged.warnings, *empty),
        document=None if faults else signed.document,
        credentials=credentials,
    )


def _presented(presented: PresentedCredential, report: Report | Error, presenters: tuple[str, ...]) -> PresentedReport:
    subject = None if isinstance(report, Error) or report.credential is None else report.credential.subject.id
    return PresentedReport(
        pointer=presented.pointer,
        document=presented.document,
        report=report,
        about_holder=subject in presenters if presenters and subject is not None else None,
    )


def _read_token(text: str, kinds: frozenset[TokenKind]) -> tuple[CompactJws, VcJoseToken]:
    disclosed = sd_jwt.read(text) if "~" in text else None
    jws = compact_jws.read(text) if disclosed is None else disclosed.jws
    require_declared(jws.header, kinds)
    # What is wrong with a key in the header says nothing of what is presented: it is looked at with the signature.
    without_key = replace(jws, header={name: member for name, member in jws.header.items() if name != "jwk"})
    if disclosed is not None:
        token = vc_sd_jwt.read(replace(disclosed, jws=without_key))
    elif kind_of(jws.header) is TokenKind.OB3_VC_JWT:
        token = vp_claim.read(without_key)
    else:
        token = vc_jose.read(without_key)
    if token.kind not in PRESENTATIONS:
        raise TokenType(pointer="/typ")
    if "cnf" in token.claims or (disclosed is not None and disclosed.key_binding is not None):
        raise BoundToken
    return jws, token


def _require_known_contexts(document: JsonObject, contexts: Contexts) -> None:
    """Of what is signed as bytes: every member is, also one that means nothing as linked data."""
    fault, _ = linked_data_faults(document, contexts, by_bytes=True)
    if fault is not None:
        raise fault


def _require_in_time(begins: datetime | None, ends: datetime | None, terms: Terms) -> None:
    if begins is not None and begins - terms.policy.skew > terms.now:
        raise PresentationTooEarly(start=begins)
    if ends is not None and ends + terms.policy.skew < terms.now:
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
