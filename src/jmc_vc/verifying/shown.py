"""Who shows an SD-JWT with a key binding, if somebody asked for one."""

from datetime import timedelta

from jmc_vc.errors import Error
from jmc_vc.formats.jose import key_binding
from jmc_vc.verifying.evidence import Shown, ShownBy
from jmc_vc.verifying.presented import Presented
from jmc_vc.verifying.presented_token import PresentedToken
from jmc_vc.verifying.terms import Terms

OLDEST_BINDING = timedelta(minutes=10)
"""As long as somebody may take to find the credential in the wallet and agree to show it."""


def shown(presented: Presented, terms: Terms) -> Shown | None:
    """Who showed the credential, or what is wrong with how: in the presentation that it came in, or by its key binding,
    whose key the issuer put into it. None when nobody showed it in such a way, or nobody asked. That a binding happens
    to be there says nothing."""
    asked = terms.wanted.for_us
    disclosed = presented.token.disclosed if isinstance(presented.token, PresentedToken) else None
    if terms.shown is not None or asked is None or disclosed is None:
        return terms.shown
    try:
        key_binding.verify(
            disclosed.sd_jwt,
            disclosed.holder_key,
            audience=asked.domain or "",
            nonce=asked.challenge or "",
            now=terms.now,
            longest_age=OLDEST_BINDING,
            skew=terms.policy.skew,
        )
    except Error as err:
        return err
    return ShownBy(ids=None, for_us=True)
