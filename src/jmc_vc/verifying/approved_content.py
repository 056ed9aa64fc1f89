"""Does a credential's achievement say what was approved?"""

from jmc_vc.domain.achievement import achievement
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.errors import Error
from jmc_vc.formats.jose import learning_credential
from jmc_vc.formats.jsonld import Contexts, canonical_nquads
from jmc_vc.formats.openbadges.achievement import read_achievement
from jmc_vc.formats.openbadges.endorsement import ENDORSING
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.verifying.presented import Presented
from jmc_vc.verifying.presented_token import PresentedToken


def says_what_was_approved(presented: Presented, program: ProgramVersion, site: Site, contexts: Contexts) -> bool:
    """Whether it is the achievement of this very version, as it is made from the approved content."""
    approved: JsonObject = achievement(program.content, site)
    claims = presented.token.claims if isinstance(presented.token, PresentedToken) else None
    if claims is not None:
        return learning_credential.says_of_program(claims.claims, read_achievement(Node(approved)))
    subject = presented.document.get("credentialSubject")
    shown = subject.get("achievement") if isinstance(subject, dict) else None
    if not isinstance(shown, dict):
        return False
    # What others say of the program is no part of it, and is judged by itself: the mark, for one.
    shown = {name: member for name, member in shown.items() if name not in ENDORSING}
    if shown == approved:
        return True
    # A wallet may write sets in another order: what counts is what the achievement says, not how it is written.
    try:
        under = {"@context": presented.document.get("@context")}
        return canonical_nquads({**under, **shown}, contexts) == canonical_nquads({**under, **approved}, contexts)
    except Error:
        return False
