"""What the body of a verification asks: about a credential alone, or also whose it is and who shows it.

A bare credential is the body itself, and `{"url": …}` the address of one. Who asks more says so beside it:
`{"credential": …, "recipient": {…}, "domain": …, "challenge": …}`. A name and an e-mail address have no place in a
query, which ends up in logs and histories.
"""

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jmc_vc.errors import Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.formats.json_items import member_of
from jmc_vc.verifying.take_in import HandedIn, NoLink, PostedAddress
from jmc_vc.verifying.wanted import NOTHING_MORE, Person, Wanted

_BEGINS = re.compile(rb'\s*\{\s*"(?:credential|url|recipient|domain|challenge)"\s*:')
"""No credential has a member of these names, so nobody has to look further into one."""
LONGEST = 1_000
"""Characters of a name, an address, a DID, a domain or a challenge: three times what any has."""


class BadQuestion(Unacceptable):
    """A member beside the credential is not of its form; `pointer` tells which."""

    code = "verify.envelope"


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class RecipientMessage(_Asked):
    """Whose credential it should be. At least one member; all that are given have to agree. They are compared, and
    neither stored nor logged."""

    name: str | None = Field(None, min_length=1, max_length=LONGEST)
    email: str | None = Field(None, min_length=1, max_length=LONGEST)
    did: str | None = Field(None, min_length=1, max_length=LONGEST)


class QuestionMessage(_Asked):
    """A credential or presentation, as JSON or text, or the address of one, and what is to be found out besides.
    `domain` and `challenge` are what a presentation was asked for with (in a token `aud` and `nonce`); they come
    together."""

    credential: dict[str, Any] | str | None = None
    url: str | None = None
    recipient: RecipientMessage | None = None
    domain: str | None = Field(None, min_length=1, max_length=LONGEST)
    challenge: str | None = Field(None, min_length=1, max_length=LONGEST)


def read_question(body: bytes) -> tuple[HandedIn, Wanted]:
    """What was handed in, and what is wanted besides. Raises BadQuestion, NoLink and parse.*"""
    if not _BEGINS.match(body):
        return body, NOTHING_MORE
    posted = strict_json.parse_object(body)
    if not {"credential", "url"} & posted.keys() or not posted.keys() <= QuestionMessage.model_fields.keys():
        return body, NOTHING_MORE  # something else, of which its reader tells what it is not
    if not isinstance(posted.get("url", ""), str):
        raise NoLink(pointer="/url")
    try:
        question = QuestionMessage.model_validate(posted)
    except ValidationError as err:
        raise BadQuestion(pointer="".join(f"/{step}" for step in err.errors()[0]["loc"][:2])) from None
    return _handed_in(question, body), _wanted(question)


def _handed_in(question: QuestionMessage, body: bytes) -> HandedIn:
    match question.credential, question.url:
        case None, str(url):
            return PostedAddress(url)
        case str(text), None:
            return text.encode("utf-8", "surrogatepass")
        case dict(), None:
            return member_of(body, "credential")  # as it was written: a receipt names these bytes
        case _:
            raise BadQuestion(pointer="/url")


def _wanted(question: QuestionMessage) -> Wanted:
    recipient = question.recipient
    if recipient is not None and recipient == RecipientMessage():
        raise BadQuestion(pointer="/recipient")
    if (question.domain is None) != (question.challenge is None):
        raise BadQuestion(pointer="/challenge" if question.challenge is None else "/domain")
    person = None if recipient is None else Person(name=recipient.name, email=recipient.email, did=recipient.did)
    if question.domain is None:
        return Wanted(recipient=person)
    return Wanted(recipient=person, for_us=Expected(domain=question.domain, challenge=question.challenge))
