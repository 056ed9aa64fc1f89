"""Verify any credential or presentation, whoever's: the algorithm of the data model, and nothing beside it.

https://www.w3.org/TR/vc-data-model-2.0/#verification. It ends with the document and who vouches for it, or with the
first thing that is wrong.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.conforming.proofs import ANYBODY, SKEW, verify_proofs
from jmc_vc.conforming.status_list import SuiteStatusList
from jmc_vc.conforming.tokens import CREDENTIALS, PRESENTATIONS, open_token
from jmc_vc.conforming.words import Words
from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats.data_integrity.proof import ProofMissing
from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.formats.data_model.credential import Credential, check_credential
from jmc_vc.formats.data_model.enveloped import is_enveloped, read_envelope
from jmc_vc.formats.data_model.presentation import (
    NotByHolder,
    NotSecured,
    PresentedCredential,
    Securing,
    read_presentation,
)
from jmc_vc.formats.did.document import AUTHENTICATION
from jmc_vc.formats.jsonld import require_covered
from jmc_vc.formats.status.entry import UnsupportedStatus
from jmc_vc.formats.strict_json import JsonObject

VALIDITY = frozenset({"validity", "validityPeriod"})
STATUS = frozenset({"status", "credentialStatus"})
"""Names of checks that may be left out, by asking for others."""
CHECKS = frozenset({"proof"}) | VALIDITY | STATUS
"""All names; that the proof holds is always looked at."""


class NotYetValid(Unacceptable):
    """The credential counts from a later time on."""

    code = "validity.not_yet"


class Expired(Unacceptable):
    """The credential does not count any more."""

    code = "validity.expired"


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What holds: `document` as it was secured, who secured it (`controllers`), and in `warnings` what could not be
    looked at."""

    document: JsonObject
    media_type: str
    controllers: tuple[str, ...]
    warnings: tuple[Error, ...]


@dataclass(frozen=True, kw_only=True)
class VerifyAnyCredential:
    """Verify a credential with proofs in it, or in a token in its envelope."""

    words: Words
    status_list: SuiteStatusList

    def __call__(
        self, document: JsonObject, *, expected: Expected = ANYBODY, checks: Collection[str] = (), now: datetime
    ) -> Verified:
        """What holds. `checks` are the names of those to be made, all of them if there is none. Raises whatever is
        wrong."""
        makers: tuple[str, ...] = ()
        enveloped = is_enveloped(document)
        if enveloped:
            opened = open_token(read_envelope(document), CREDENTIALS, expected, now)
            document, makers = opened.document, (opened.maker,)
        credential = check_credential(document)
        contexts = self.words.of_one_document()
        if "proof" in document or not enveloped:
            makers += verify_proofs(document, contexts, expected, now)
        else:
            require_covered(document, contexts)
        return Verified(
            document=document,
            media_type="application/vc",
            controllers=tuple(dict.fromkeys(makers)),
            warnings=self.require_counts(credential, checks, now),
        )

    def require_counts(self, credential: Credential, checks: Collection[str], now: datetime) -> tuple[Error, ...]:
        """What could not be looked at. Raises NotYetValid, Expired, and the errors of status and related resources."""
        if not checks or not VALIDITY.isdisjoint(checks):
            if credential.valid_from is not None and credential.valid_from.instant - SKEW > now:
                raise NotYetValid(start=credential.valid_from.instant)
            if credential.valid_until is not None and credential.valid_until.instant + SKEW < now:
                raise Expired(end=credential.valid_until.instant)
        warnings: list[Error] = [*self.words.compare(credential.related_resources)]
        if not checks or not STATUS.isdisjoint(checks):
            warnings += [found for each in credential.statuses if (found := self._status(each)) is not None]
        return tuple(warnings)

    def _status(self, entry: JsonObject) -> Error | None:
        try:
            return self.status_list.check(entry)
        except UnsupportedStatus as err:
            return err


@dataclass(frozen=True, kw_only=True)
class VerifyAnyPresentation:
    """Verify a presentation and every credential in it."""

    words: Words
    verify_credential: VerifyAnyCredential

    def __call__(
        self, document: JsonObject, *, expected: Expected, checks: Collection[str] = (), now: datetime
    ) -> Verified:
        """What holds; `expected` has the domain and the challenge that were set, if any. Raises whatever is wrong with
        the presentation or one of its credentials."""
        contexts = self.words.of_one_document()
        makers: tuple[str, ...]
        if is_enveloped(document):
            opened = open_token(read_envelope(document), PRESENTATIONS, expected, now)
            document, makers = opened.document, (opened.maker,)
            require_covered(document, contexts)
            presentation, holder = read_presentation(document), opened.signer
        else:
            presentation = read_presentation(document)
            holder = presentation.holder
            if "proof" not in document:
                raise ProofMissing(pointer="/proof")
            makers = verify_proofs(document, contexts, expected, now, purpose=AUTHENTICATION)
        if holder is not None and holder not in makers:
            raise NotByHolder(pointer="/iss" if presentation.holder is None else "/holder")
        warnings: list[Error] = []
        for presented in presentation.credentials:
            warnings += self._presented(presented, checks, now)
        return Verified(
            document=document,
            media_type="application/vp",
            controllers=tuple(dict.fromkeys(makers)),
            warnings=tuple(warnings),
        )

    def _presented(self, presented: PresentedCredential, checks: Collection[str], now: datetime) -> tuple[Error, ...]:
        try:
            match presented.securing:
                case Securing.PROOF | Securing.ENVELOPE:
                    return self.verify_credential(presented.document, checks=checks, now=now).warnings
                case Securing.PRESENTATION:
                    return self.verify_credential.require_counts(check_credential(presented.document), checks, now)
                case Securing.NOTHING:
                    raise NotSecured
        except Error as err:
            err.pointer = presented.pointer + (err.pointer or "")
            raise
