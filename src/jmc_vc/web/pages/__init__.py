"""The public pages, in Japanese and English: server-rendered, without scripts, one file per page.

`?lang=en` asks for English on every page. Pages and data share the addresses that credentials name (`representation`).
"""

from fastapi import APIRouter

from jmc_vc.web.pages import (
    api,
    batch,
    credential,
    decision,
    home,
    issuer,
    log,
    pathway,
    program,
    receipt,
    register,
    static_files,
    verify,
)
from jmc_vc.web.pages.failure import failure_page

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    register.router,
    program.router,
    issuer.router,
    decision.router,
    pathway.router,
    verify.router,
    batch.router,
    receipt.router,
    credential.router,
    log.router,
    api.router,
    static_files.router,
)

__all__ = ["ROUTERS", "failure_page"]
