"""Which W3C data model a badge is written in: VCDM 2.0, or 1.1, which is verified and never issued (OB-47).

https://www.w3.org/TR/vc-data-model-2.0/ and https://www.w3.org/TR/vc-data-model-1.1/: the first context tells them
apart, and for Open Badges they differ in how the dates of validity are called.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from jmc_vc.formats.openbadges.date_time import DateTimeStamp
from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.strict_json import JsonObject

BASE_CONTEXT_V1: Final = "https://www.w3.org/2018/credentials/v1"
BASE_CONTEXT_V2: Final = "https://www.w3.org/ns/credentials/v2"


class DataModel(StrEnum):
    """The versions of the Verifiable Credentials Data Model."""

    V1_1 = "1.1"
    V2_0 = "2.0"


DATES: Mapping[DataModel, tuple[str, str]] = {
    DataModel.V1_1: ("issuanceDate", "expirationDate"),
    DataModel.V2_0: ("validFrom", "validUntil"),
}
"""From when and until when a badge is valid."""


def data_model(document: JsonObject) -> DataModel:
    """1.1 if the first context is that of 1.1, else 2.0: what is neither of them is refused as a bad 2.0."""
    context = document.get("@context")
    first = context[0] if isinstance(context, list) and context else None
    return DataModel.V1_1 if first == BASE_CONTEXT_V1 else DataModel.V2_0


def read_period(node: Node) -> tuple[DateTimeStamp, DateTimeStamp | None]:
    """From when and until when the credential `node` is valid. Raises schema.datetime and schema.violation.

    A badge of 1.1 with the dates of 2.0 is refused: the context of 1.1 defines those words too, so they would be signed
    and one reader would go by the one pair and another by the other."""
    model = data_model(node.members)
    start, end = DATES[model]
    if model is DataModel.V1_1:
        for name in DATES[DataModel.V2_0]:
            if node.has(name):
                raise AgainstSchema(pointer=node.at(name))
    return node.moment(start), node.optional_moment(end)
