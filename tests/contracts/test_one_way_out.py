"""Nothing but `jmc_vc.fetching` opens a connection to another host.

import-linter holds the same for whole modules; here are looked for the parts of modules that it cannot tell apart, and
the calls that need no import of their own.
"""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "jmc_vc"
CLIENTS = frozenset(
    {
        "httpx", "httpcore", "h11", "requests", "urllib3", "aiohttp", "websockets", "socket", "ssl", "socketserver",
        "smtplib", "ftplib", "poplib", "imaplib", "xmlrpc.client", "urllib.request", "http.client", "asyncio.streams",
        "anyio", "telnetlib", "nntplib", "pycurl", "paramiko", "dns", "_socket", "_ssl",
    }
)  # fmt: skip
CALLS = frozenset(
    {"open_connection", "create_connection", "urlopen", "urlretrieve", "connect_tcp", "open_unix_connection",
     "create_datagram_endpoint", "getaddrinfo", "gethostbyname", "sock_connect"}
)  # fmt: skip
MAY = {
    "cli/serve.py": {"socket", "getaddrinfo"},  # opens the socket on which it is spoken to, on the host of the settings
    "isolation/pool.py": {"socket"},  # pairs of sockets between this process and its workers
    "isolation/worker.py": {"socket"},
}


def _found(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Attribute) and node.attr in CALLS:
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in CLIENTS - {"requests"}:
            found.add(node.value)  # as `import_module` would have it
    return {name for name in found if name in CALLS | CLIENTS or name.split(".")[0] in CLIENTS}


@pytest.mark.parametrize(
    "path", [path for path in sorted(PACKAGE.rglob("*.py")) if "fetching" not in path.relative_to(PACKAGE).parts],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)  # fmt: skip
def test_a_module_opens_no_connection(path: Path) -> None:
    assert _found(path) <= MAY.get(path.relative_to(PACKAGE).as_posix(), set())


def test_the_search_finds_what_it_looks_for() -> None:
    assert {"socket", "getaddrinfo"} <= _found(PACKAGE / "cli" / "serve.py")
    assert "httpcore" in _found(PACKAGE / "fetching" / "asking.py")
