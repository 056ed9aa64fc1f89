"""The settings: environment variables `JMC_VC_…`, read once, at the start.

`load` takes the environment as an argument, refuses a variable that no setting has (a typing error would otherwise
silently leave a default in force), and refuses values that are unsafe in production. Each refusal is one sentence for
the operator and repeats no value: a database URL holds a password.
"""

import re
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

from jmc_vc.configuration_errors import (
    AnchorBesideData,
    BadBaseUrl,
    BadDatabaseUrl,
    BadNamespace,
    BadPkcs11Module,
    BadWitness,
    ConfigurationError,
    ConformanceInProduction,
    DatabaseNotChosen,
    DemoInProduction,
    FetchingElsewhereInProduction,
    KekBesideData,
    NotAChoice,
    Pkcs11Incomplete,
    SettingOutOfRange,
    TrustsEveryProxy,
    UnknownSetting,
    UnreachableBaseUrl,
    UnreadableSetting,
)

PREFIX = "JMC_VC_"

_NAMEABLE = 64
"""The longest variable name that an error repeats."""
# A name and perhaps a port, in the one spelling that did:web and every link will have: lower case, no user, no path, no
# closing slash. A last label of digits would be an IP address, which did:web §3.1 does not allow.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_BASE_URL = re.compile(
    rf"(?P<scheme>https?)://(?P<host>(?:{_LABEL}\.)*(?!\d+(?::|$)){_LABEL})(?::(?P<port>[1-9]\d{{1,4}}))?", re.ASCII
)
_DEFAULT_PORTS = {"https": "443", "http": "80"}
_LOCAL = "localhost"
# RFC 6761, RFC 6762: names that nobody can reach from outside. A credential that is issued under one names a dead
# address.
_UNREACHABLE = ("localhost", "local", "test", "example", "invalid")
# As `vendored.require_safe_namespace` has it, which is the last to see it; a test holds the two together.
_NAMESPACE = re.compile(
    r"(?:https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|http://(?:localhost|127\.0\.0\.1))(?::[0-9]{1,5})?"
    r"(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+",
    re.ASCII,
)
_SQLITE = "sqlite:///"
_VERIFIER_KEY = re.compile(r"[^+\s,]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+={0,2}", re.ASCII)
"""The form alone: who reads the key looks closer (https://c2sp.org/signed-note#verifier-keys)."""
_WIDEST_PREFIX = {4: 8, 6: 16}
"""By IP version, the shortest prefix of a network of proxies: 10.0.0.0/8 is the widest that one site has of its own,
and no list of two or three networks covers everybody."""
_POSTGRESQL = ("postgresql://", "postgresql+psycopg://")


def _comma_separated(value: object) -> object:
    return [item.strip() for item in value.split(",")] if isinstance(value, str) else value


