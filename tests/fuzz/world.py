"""What several targets fuzz: one installation for the process, with a credential in all its forms, its bundle, and a
receipt."""

import atexit
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from jmc_vc.domain.credential import Format
from jmc_vc.verifying.receipt import receipt_of
from tests.builders.bundles import bundle_of, uuid_of
from tests.builders.installation import Installation, make_installation
from tests.builders.web import WebClient, web_client


@dataclass(frozen=True)
class World:
    """The installation, asked over HTTP too, and what it made: all of it good."""

    installation: Installation
    client: WebClient
    sd_jwt: bytes
    credential: bytes
    bundle: bytes
    receipt: str


@cache
def world() -> World:
    """It is there until the process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    installation = make_installation(Path(stack.enter_context(TemporaryDirectory())))
    installation.set_issuing(sd_jwt_vc=True)
    issued = installation.issue()
    sd_jwt = next(each.body for each in issued.representations if each.format is Format.SD_JWT)
    report = installation.verify(issued.body)
    return World(
        installation=installation,
        client=stack.enter_context(web_client(installation.service)),
        sd_jwt=sd_jwt,
        credential=issued.body,
        bundle=bundle_of(installation, uuid_of(issued.body)),
        receipt=installation.service.sign_receipt(receipt_of(report, issued.body)),
    )
