"""The files of the national specification's namespace, and our JSON Schemas."""

from dataclasses import dataclass, field

import orjson

from jmc_vc import vendored
from jmc_vc.domain.identifiers import EXAMPLE_HOST, Site
from jmc_vc.errors import NotFound
from jmc_vc.formats.jose import learning_credential

_CONTEXT = ("application/ld+json", "application/json")
_SCHEMA = ("application/schema+json", "application/json")
_TYPE_PATH = learning_credential.VCT.removeprefix("/")
_MEDIA_TYPES = {"context.json": _CONTEXT, _TYPE_PATH: ("application/json",)}
"""Of what is no JSON Schema. The type of our SD-JWT VCs is an address, which says what its claims mean."""


class FileNotPublished(NotFound):
    """No file of ours has this name."""

    code = "file.not_found"


@dataclass(frozen=True)
class PublishedFile:
    """The bytes and their media types, the best first; `correctable` ones may say the same in better words one day."""

    content: bytes
    media_types: tuple[str, ...]
    correctable: bool


@dataclass(frozen=True)
class NamespaceFile:
    """A file under /ns/mc/v1/: the same bytes on every installation of one specification."""

    site: Site
    _files: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, path: str) -> PublishedFile:
        """The file at `path`, such as `context.json`. Raises FileNotPublished."""
        if not self._files:
            self._files.update(vendored.namespace_files(self.site.namespace))
            self._files[_TYPE_PATH] = orjson.dumps(learning_credential.type_metadata(self.site.namespace))
        content = self._files.get(path)
        if content is None:
            raise FileNotPublished
        return PublishedFile(content, _MEDIA_TYPES.get(path, _SCHEMA), correctable=path == _TYPE_PATH)


@dataclass(frozen=True)
class SchemaFile:
    """A JSON Schema under /schema/, whose `$id` is its address here."""

    site: Site

    def __call__(self, path: str) -> PublishedFile:
        """The schema at `path`, such as `profile.json`. Raises FileNotPublished."""
        try:
            content = vendored.json_schema(f"https://{EXAMPLE_HOST}/schema/{path}")
        except vendored.VendoredFileUnknown:
            raise FileNotPublished from None
        own = content.replace(f"https://{EXAMPLE_HOST}".encode(), self.site.base_url.encode())
        return PublishedFile(own, _SCHEMA, correctable=True)
