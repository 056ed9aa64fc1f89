"""The bundle of a credential for download, and the page that opens it, under a policy of its own."""

import base64
import hashlib
import json
import re
from uuid import UUID

from jmc_vc.formats.bundle import MEDIA_TYPE, read_bundle
from jmc_vc.verifying.bundled import open_bundle
from jmc_vc.web.pages.catalogue import translated
from jmc_vc.web.pages.wording import Wording
from jmc_vc.web.viewer.page import viewer_page
from tests.builders.bundles import uuid_of
from tests.web.conftest import Running


def test_whoever_has_the_address_gets_the_bundle(running: Running) -> None:
    uuid = uuid_of(running.installation.issue(running.award()).body)
    running.installation.clock.move(seconds=2)
    answer = running.client.get(f"/credentials/{uuid}/bundle")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert f"credential-{uuid.hex[:8]}.bundle.json" in answer.headers["content-disposition"]
    opened = open_bundle(answer.content, running.installation.service.did_document(None))
    assert opened.credential_id.endswith(str(uuid))


def test_what_does_not_exist_has_no_bundle(running: Running) -> None:
    assert running.client.get(f"/credentials/{UUID(int=1)}/bundle").status_code == 404
    assert running.client.get("/credentials/nothing/bundle").status_code == 404


def test_the_schema_of_bundles_is_published(running: Running) -> None:
    answer = running.client.get("/schema/credential-bundle/1.0/bundle.json")
    assert answer.status_code == 200
    assert answer.json()["properties"]["version"] == {"const": "1.0"}


def test_every_label_of_the_page_is_one_of_the_other_pages() -> None:
    """A text that the templates no longer have would be English on a Japanese page."""
    wording = Wording(name_ja="機構", name_en="Body", short="B", japanese="認証", noun="noun", adjective="adjective")
    labels = re.search(r"^const LABELS = (\{.*\});$", viewer_page({}, wording).html, re.MULTILINE)
    assert labels
    known = {text for each in translated() for text in ((each.id,) if isinstance(each.id, str) else each.id)}
    assert json.loads(labels[1]).keys() <= known


def test_the_page_allows_its_own_script_and_style_alone(running: Running) -> None:
    answer = running.client.get("/verify/offline")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    html = answer.text
    (script,) = re.findall(r'<script type="module">(.*?)</script>', html, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    for directive, content in (("script-src", script), ("style-src", style)):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    (meta,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy == f"{meta}; frame-ancestors 'none'"


def test_the_page_names_no_other_address_and_carries_the_key(running: Running) -> None:
    html = running.client.get("/verify/offline").text
    assert not re.search(r'(?:src|href)="(?!#)', html)
    document = json.loads(html.partition("const TRUST = ")[2].partition(";\n")[0])
    assert document == running.installation.service.did_document(None)


def test_a_bundle_conforms_to_its_schema(running: Running) -> None:
    uuid = uuid_of(running.installation.issue(running.award()).body)
    running.installation.clock.move(seconds=2)
    assert read_bundle(running.installation.service.bundle(uuid, now=running.installation.now))["version"] == "1.0"
