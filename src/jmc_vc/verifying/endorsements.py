"""Evidence for the endorsements in a credential: each has a signer, a period and a status of its own.

Whoever signed the credential did not sign for what others say in it (OV-07). So an endorsement is gathered for, and
judged, as if it had come alone; what its signer's host has to say is fetched within the budget of the request.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer
from jmc_vc.errors import Error
from jmc_vc.verifying.evidence import EndorsementEvidence, Evidence, StatusEvidence
from jmc_vc.verifying.keys import own_slug
from jmc_vc.verifying.presented import Presented, PresentedEndorsement
from jmc_vc.verifying.signature_log import CredentialLog
from jmc_vc.verifying.signatures import Grounds, Signatures

AskStorage = Callable[[PresentedEndorsement, Grounds], tuple[Issuer | None, Iterable[StatusEvidence]]]
"""Who gave an endorsement by the register, and what the status lists say of it."""


@dataclass(frozen=True, kw_only=True)
class Endorsements:
    """Gathers for them."""

    site: Site
    signatures: Signatures

    def __call__(
        self, presented: Presented, grounds: Grounds, ask: AskStorage, *, approved: bool | None
    ) -> tuple[EndorsementEvidence, ...]:
        """One for each, in their order; `approved` tells whether the achievement is what was approved under its id,
        None if nobody knows. Never raises for what is wrong with them."""
        about, ours = _achievement_id(presented), f"{self.site.base_url}/"
        borrowed = about is not None and about.startswith(ours) and approved is False
        return tuple(self._one(each, about, borrowed, grounds, ask) for each in presented.endorsements)

    def _one(
        self,
        endorsement: PresentedEndorsement,
        achievement: str | None,
        borrowed: bool,
        grounds: Grounds,
        ask: AskStorage,
    ) -> EndorsementEvidence:
        by_jmc = endorsement.issuer_id == self.site.did
        about_it = endorsement.place.endorsed == achievement
        made = EndorsementEvidence(
            presented=endorsement,
            by_jmc=by_jmc,
            is_mark=by_jmc and about_it,
            of_other_content=about_it and borrowed,
            evidence=None,
        )
        if not grounds.work.endorsements.one_more():
            return made
        # Issuers sign no endorsements with the keys that we keep for them, so none is on record. JMC signs its marks,
        # and what a mark says is held against the register.
        grounds = replace(grounds, log=None if by_jmc else CredentialLog(site=self.site))
        signatures = self.signatures(endorsement, grounds)
        context, coverage = self.signatures.read_as_linked_data(endorsement, signatures)
        issuer, statuses = ask(endorsement, grounds)
        evidence = Evidence(
            context=context,
            coverage=coverage,
            proofs=signatures,
            # The list of the marks is made from the register, which is asked itself.
            statuses=() if made.is_mark else tuple(statuses),
            issuer=issuer,
            outside_did=None,
            program=None,
            siblings=(),
            says_what_was_approved=False,
            is_ours=own_slug(self.site, endorsement.issuer_id) is not None,
            own_row=None,
            refreshed=None,
        )
        return replace(made, evidence=evidence)


def _achievement_id(presented: Presented) -> str | None:
    credential = presented.credential
    return None if isinstance(credential, Error) else credential.subject.achievement.id
