"""`serve`: the web server, and with --demo an installation that is ready to be looked at."""

import gc
import os
import signal
import socket
from collections.abc import Mapping
from typing import Annotated, Any

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from jmc_vc import bootstrap
from jmc_vc.bootstrap import Service
from jmc_vc.cli import demo_site, earlier_credentials, first_credential, log_lines
from jmc_vc.cli.memory_guard import protect_memory
from jmc_vc.cli.opening import clock, configured
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import Terminal, terminal_of
from jmc_vc.errors import Unavailable
from jmc_vc.installation import NotInitialized, initialize
from jmc_vc.sentences import sentence
from jmc_vc.settings import PREFIX, Settings
from jmc_vc.storage.database import Database
from jmc_vc.storage.schema import SchemaOlder
from jmc_vc.web.app import create_app
from jmc_vc.web.http_protocol import LimitedHttpProtocol

_GRACE_SECONDS = 30
"""How long requests under way may take when the service is stopped; the container gives 35."""
_BACKLOG = 2_048
_DEMO_FOLDER = ".data/localhost-{port}"


class CannotListen(Unavailable):
    """The port is taken, or the address is not this machine's."""

    code = "cli.cannot_listen"


def serve(
    context: typer.Context,
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Prepare the installation and load labelled test data if they are missing.")
    ] = False,
    host: Annotated[str | None, typer.Option("--host", metavar="ADDRESS", help="Goes before JMC_VC_HOST.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65_535, help="Goes before JMC_VC_PORT.")] = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Serve pages and interfaces until stopped / サービスを開始する"""
    terminal = terminal_of(context)
    overrides = _overrides(demo=demo, host=host, port=port)
    settings = configured(data, overrides)
    log_lines.begin(settings.log_level)
    listener = _listen(settings)
    service = _prepared(settings) if settings.demo else bootstrap.build(settings, clock=clock)
    try:
        if service.kek_matches:
            earlier_credentials.enter(service, terminal)
        else:
            terminal.note("cli.kek_differs")
        welcome = _demo_lines(service, terminal) if settings.demo else _plain_lines(service, terminal)
        # Whatever the children of several processes read comes from the environment.
        os.environ.update({f"{PREFIX}{name}": value for name, value in overrides.items()})
        if data is not None:
            os.environ[f"{PREFIX}DATA_DIR"] = str(data)
        _run(service, listener, terminal, *welcome)
    finally:
        listener.close()
        service.database.close()


def application() -> Any:
    """The application of one of several serving processes: each opens the installation for itself."""
    protect_memory()
    settings = configured()
    log_lines.begin(settings.log_level)
    return _settled(bootstrap.build(settings, clock=clock))


def _settled(service: Service) -> Any:
    """The application, with all that stays as long as the process put beside the garbage collector: to look through
    these 200,000 objects again stops every request for more than a tenth of a second, every few seconds."""
    app = create_app(service)
    gc.collect()
    gc.freeze()
    return app


def _overrides(*, demo: bool, host: str | None, port: int | None) -> dict[str, str]:
    given = {"DEMO": "true" if demo else None, "HOST": host, "PORT": None if port is None else str(port)}
    overrides = {name: value for name, value in given.items() if value is not None}
    if demo and port is not None:
        # A demonstration on another port is another installation: its address is its identity.
        follow = {"BASE_URL": f"http://localhost:{port}", "DATA_DIR": _DEMO_FOLDER.format(port=port)}
        overrides |= {name: value for name, value in follow.items() if not os.environ.get(f"{PREFIX}{name}")}
    return overrides


def _listen(settings: Settings) -> socket.socket:
    """The port is taken first: whoever started a second service should learn that before anything is touched."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except OSError as err:
        raise CannotListen(host=settings.host, port=str(settings.port)) from err
    listener.set_inheritable(True)
    return listener


def _prepared(settings: Settings) -> Service:
    """The installation of a demonstration: made, or brought up to date, and filled."""
    try:
        service = bootstrap.build(settings, clock=clock)
    except NotInitialized:
        initialize(settings, clock=clock)
        service = bootstrap.build(settings, clock=clock)
    except SchemaOlder:
        database = Database(settings.database_url)
        database.upgrade()
        database.close()
        service = bootstrap.build(settings, clock=clock)
    demo_site.load(service, now=clock())
    return service


def _plain_lines(service: Service, terminal: Terminal) -> tuple[Mapping[str, Any], list[str]]:
    url = service.site.base_url
    return {"baseUrl": url}, [terminal.text("cli.serving", url=url)]


def _demo_lines(service: Service, terminal: Terminal) -> tuple[Mapping[str, Any], list[str]]:
    """Both languages, because nobody knows yet who will look."""
    now, url = clock(), service.site.base_url
    api_key = first_credential.demo_api_key(service, now=now)
    command = first_credential.curl(service, api_key, now=now)
    pages = [
        ("cli.demo_register", f"{url}/programs"),
        ("cli.demo_program", f"{url}/programs/{demo_site.PROGRAM}"),
        ("cli.demo_verify", f"{url}/verify"),
        *(
            ("cli.demo_replaced" if each.replaced else "cli.demo_credential", each.url)
            for each in demo_site.credentials(service)
        ),
    ]
    value = {"baseUrl": url, "pages": [page for _, page in pages], "curl": command}
    lines = [_in_both("cli.serving", url=url), "", _in_both("cli.demo_open")]
    lines += [f"  {page}  {_in_both(code)}" for code, page in pages]
    return value, [*lines, "", _in_both("cli.demo_curl"), "", command, ""]


def _in_both(code: str, **params: str) -> str:
    said = sentence(code, **params)
    return f"{said.ja} / {said.en}"


def _run(
    service: Service, listener: socket.socket, terminal: Terminal, value: Mapping[str, Any], lines: list[str]
) -> None:
    settings = service.settings
    proxies = [str(network) for network in settings.trusted_proxies]
    several = settings.workers > 1
    config = uvicorn.Config(
        "jmc_vc.cli.serve:application" if several else _settled(service),
        factory=several,
        workers=settings.workers,
        http=LimitedHttpProtocol,
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    # The server catches the signal, stops gracefully and then raises it again; by then everything is done.
    signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        if several:
            terminal.show(value, *lines)
            Multiprocess(config, sockets=[listener]).run()
        else:
            _Server(config, lambda: terminal.show(value, *lines)).run(sockets=[listener])
    except KeyboardInterrupt:
        pass  # Ctrl+C is how one stops it


class _Server(uvicorn.Server):
    """Says what to open when it can be opened."""

    def __init__(self, config: uvicorn.Config, welcome: Any) -> None:
        super().__init__(config)
        self._welcome = welcome

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._welcome()
