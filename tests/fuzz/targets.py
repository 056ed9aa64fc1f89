"""What is fuzzed: where inputs come from, and what must hold for every one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.fuzz import (
    addresses,
    archive,
    bitstring,
    bundle,
    canonicalization,
    cbor,
    conversion,
    items,
    jws,
    links,
    multibase,
    png,
    receipts,
    sd_jwt,
    strict_json,
    svg,
    table,
    take_in,
    template,
    verify_sd_jwt,
)


@dataclass(frozen=True)
class Target:
    """`inputs` are bytes, as they stand in `corpus/NAME/`; `check` raises when its claims do not hold for some."""

    inputs: Callable[[], st.SearchStrategy[bytes]]
    check: Callable[[bytes], None]


TARGETS: Mapping[str, Target] = {
    "strict_json": Target(strict_json.inputs, strict_json.check),
    "conversion": Target(conversion.inputs, conversion.check),
    "canonicalization": Target(canonicalization.inputs, canonicalization.check),
    "template": Target(template.inputs, template.check),
    "png": Target(png.inputs, png.check),
    "svg": Target(svg.inputs, svg.check),
    "cbor": Target(cbor.inputs, cbor.check),
    "multibase": Target(multibase.inputs, multibase.check),
    "bitstring": Target(bitstring.inputs, bitstring.check),
    "jws": Target(jws.inputs, jws.check),
    "links": Target(links.inputs, links.check),
    "take_in": Target(take_in.inputs, take_in.check),
    "sd_jwt": Target(sd_jwt.inputs, sd_jwt.check),
    "verify_sd_jwt": Target(verify_sd_jwt.inputs, verify_sd_jwt.check),
    "addresses": Target(addresses.inputs, addresses.check),
    "archive": Target(archive.inputs, archive.check),
    "table": Target(table.inputs, table.check),
    "items": Target(items.inputs, items.check),
    "receipts": Target(receipts.inputs, receipts.check),
    "bundle": Target(bundle.inputs, bundle.check),
}
