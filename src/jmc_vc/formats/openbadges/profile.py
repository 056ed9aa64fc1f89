"""Profile: an issuer or another party as Open Badges writes it. https://www.imsglobal.org/spec/ob/v3p0/#profile

`profile_document` makes the `issuer` of a credential and the JSON form of an issuer's page, so that they agree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jmc_vc.formats.openbadges.identifier_entry import read_other_identifiers
from jmc_vc.formats.openbadges.image import Image, read_image
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.strict_json import JsonObject


@dataclass(frozen=True, kw_only=True)
class Address:
    """A postal address; `country_code` is ISO 3166-1 alpha-2, `geo` latitude and longitude in degrees (WGS 84)."""

    country: str | None
    country_code: str | None
    region: str | None
    locality: str | None
    street: str | None
    post_office_box: str | None
    postal_code: str | None
    geo: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class PersonalName:
    """The parts of a person's name, for a party that is a person."""

    family: str | None
    given: str | None
    additional: str | None
    patronymic: str | None
    family_prefix: str | None
    honorific_prefix: str | None
    honorific_suffix: str | None


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What may be shown of a party. The name is the party's own word for itself, not the register's."""

    id: str
    name: str | None
    url: str | None
    phone: str | None
    email: str | None
    description: str | None
    image: Image | None
    address: Address | None
    identifiers: tuple[tuple[str, str], ...]
    """Pairs of identifier type and identifier."""
    official: str | None
    """Who speaks for the party."""
    parent: "Profile | None"
    person: PersonalName
    date_of_birth: str | None
    """ISO 8601."""


def read_profile(node: Node) -> Profile:
    """The Profile that `node` holds, with the organizations that it belongs to. Raises schema.*."""
    node.types("Profile")
    address, parent = node.optional_node("address"), node.optional_node("parentOrg")
    return Profile(
        id=node.id(),
        name=node.optional_text("name"),
        url=node.optional_text("url"),
        phone=node.optional_text("phone"),
        email=node.optional_text("email"),
        description=node.optional_text("description"),
        image=read_image(node),
        address=_address(address) if address else None,
        identifiers=read_other_identifiers(node),
        official=node.optional_text("official"),
        parent=read_profile(parent) if parent else None,
        person=PersonalName(
            family=node.optional_text("familyName"),
            given=node.optional_text("givenName"),
            additional=node.optional_text("additionalName"),
            patronymic=node.optional_text("patronymicName"),
            family_prefix=node.optional_text("familyNamePrefix"),
            honorific_prefix=node.optional_text("honorificPrefix"),
            honorific_suffix=node.optional_text("honorificSuffix"),
        ),
        date_of_birth=node.optional_text("dateOfBirth"),
    )


def profile_and_parents(node: Node | None) -> Iterator[Node]:
    """The objects of a Profile and of the organizations that it belongs to, from the inside out."""
    while node is not None:
        yield node
        node = node.optional_node("parentOrg")


def _address(node: Node) -> Address:
    node.types("Address")
    geo = node.optional_node("geo")
    return Address(
        country=node.optional_text("addressCountry"),
        country_code=node.optional_text("addressCountryCode"),
        region=node.optional_text("addressRegion"),
        locality=node.optional_text("addressLocality"),
        street=node.optional_text("streetAddress"),
        post_office_box=node.optional_text("postOfficeBoxNumber"),
        postal_code=node.optional_text("postalCode"),
        geo=_coordinates(geo) if geo else None,
    )


def _coordinates(node: Node) -> tuple[float, float]:
    node.types("GeoCoordinates")
    return node.number("latitude"), node.number("longitude")


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