class Settings(BaseModel):
    """All settings. What each one means stands in its description, which is also its documentation."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    environment: Literal["development", "production"] = Field(
        default="development", description="`production` refuses values that are unsafe for real credentials."
    )
    base_url: str = Field(
        default="http://localhost:8000",
        description="The address of this installation, without a closing slash. It is part of every identifier, is "
        "stored with the database, and can never change after the first credential.",
    )
    namespace: str = Field(
        default="https://ns.jmc.example/mc/v1",
        max_length=200,
        description="The namespace of the national specification, an https URL with a path: everywhere the same, fixed "
        "with the database.",
    )
    data_dir: Path = Field(
        default=Path(".data/localhost-8000"),
        description="The folder of the embedded database and, by default, of the key file.",
    )
    database_url: str = Field(
        default_factory=lambda data: f"{_SQLITE}{data['data_dir'] / 'jmc-vc.sqlite3'}",
        repr=False,  # it may hold a password
        description="`sqlite:///path/to/file` or `postgresql://user:password@host/name`. Required in production.",
        json_schema_extra={"default_text": "an SQLite file `jmc-vc.sqlite3` in the data folder"},
    )
    kek_file: Path = Field(
        default_factory=lambda data: data["data_dir"] / "kek",
        description="The file of the key-encryption key, readable by its owner alone (mode 0600 or 0400). In "
        "production it must lie outside the data folder, so that a copy of the data is no copy of the key.",
        json_schema_extra={"default_text": "`kek` in the data folder"},
    )
    anchor_file: Path | None = Field(
        default=None,
        description="The file in which the last signed head of the public log is kept; a copy of the log grows beside "
        "it, under the same name with `.log`. Its folder has to exist: without it nothing starts. A database that is "
        "older than the head is refused at the start. In production the file must lie outside the data folder, "
        "best on another disk, so that a copy of the data that is put back does not put it back, too.",
        json_schema_extra={"default_text": "none"},
    )
    witnesses: Annotated[tuple[str, ...], BeforeValidator(_comma_separated)] = Field(
        default=(),
        description="Verifier keys (`name+id+key`) of the witnesses whose cosignatures the public log takes, "
        "comma-separated.",
        json_schema_extra={"default_text": "none"},
    )
    pkcs11_module: Path | None = Field(
        default=None,
        description="The PKCS#11 library of a hardware security module, with its folder. Needed where signing keys or "
        "the key-encryption key live on a token; `JMC_VC_PKCS11_PIN_FILE` goes with it.",
        json_schema_extra={"default_text": "none"},
    )
    pkcs11_pin_file: Path | None = Field(
        default=None,
        description="The file of the token's user PIN, one line, readable by its owner alone (mode 0600 or 0400).",
        json_schema_extra={"default_text": "none"},
    )
    pkcs11_token: str | None = Field(
        default=None,
        max_length=32,
        description="The label of the token on which new keys are made and on which the key-encryption key is opened.",
        json_schema_extra={"default_text": "none"},
    )
    kek_on_token: bool = Field(
        default=False,
        description="Wrap each key-encryption key that `init` or `kek new` makes on the token: the file alone opens "
        "nothing.",
    )
    demo: bool = Field(
        default=False, description="Fill an empty database with labelled test data. Refused in production."
    )
    conformance: bool = Field(
        default=False,
        description="Serve `/conformance/…` for the public test suites of W3C: it issues and verifies whatever is "
        "sent, under keys of its own. Refused in production.",
    )
    fetch_hosts_file: Path | None = Field(
        default=None,
        description="For test networks: a file with lines `name address:port` that says where the names of other hosts "
        "lead. A name of the file stands for this machine (127.0.0.0/8, ::1) or for a public address, at any port; "
        "everything else is as in production. Refused in production.",
        json_schema_extra={"default_text": "none"},
    )
    fetch_ca_file: Path | None = Field(
        default=None,
        description="For test networks: a PEM file of the certificate authorities that other hosts are believed by, in "
        "the place of the machine's. Refused in production.",
        json_schema_extra={"default_text": "none"},
    )
    organization_name_ja: str = Field(
        default="日本マイクロクレデンシャル機構",
        min_length=1,
        description="The accrediting organization's name in Japanese.",
    )
    organization_name_en: str = Field(
        default="Japan Micro-Credential Organization", min_length=1, description="Its name in English."
    )
    organization_short_name: str = Field(default="JMC", min_length=1, description="Its short name, in both languages.")
    accreditation_ja: str = Field(
        default="認証", min_length=1, description="The Japanese word for what the organization does with programs."
    )
    accreditation_noun: str = Field(
        default="accreditation", min_length=1, description="The English noun for it, for example `recognition`."
    )
    accreditation_adjective: str = Field(
        default="accredited", min_length=1, description="The English adjective, for example `recognized`."
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="The address on which the service listens.")
    port: int = Field(default=8000, ge=1, le=65_535, description="The port on which the service listens.")
    workers: int = Field(default=1, ge=1, le=64, description="Serving processes.")
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_comma_separated)] = Field(
        default=(),
        description="Addresses or networks of the proxies in front, comma-separated. Only they are believed about the "
        "caller's address; `*` and networks wider than /8 (IPv4) or /16 (IPv6) are refused.",
        json_schema_extra={"default_text": "none"},
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least that is logged."
    )
    max_body_bytes: int = Field(
        default=2_097_152,
        ge=65_536,
        le=16_777_216,
        description="The largest request body, in bytes; 2 MB by default. No JSON larger than 2 MB is read.",
    )
    desk_batch: int = Field(
        default=500, ge=1, le=1_000, description="How many waiting issue requests share one transaction at most."
    )
    status_max_age_seconds: int = Field(
        default=5, ge=0, le=5, description="How long others may keep a status list before they ask again, in seconds."
    )
    status_valid_hours: int = Field(
        default=24,
        ge=1,
        le=24,
        description="How long a signed status list is valid, in hours; re-signed when half is spent.",
    )

    @property
    def production(self) -> bool:
        """Whether real credentials are issued here."""
        return self.environment == "production"


def load(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; an empty variable counts as absent. Raises ConfigurationError."""
    # In any case: who writes `jmc_vc_port` means a setting, and should learn that it is none.
    given = {name: value for name, value in environ.items() if name.upper().startswith(PREFIX) and value}
    for name in given:
        if name != name.upper() or _field(name) not in Settings.model_fields:
            raise UnknownSetting(setting=name[:_NAMEABLE].encode("ascii", "replace").decode())
    try:
        settings = Settings.model_validate({_field(name): value for name, value in given.items()})
    except ValidationError as err:
        raise _refusal(err) from None
    require_usable(settings)
    return settings


