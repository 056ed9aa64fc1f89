"""Settings are read whole or refused in one sentence, and unsafe ones do not reach production."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from jmc_vc import settings as module
from jmc_vc.cli.settings_page import reference
from jmc_vc.configuration_errors import ConfigurationError
from jmc_vc.sentences import sentence
from jmc_vc.settings import Settings, load
from jmc_vc.vendored import UnsafeNamespace, require_safe_namespace

UNSAFE_NAMESPACES = (
    "ns.jmc.example/mc/v1",
    "https://ns.jmc.example",
    "https://ns.jmc.example/mc/v1/",
    "http://ns.jmc.example/mc/v1",
    "https://ns.jmc.example/mc/../v1",
    "https://ns.jmc.example/mc/v1?x=1",
    "https://ns.jmc.example/mc/v1#x",
    "https://user@ns.jmc.example/mc/v1",
    "https://ns.jmc.example/名前",
    'https://ns.jmc.example/"v1',
    "https://ns.jmc.example/mc/v1\n",
    "javascript:alert(1)",
    "https://ns.jmc.example/" + "v" * 200,
)
ROOT = Path(__file__).parents[1]
PRODUCTION = {
    "JMC_VC_ENVIRONMENT": "production",
    "JMC_VC_BASE_URL": "https://mc.hoshimi-kiko.jp",
    "JMC_VC_DATA_DIR": "/var/lib/jmc-vc",
    "JMC_VC_DATABASE_URL": "postgresql://jmc:a-password@db.internal/jmc",
    "JMC_VC_KEK_FILE": "/etc/jmc-vc/kek",
}


def _refused(**changes: str | None) -> ConfigurationError:
    """The refusal of production settings with `changes`; None takes a variable away."""
    environ = {**PRODUCTION, **{f"JMC_VC_{name}": value for name, value in changes.items()}}
    with pytest.raises(ConfigurationError) as refused:
        load({name: value for name, value in environ.items() if value is not None})
    return refused.value


def test_without_any_variable_the_service_runs_on_this_machine() -> None:
    settings = load({"PATH": "/bin", "HOME": "/root"})
    assert settings.base_url == "http://localhost:8000"
    assert settings.database_url == "sqlite:///.data/localhost-8000/jmc-vc.sqlite3"
    assert settings.kek_file == Path(".data/localhost-8000/kek")
    assert not settings.production


def test_database_and_key_follow_the_data_folder_unless_they_are_given() -> None:
    settings = load({"JMC_VC_DATA_DIR": "/srv/x"})
    assert settings.database_url == "sqlite:////srv/x/jmc-vc.sqlite3"
    assert settings.kek_file == Path("/srv/x/kek")
    assert load({"JMC_VC_DATA_DIR": "/srv/x", "JMC_VC_KEK_FILE": "/k"}).kek_file == Path("/k")


def test_an_empty_variable_counts_as_absent() -> None:
    assert load({"JMC_VC_BASE_URL": "", "JMC_VC_KEK_FILE": ""}) == load({})


def test_production_starts_with_safe_values() -> None:
    settings = load(PRODUCTION)
    assert settings.production
    assert load({**PRODUCTION, "JMC_VC_DATABASE_URL": "sqlite:////var/lib/jmc-vc/db.sqlite3"}).production


def test_proxies_are_addresses_or_networks() -> None:
    settings = load({"JMC_VC_TRUSTED_PROXIES": "10.0.0.1, 192.168.0.0/24,fd00::/16,172.0.0.0/8"})
    networks = [str(network) for network in settings.trusted_proxies]
    assert networks == ["10.0.0.1/32", "192.168.0.0/24", "fd00::/16", "172.0.0.0/8"]


@pytest.mark.parametrize("name", ["jmc_vc_port", "Jmc_Vc_Port", "JMC_VC_port"])
def test_a_setting_in_lower_case_is_told_not_ignored(name: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load({name: "8001"})
    assert refused.value.code == "config.unknown"
    assert refused.value.params == {"setting": name}


def test_settings_and_contexts_agree_on_what_a_namespace_is() -> None:
    for namespace in UNSAFE_NAMESPACES:
        with pytest.raises(UnsafeNamespace):
            require_safe_namespace(namespace)
    for namespace in ("https://ns.jmc.example/mc/v1", "https://ns.jmc.example:8443/x", "http://localhost:8000/ns/v1.2"):
        require_safe_namespace(namespace)
        assert load({"JMC_VC_NAMESPACE": namespace}).namespace == namespace


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"BASE_URL": None}, "config.production_base_url", id="CF-01-none"),
        pytest.param({"BASE_URL": "http://mc.hoshimi-kiko.jp"}, "config.base_url", id="CF-01-http"),
        pytest.param({"BASE_URL": "https://localhost"}, "config.production_base_url", id="CF-01-localhost"),
        pytest.param({"BASE_URL": "https://mc.localhost"}, "config.production_base_url", id="CF-01-sub-localhost"),
        pytest.param({"BASE_URL": "https://intranet"}, "config.production_base_url", id="CF-01-one-label"),
        pytest.param({"BASE_URL": "https://mc.example"}, "config.production_base_url", id="CF-01-reserved"),
        pytest.param({"BASE_URL": "https://192.0.2.1"}, "config.base_url", id="CF-01-address"),
        pytest.param({"BASE_URL": "https://[2001:db8::1]"}, "config.base_url", id="CF-01-address-6"),
        pytest.param({"BASE_URL": "https://mc.hoshimi-kiko.jp/"}, "config.base_url", id="closing-slash"),
        pytest.param({"BASE_URL": "https://mc.hoshimi-kiko.jp/vc"}, "config.base_url", id="path"),
        pytest.param({"BASE_URL": "https://mc.hoshimi-kiko.jp?x"}, "config.base_url", id="query"),
        pytest.param({"BASE_URL": "https://user@mc.hoshimi-kiko.jp"}, "config.base_url", id="user"),
        pytest.param({"BASE_URL": "https://MC.hoshimi-kiko.jp"}, "config.base_url", id="upper-case"),
        pytest.param({"BASE_URL": "https://mc.hoshimi-kiko.jp:443"}, "config.base_url", id="default-port"),
        pytest.param({"BASE_URL": "https://証明.jp"}, "config.base_url", id="not-ascii"),
        pytest.param({"BASE_URL": "https://mc.hoshimi-kiko.jp\n"}, "config.base_url", id="line-break"),
        pytest.param({"DATABASE_URL": None}, "config.production_database", id="database-not-chosen"),
        pytest.param({"DATABASE_URL": "mysql://x/y"}, "config.database_url", id="other-database"),
        pytest.param({"DATABASE_URL": "sqlite://"}, "config.database_url", id="sqlite-in-memory"),
        pytest.param({"DATABASE_URL": "sqlite:///:memory:"}, "config.database_url", id="sqlite-in-memory-2"),
        pytest.param({"KEK_FILE": None}, "config.production_kek_file", id="kek-beside-data"),
        pytest.param({"KEK_FILE": "/var/lib/jmc-vc/x/../kek"}, "config.production_kek_file", id="kek-under-data"),
        pytest.param(
            {"DATABASE_URL": "sqlite:////srv/db/x.sqlite3", "KEK_FILE": "/srv/db/kek"},
            "config.production_kek_file",
            id="kek-beside-database",
        ),
        pytest.param(
            {"ANCHOR_FILE": "/var/lib/jmc-vc/anchor"}, "config.production_anchor_file", id="anchor-beside-data"
        ),
        pytest.param({"WITNESSES": "witness.example"}, "config.witnesses", id="witness-without-key"),
        pytest.param({"DEMO": "true"}, "config.production_demo", id="demo"),
        pytest.param({"CONFORMANCE": "1"}, "config.production_conformance", id="SF-10-D-1-conformance"),
        pytest.param({"FETCH_HOSTS_FILE": "/hosts"}, "config.production_fetching", id="names-of-a-test-network"),
        pytest.param({"FETCH_CA_FILE": "/ca.pem"}, "config.production_fetching", id="authorities-of-a-test-network"),
        pytest.param({"PKCS11_MODULE": "/lib.so"}, "config.pkcs11_incomplete", id="token-without-pin"),
        pytest.param({"PKCS11_PIN_FILE": "/p"}, "config.pkcs11_incomplete", id="pin-without-library"),
        pytest.param({"PKCS11_TOKEN": "jmc"}, "config.pkcs11_incomplete", id="token-without-library"),
        pytest.param({"KEK_ON_TOKEN": "true"}, "config.pkcs11_incomplete", id="kek-on-no-token"),
        pytest.param({"PKCS11_PIN": "1234"}, "config.unknown", id="pin-in-the-environment"),
        pytest.param({"BASE_ULR": "https://x.jp"}, "config.unknown", id="CF-03-typo"),
        pytest.param({"base_url": "https://x.jp"}, "config.unknown", id="CF-03-lower-case"),
        pytest.param({"MODEL_CONFIG": "x"}, "config.unknown", id="CF-03-no-field"),
        pytest.param({"STATUS_MAX_AGE_SECONDS": "-1"}, "config.range", id="CF-04-ttl"),
        pytest.param({"STATUS_VALID_HOURS": "8760"}, "config.range", id="CF-04-year"),
        pytest.param({"WORKERS": "0"}, "config.range", id="CF-04-workers"),
        pytest.param({"PORT": "65536"}, "config.range", id="CF-04-port"),
        pytest.param({"PORT": "http"}, "config.value", id="CF-04-no-number"),
        pytest.param({"PORT": "9" * 5000}, "config.value", id="CF-04-long-number"),
        pytest.param({"DESK_BATCH": "1e3"}, "config.value", id="CF-04-float"),
        pytest.param({"ENVIRONMENT": "prod"}, "config.choice", id="CF-04-environment"),
        pytest.param({"TRUSTED_PROXIES": "*"}, "config.trusted_proxies", id="CF-06-star"),
        pytest.param({"TRUSTED_PROXIES": "10.0.0.1,*"}, "config.trusted_proxies", id="CF-06-and-star"),
        pytest.param({"TRUSTED_PROXIES": "0.0.0.0/0"}, "config.trusted_proxies", id="CF-06-all"),
        pytest.param({"TRUSTED_PROXIES": "::/0"}, "config.trusted_proxies", id="CF-06-all-6"),
        pytest.param(
            {"TRUSTED_PROXIES": "0.0.0.0/1,128.0.0.0/1"}, "config.trusted_proxies", id="CF-06-all-in-two-halves"
        ),
        pytest.param({"TRUSTED_PROXIES": "10.0.0.0/7"}, "config.trusted_proxies", id="CF-06-wide"),
        pytest.param({"TRUSTED_PROXIES": "fd00::/15"}, "config.trusted_proxies", id="CF-06-wide-6"),
        *(
            pytest.param({"NAMESPACE": namespace}, "config.namespace", id=f"namespace-{namespace[:30]}")
            for namespace in UNSAFE_NAMESPACES
        ),
        pytest.param({"TRUSTED_PROXIES": "10.0.0.1/8"}, "config.trusted_proxies", id="CF-06-sloppy"),
        pytest.param({"TRUSTED_PROXIES": "proxy.internal"}, "config.trusted_proxies", id="CF-06-name"),
    ],
)
def test_a_bad_setting_is_refused_in_one_sentence(changes: dict[str, str | None], code: str) -> None:
    refusal = _refused(**changes)
    assert refusal.code == code
    said = sentence(refusal.code, **refusal.params)
    assert "\n" not in said.ja + said.en
    (name,) = changes.keys() - {"DATABASE_URL"} or changes.keys()
    assert f"JMC_VC_{name}" in said.ja
    assert f"JMC_VC_{name}" in said.en


def test_a_token_is_named_whole() -> None:
    given = {"PKCS11_MODULE": "/lib/x.so", "PKCS11_PIN_FILE": "/pin", "PKCS11_TOKEN": "jmc"}
    assert load({f"JMC_VC_{name}": value for name, value in given.items()}).pkcs11_token == "jmc"
    assert load({**{f"JMC_VC_{name}": value for name, value in given.items()}, "JMC_VC_KEK_ON_TOKEN": "1"}).kek_on_token
    assert _refused(PKCS11_MODULE="/x.so", PKCS11_PIN_FILE="/pin", KEK_ON_TOKEN="1").code == "config.pkcs11_incomplete"
    assert _refused(**{**given, "PKCS11_MODULE": "x.so"}).code == "config.pkcs11_module"
    assert _refused(**{**given, "PKCS11_TOKEN": "a" * 33}).code == "config.value"


def test_a_refusal_does_not_repeat_the_value() -> None:
    refusal = _refused(DATABASE_URL="mysql://jmc:a-password@db/x")
    assert "a-password" not in f"{refusal} {refusal.params} {sentence(refusal.code, **refusal.params)}"
    assert "a-password" not in repr(load(PRODUCTION))


def test_a_hostile_variable_name_is_not_repeated_whole() -> None:
    refusal = _refused(**{"X" * 500 + "\n秘密": "1"})
    assert len(str(refusal.params["setting"])) <= 64
    assert str(refusal.params["setting"]).isprintable()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load({}).port = 1  # type: ignore[misc]


def test_every_setting_is_documented() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert f"`JMC_VC_{name.upper()}`" in reference()


def test_every_refusal_has_its_sentence() -> None:
    for refusal in vars(module).values():
        if isinstance(refusal, type) and issubclass(refusal, ConfigurationError):
            assert sentence(refusal.code, setting="x", least=1, most=2, choices="a").ja
