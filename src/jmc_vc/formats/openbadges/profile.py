"""Profile: an issuer or another party as Open Badges writes it. https://www.imsglobal.org/spec/ob/v3p0/#profile

`profile_document` makes the `issuer` of a credential and the JSON form of an issuer's page, so that they agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.strict_json import JsonObject


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What may be shown of a party. The name is the party's own word for itself, not the register's."""

    id: str
    name: str | None
    url: str | None
    country_code: str | None
    identifiers: tuple[tuple[str, str], ...]
    """Pairs of identifier type and identifier."""


def read_profile(node: Node) -> Profile:
    """The Profile that `node` holds. Raises schema.*."""
    node.types("Profile")
    address = node.optional_node("address")
    return Profile(
        id=node.id(),
        name=node.optional_text("name"),
        url=node.optional_text("url"),
        country_code=address.optional_text("addressCountryCode") if address else None,
        identifiers=tuple(
            (entry.text("identifierType"), entry.text("identifier")) for entry in node.nodes("otherIdentifier")
        ),
    )


def profile_document(
    *,
    id: str,  # noqa: A002 - the member's own name
    name: str,
    url: str | None = None,
    description: str | None = None,
    email: str | None = None,
    image: str | None = None,
    country: str | None = None,
    country_code: str | None = None,
    region: str | None = None,
    identifiers: Mapping[str, str] | None = None,
) -> JsonObject:
    """The JSON of a Profile; what is None is left out.

    `image` is the address of a picture; `country` a name in the profile's language, `country_code` ISO 3166-1 alpha-2,
    `region` ISO 3166-2; `identifiers` maps an identifier type (`ext:JMCIssuerNumber`) to the identifier."""
    made: JsonObject = {"id": id, "type": ["Profile"], "name": name}
    plain = {"url": url, "description": description, "email": email}
    made.update({member: value for member, value in plain.items() if value is not None})
    if image is not None:
        made["image"] = {"id": image, "type": "Image"}
    place = {"addressCountry": country, "addressCountryCode": country_code, "addressRegion": region}
    if any(place.values()):
        made["address"] = {"type": ["Address"], **{member: value for member, value in place.items() if value}}
    if identifiers:
        made["otherIdentifier"] = [
            {"type": "IdentifierEntry", "identifier": identifier, "identifierType": kind}
            for kind, identifier in identifiers.items()
        ]
    return made
