"""The files of others that we ship: JSON-LD contexts and JSON Schemas, by URL, held to their digests.

A context decides what a signature covers, so its bytes are part of the trusted base: they come from `schemas/` only,
each is compared with the SHA-256 that `schemas/manifest.json` names (VC Data Integrity 1.0 §2.4, VCDM 2.0 §B.1 call
them "already resolved"), and nothing is ever fetched. One context is ours: a template with the placeholder
`{namespace}`, so that all instances of one national specification share it, whatever host they run on.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jmc_vc.errors import Unacceptable, Unavailable

_PACKAGED = Path(__file__).with_name("_schemas")
_REPOSITORY = Path(__file__).parents[2] / "schemas"
_PLACEHOLDER = "{namespace}"
# The namespace is written into JSON and into IRIs without escaping, and it names the specification for ever: plain
# https (or http on this machine), no user, query, fragment or closing slash, and no character that needs an escape
# anywhere.
_NAMESPACE = re.compile(
    r"(https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|http://(?:localhost|127\.0\.0\.1))(?::[0-9]{1,5})?(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+"
)


class VendoredFileChanged(Unavailable):
    """A shipped file is missing or its bytes are not those of the manifest; `file` is its path under `schemas/`."""

    code = "vendored.changed"


class VendoredFileUnknown(Unavailable):
    """The manifest names no such file."""

    code = "vendored.unknown"


class UnsafeNamespace(Unacceptable):
    """JMC_VC_NAMESPACE is not a plain absolute URL that can be written into a context."""

    code = "namespace.unsafe"


@dataclass(frozen=True)
class Entry:
    """One line of the manifest: `file` is relative to `schemas/`, `sha256` in lower-case hex."""

    file: str
    sha256: str


def contexts(namespace: str) -> Mapping[str, bytes]:
    """URL → bytes of every JSON-LD context that we accept, our own at `{namespace}/context.json`.

    Raises UnsafeNamespace and VendoredFileChanged.
    """
    require_safe_namespace(namespace)
    return {
        url.replace(_PLACEHOLDER, namespace): _rendered(entry, namespace) for url, entry in _entries("contexts").items()
    }


def namespace_files(namespace: str) -> Mapping[str, bytes]:
    """Path under /ns/mc/v1/ → bytes of what the namespace itself publishes: the files whose URL begins with it."""
    require_safe_namespace(namespace)
    prefix = _PLACEHOLDER + "/"
    return {
        url.removeprefix(prefix): _rendered(entry, namespace)
        for table in ("contexts", "jsonSchemas")
        for url, entry in _entries(table).items()
        if url.startswith(prefix)
    }


def json_schema(name: str) -> bytes:
    """The JSON Schema at the URL `name`, or with the file name `name`. Raises VendoredFileUnknown,
    VendoredFileChanged."""
    for url, entry in _entries("jsonSchemas").items():
        if name in (url, Path(entry.file).name):
            return _read(entry)
    raise VendoredFileUnknown


def check() -> list[str]:
    """Every way in which the folder differs from its manifest, a line each; empty when all is well."""
    problems = []
    try:
        entries = [entry for table in ("contexts", "jsonSchemas") for entry in _entries(table).values()]
    except VendoredFileChanged:
        return ["manifest.json: missing or not readable"]
    for entry in entries:
        path = _root() / entry.file
        if not path.is_file():
            problems.append(f"{entry.file}: missing")
        elif (found := hashlib.sha256(path.read_bytes()).hexdigest()) != entry.sha256:
            problems.append(f"{entry.file}: sha256 is {found}, the manifest says {entry.sha256}")
    named = {entry.file for entry in entries}
    for folder in ("contexts", "json-schema"):
        present = (path.relative_to(_root()).as_posix() for path in sorted((_root() / folder).glob("**/*.json")))
        problems += [f"{file}: not in the manifest" for file in present if file not in named]
    return problems


def require_safe_namespace(namespace: str) -> None:
    """Raises UnsafeNamespace unless `namespace` is a plain absolute URL with a path and without a closing slash."""
    if len(namespace) > 200 or not _NAMESPACE.fullmatch(namespace) or ".." in namespace:
        raise UnsafeNamespace


@cache
def _root() -> Path:
    """The packaged copy when installed from a wheel, else the repository's folder."""
    return _PACKAGED if _PACKAGED.is_dir() else _REPOSITORY


@cache
def _entries(table: str) -> Mapping[str, Entry]:
    try:
        manifest: dict[str, dict[str, dict[str, Any]]] = json.loads((_root() / "manifest.json").read_bytes())
        return {url: Entry(line["file"], line["sha256"]) for url, line in manifest[table].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        raise VendoredFileChanged(file="manifest.json") from err


@cache
def _read(entry: Entry) -> bytes:
    try:
        data = (_root() / entry.file).read_bytes()
    except OSError as err:
        raise VendoredFileChanged(file=entry.file) from err
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise VendoredFileChanged(file=entry.file)
    return data


def _rendered(entry: Entry, namespace: str) -> bytes:
    if not entry.file.endswith(".template.json"):
        return _read(entry)
    return _read(entry).replace(_PLACEHOLDER.encode(), namespace.encode())
