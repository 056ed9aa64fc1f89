"""`verify --receipt FILE`: the signed receipt of a verification, into a file of its own."""

from pathlib import Path

from jmc_vc.bootstrap import Service
from jmc_vc.cli.files import new_file
from jmc_vc.errors import Conflict, Error, Unavailable
from jmc_vc.verifying.presentation_report import AnyReport
from jmc_vc.verifying.receipt import receipt_of


def write_receipt(service: Service, report: AnyReport, received: bytes, path: Path) -> Error | None:
    """Sign the receipt of `report` on `received` and write it to `path`, which must not exist. The answer is why there
    is none: the report stands without it."""
    try:
        token = service.sign_receipt(receipt_of(report, received))
        with new_file(path) as file:
            file.write(f"{token}\n".encode())
    except (Conflict, Unavailable) as error:
        return error
    return None