def require_usable(settings: Settings) -> None:
    """Raise ConfigurationError if the service would not start with these settings."""
    _check(settings)
    if settings.production:
        _check_production(settings)


def _check(settings: Settings) -> None:
    url = _BASE_URL.fullmatch(settings.base_url)
    if (
        url is None
        or (url["scheme"] == "http" and url["host"] != _LOCAL)
        or url["port"] == _DEFAULT_PORTS[url["scheme"]]
    ):
        raise BadBaseUrl(setting=variable_of("base_url"))
    if not _NAMESPACE.fullmatch(settings.namespace) or ".." in settings.namespace:
        raise BadNamespace(setting=variable_of("namespace"))
    sqlite = settings.database_url.startswith(_SQLITE)
    if not settings.database_url.startswith(_POSTGRESQL) and not (sqlite and _sqlite_file(settings).name):
        raise BadDatabaseUrl(setting=variable_of("database_url"))
    if not all(_VERIFIER_KEY.fullmatch(key) for key in settings.witnesses):
        raise BadWitness(setting=variable_of("witnesses"))
    if settings.pkcs11_module is not None and not settings.pkcs11_module.is_absolute():
        raise BadPkcs11Module(setting=variable_of("pkcs11_module"))
    library, token = settings.pkcs11_module is not None, settings.pkcs11_token is not None
    if (settings.pkcs11_pin_file is not None) != library or token > library or settings.kek_on_token > token:
        raise Pkcs11Incomplete
    if any(network.prefixlen < _WIDEST_PREFIX[network.version] for network in settings.trusted_proxies):
        raise TrustsEveryProxy(setting=variable_of("trusted_proxies"))


def _check_production(settings: Settings) -> None:
    url = _BASE_URL.fullmatch(settings.base_url)
    host = url["host"] if url else ""
    if not settings.base_url.startswith("https://") or "." not in host or host.rpartition(".")[2] in _UNREACHABLE:
        raise UnreachableBaseUrl(setting=variable_of("base_url"))
    if "database_url" not in settings.model_fields_set:
        raise DatabaseNotChosen(setting=variable_of("database_url"))
    data = [settings.data_dir]
    if settings.database_url.startswith(_SQLITE):
        data.append(_sqlite_file(settings).parent)
    if any(settings.kek_file.resolve().is_relative_to(folder.resolve()) for folder in data):
        raise KekBesideData(setting=variable_of("kek_file"))
    anchor = settings.anchor_file
    if anchor is not None and any(anchor.resolve().is_relative_to(folder.resolve()) for folder in data):
        raise AnchorBesideData(setting=variable_of("anchor_file"))
    if settings.demo:
        raise DemoInProduction(setting=variable_of("demo"))
    if settings.conformance:
        raise ConformanceInProduction(setting=variable_of("conformance"))
    for name in ("fetch_hosts_file", "fetch_ca_file"):
        if getattr(settings, name) is not None:
            raise FetchingElsewhereInProduction(setting=variable_of(name))


def _sqlite_file(settings: Settings) -> Path:
    path = settings.database_url.removeprefix(_SQLITE).partition("?")[0]
    return Path() if path == ":memory:" else Path(path)


def _refusal(err: ValidationError) -> ConfigurationError:
    fault = err.errors(include_input=False, include_url=False)[0]
    name = str(fault["loc"][0])
    variable, field = variable_of(name), Settings.model_fields[name]
    if name == "trusted_proxies":
        return TrustsEveryProxy(setting=variable)
    if name == "namespace":
        return BadNamespace(setting=variable)
    if fault["type"] in {"greater_than_equal", "less_than_equal"}:
        least, most = range_of(field)
        return SettingOutOfRange(setting=variable, least=least, most=most)
    if fault["type"] == "literal_error":
        return NotAChoice(setting=variable, choices=", ".join(get_args(field.annotation)))
    return UnreadableSetting(setting=variable)


def variable_of(name: str) -> str:
    """The environment variable of a field."""
    return f"{PREFIX}{name.upper()}"


def _field(variable: str) -> str:
    return variable.removeprefix(PREFIX).lower()


def range_of(field: FieldInfo) -> tuple[int, int]:
    """The least and the greatest value of a field that is a number."""
    least = next(bound.ge for bound in field.metadata if hasattr(bound, "ge"))
    most = next(bound.le for bound in field.metadata if hasattr(bound, "le"))
    return least, most
