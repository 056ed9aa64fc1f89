"""A private key in a file that an administrator brings, and the passphrase that it may lie under."""

import sys
from functools import lru_cache
from pathlib import Path

import typer

from jmc_vc.cli.files import FileUnreadable
from jmc_vc.cli.terminal import Terminal
from jmc_vc.custody.private_key_file import LARGEST, PassphraseMissing, PrivateKey, is_encrypted, read_private_key
from jmc_vc.errors import Unavailable
from jmc_vc.sealing import SecretFileReadableByOthers, read_owner_only


class KeyFileReadableByOthers(Unavailable):
    """The file's mode is neither 0600 nor 0400: somebody else may have the key already (CL-01)."""

    code = "key.file_mode"


def read_key_file(terminal: Terminal, file: str, passphrase_file: str | None) -> PrivateKey:
    """The private key in `file`; a passphrase comes from its file, or from whoever sits at the terminal. Raises
    FileUnreadable, KeyFileReadableByOthers, PassphraseMissing, and what `read_private_key` raises."""
    data = _secret(file)
    if not is_encrypted(data):
        return read_private_key(data)
    if passphrase_file is not None:
        return read_private_key(data, _secret(passphrase_file).rstrip(b"\r\n"))
    if not sys.stdin.isatty():
        raise PassphraseMissing
    return read_private_key(data, _asked(terminal.text("cli.key_passphrase", file=file)))


def _secret(file: str) -> bytes:
    try:
        return read_owner_only(Path(file), LARGEST + 1)
    except OSError as err:
        raise FileUnreadable(file=file) from err
    except SecretFileReadableByOthers as err:
        raise KeyFileReadableByOthers(file=file, mode=err.mode) from None


@lru_cache(maxsize=1)
def _asked(question: str) -> bytes:
    """Asked once a run, although the file is read to say what it holds and again to take it in."""
    answer: str = typer.prompt(question, hide_input=True, err=True)
    return answer.encode()
