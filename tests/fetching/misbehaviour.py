"""What becomes of a host's misbehaviour."""

from tests.simulators.outside import Mode

MISBEHAVIOUR = {
    Mode.REFUSES: "fetch.unreachable",
    Mode.HANGS_AT_CONNECT: "fetch.timeout",
    Mode.HANGS_AT_HANDSHAKE: "fetch.timeout",
    Mode.DRIPS_HANDSHAKE: "fetch.timeout",
    Mode.HANGS_AT_HEADERS: "fetch.timeout",
    Mode.HANGS_IN_BODY: "fetch.timeout",
    Mode.DRIPS_HEADERS: "fetch.timeout",
    Mode.DRIPS_BODY: "fetch.timeout",
    Mode.ENDLESS_INTERIM: "fetch.limit",
    Mode.ENDLESS_HEADERS: "fetch.limit",
    Mode.ENDLESS_BODY: "fetch.limit",  # DD-09
    Mode.ENDLESS_CHUNKS: "fetch.limit",
    Mode.TINY_CHUNKS: "fetch.limit",
    Mode.ANNOUNCES_TOO_MUCH: "fetch.limit",
    Mode.REDIRECTS_INSIDE: "fetch.redirect",  # DD-06
    Mode.REDIRECTS_ELSEWHERE: "fetch.redirect",  # DD-07
    Mode.GZIP_BOMB: "fetch.limit",  # DD-11
    Mode.RESETS: "fetch.unreachable",
    Mode.RESETS_AT_HEADERS: "fetch.unreachable",
    Mode.RESETS_IN_BODY: "fetch.unreachable",
    Mode.HANGS_UP: "fetch.unreachable",
    Mode.GARBAGE: "fetch.unreachable",
    Mode.PLAIN: "fetch.tls",  # DD-08
    Mode.WRONG_CERTIFICATE: "fetch.tls",
    Mode.EXPIRED_CERTIFICATE: "fetch.tls",
    Mode.UNKNOWN_AUTHORITY: "fetch.tls",
    Mode.TOO_SHORT: "fetch.unreachable",
    Mode.CUT_OFF: "fetch.unreachable",
    Mode.SWITCHES: "fetch.unreachable",
    Mode.NOT_FOUND: "fetch.status",  # DD-14
    Mode.GONE: "fetch.status",
    Mode.TOO_MANY: "fetch.status",
    Mode.FAILS: "fetch.status",
    Mode.BAD_GATEWAY: "fetch.status",
}
