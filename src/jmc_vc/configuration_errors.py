"""Settings with which the service does not start. Each refusal names the variable, and never its value."""

from jmc_vc.errors import Error


class ConfigurationError(Error):
    """The service does not start with these settings."""

    code = "config.invalid"


class UnknownSetting(ConfigurationError):
    """A variable with our prefix that is no setting: most often a typing error."""

    code = "config.unknown"


class UnreadableSetting(ConfigurationError):
    """A value of the wrong form."""

    code = "config.value"


class SettingOutOfRange(ConfigurationError):
    """A number outside its bounds."""

    code = "config.range"


class NotAChoice(ConfigurationError):
    """A value that is none of those to choose from."""

    code = "config.choice"


class BadBaseUrl(ConfigurationError):
    """The base URL is not `https://host[:port]`, or `http://localhost[:port]` on this machine."""

    code = "config.base_url"


class BadNamespace(ConfigurationError):
    """The namespace is not a plain https URL with a path and without a closing slash."""

    code = "config.namespace"


class BadDatabaseUrl(ConfigurationError):
    """The database is neither an SQLite file nor a PostgreSQL URL."""

    code = "config.database_url"


class TrustsEveryProxy(ConfigurationError):
    """Every sender, or half of the internet, would be believed about whose request it passes on (CF-06)."""

    code = "config.trusted_proxies"


class UnreachableBaseUrl(ConfigurationError):
    """In production: not https, or a host that nobody can reach from outside (CF-01)."""

    code = "config.production_base_url"


class DatabaseNotChosen(ConfigurationError):
    """In production: the embedded database was not chosen but left as it was."""

    code = "config.production_database"


class KekBesideData(ConfigurationError):
    """In production: the key-encryption key would be copied along with every backup of the data."""

    code = "config.production_kek_file"


class AnchorBesideData(ConfigurationError):
    """In production: whoever puts a copy of the data back would put the anchor back with it, and nothing would show."""

    code = "config.production_anchor_file"


class BadWitness(ConfigurationError):
    """A witness is not named by its verifier key."""

    code = "config.witnesses"


class BadPkcs11Module(ConfigurationError):
    """The PKCS#11 library is named without its folder: what is loaded would depend on where the system looks first."""

    code = "config.pkcs11_module"


class Pkcs11Incomplete(ConfigurationError):
    """A library without a PIN file opens no token, and neither does a PIN file or a token without a library. A key goes
    on a token that is named."""

    code = "config.pkcs11_incomplete"


class DemoInProduction(ConfigurationError):
    """In production: invented issuers and awards would be signed under a real name."""

    code = "config.production_demo"


class ConformanceInProduction(ConfigurationError):
    """In production: credentials would be signed and verified for anybody, without any of JMC's rules (D-1)."""

    code = "config.production_conformance"


class FetchingElsewhereInProduction(ConfigurationError):
    """In production: who writes such a file would say where the names of all other issuers lead, or who vouches for
    them."""

    code = "config.production_fetching"
