"""The entry: what every answer carries, what a cold server gives away, and that nothing leaves the house."""

import gzip
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update
from starlette.requests import Request

from components.language import SCRIPT, script_address
from components.menu import ENTRIES, PageEntry, entries
from db import engine as db_engine
from db.audit import UNAUDITED
from db.engine import as_system
from db.models import Account
from db.passwords import hashed
from db.queries.accounts.health import health
from db.settings import settings
from db.terms import Role
from db.upkeep.schema import migrate
from pages.public.middleware import PackedAssets, SecurityHeaders, content_security_policy
from pages.public.routes import healthz
from tests.builders.world import build_world
from tests.load.tab import Tab
from tests.support.browser import PATIENCE, chromium, in_own_loop
from tests.support.demo import KEY
from tests.support.servers import ROOT, AppServer

PASSWORD = "correct horse battery"
MOST_COLD_BYTES = 800_000


def get(url: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and raw body of one request, never through a proxy; header names with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=body, headers=named, method=method)  # noqa: S310 - our own server
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=PATIENCE / 1000) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """The real app on its own SQLite database, with one person for every role."""
    folder = tmp_path_factory.mktemp("entry")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{folder}/entry.db")
        patch.setenv("YIQILAI_DATA_DIR", str(folder))
        db_engine.forget_engines()
        migrate()
        build_world()
        with as_system("test") as session:
            given = hashed(PASSWORD, username="test")
            session.execute(update(Account).values(password_hash=given), execution_options=UNAUDITED)
        env = {
            "YIQILAI_DATABASE_URL": f"sqlite:///{folder}/entry.db",
            "YIQILAI_METRICS_TOKEN": "metrics-token",
            "YIQILAI_SECRET_KEY": KEY,
        }
        with AppServer(folder, env) as running:
            yield running
        db_engine.forget_engines()


# --- without a browser ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/accounts", 200),
        ("/no/such/page", 200),
        ("/healthz", 200),
        ("/metrics", 401),
        ("/auth/enter", 200),
        ("/static/no-such-file.js", 200),
        ("/_stcore/health", 200),
        ("/_stcore/no-such", 200),
        ("/media/no-such", 404),
        ("//evil.example", 400),
    ],
)
def test_every_answer_carries_the_security_headers(server: AppServer, path: str, status: int) -> None:
    got, headers, _body = get(server.base_url + path)

    assert got == status
    assert headers["Content-Security-Policy"] == content_security_policy()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_the_policy_names_no_foreign_host_and_allows_no_inline_script() -> None:
    policy = content_security_policy()
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))

    assert not re.search(r"https?:|\*|\.\w", policy)
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts


def test_under_https_the_browser_is_told_to_stay_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIQILAI_PUBLIC_ADDRESS", "https://yiqilai.intranet")
    settings.cache_clear()
    sent: list[dict[str, object]] = []

    async def answer(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def keep(message) -> None:
        sent.append(message)

    in_own_loop(SecurityHeaders(answer)({"type": "http"}, None, keep))  # type: ignore[arg-type]
    settings.cache_clear()

    assert b"strict-transport-security" in dict(sent[0]["headers"])  # type: ignore[call-overload]


def test_websockets_pass_untouched() -> None:
    reached: list[object] = []

    async def inner(scope, receive, send) -> None:
        reached.append((scope, receive, send))

    for layer in (SecurityHeaders(inner), PackedAssets(inner)):
        in_own_loop(layer({"type": "websocket"}, "receive", "send"))  # type: ignore[arg-type]

    assert reached == [({"type": "websocket"}, "receive", "send")] * 2


def test_scripts_come_packed_and_are_kept_for_ever(server: AppServer) -> None:
    _status, _headers, page = get(server.base_url + "/", Accept_Encoding="gzip")
    html = gzip.decompress(page).decode()
    script = re.search(r'src="\./(static/js/index\.[^"]+\.js)"', html)
    assert script is not None

    _status, headers, packed = get(f"{server.base_url}/{script[1]}", Accept_Encoding="gzip")
    _status, plain_headers, plain = get(f"{server.base_url}/{script[1]}")

    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed) == plain
    assert "Content-Encoding" not in plain_headers
    assert {headers.get_content_type(), plain_headers.get_content_type()} <= {
        "text/javascript",
        "application/javascript",
    }


@pytest.mark.parametrize("path", ["/static/../../app.py", "/static/js/..%2f..%2f..%2fapp.py", "/static/%2e%2e/x.js"])
def test_packing_serves_nothing_outside_its_folder(server: AppServer, path: str) -> None:
    _status, _headers, body = get(server.base_url + path, Accept_Encoding="gzip")

    assert b"st.App" not in body


def test_the_first_page_is_chinese_and_names_no_foreign_host(server: AppServer) -> None:
    _status, headers, body = get(server.base_url + "/")
    html = body.decode()

    assert '<html lang="zh-CN">' in html
    assert "<title>议起来</title>" in html
    assert script_address() in html
    assert "http" not in html
    assert headers["Cache-Control"] == "no-cache"
    assert get(server.base_url + "/", If_None_Match=headers["ETag"])[0] == 304


def test_the_policy_fits_the_page(server: AppServer) -> None:
    """The inline script of the page is the one that the policy allows."""
    _status, _headers, body = get(server.base_url + "/")
    inline = re.findall(r"<script>(.*?)</script>", body.decode(), re.S)
    kept = re.findall(r"<script>(.*?)</script>", Path(_index()).read_text(encoding="utf-8"), re.S)

    assert inline == kept


def _index() -> str:
    from streamlit.file_util import get_static_dir

    return f"{get_static_dir()}/index.html"


def test_metrics_need_their_token(server: AppServer) -> None:
    address = server.base_url + "/metrics"

    assert get(address)[0] == 401
    assert get(address, Authorization="Bearer wrong")[0] == 401
    status, _headers, body = get(address, Authorization="Bearer metrics-token")
    assert status == 200
    assert b"yiqilai_sign_ins_total" in body or b"yiqilai_script_errors" in body


JSON = {"Content_Type": "application/json"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (JSON | {"Origin": "OWN"}, 401),
        (JSON | {"Origin": "OWN", "Sec_Fetch_Site": "same-origin"}, 401),
        (JSON | {"Origin": "https://evil.example"}, 403),
        (JSON | {"Origin": "null"}, 403),
        (JSON | {"Origin": "OWN", "Sec_Fetch_Site": "cross-site"}, 403),
        (JSON | {"Origin": "OWN", "Sec_Fetch_Site": "none"}, 403),
        (JSON, 403),
        ({"Content_Type": "text/plain", "Origin": "OWN"}, 403),
        ({"Content_Type": "application/x-www-form-urlencoded", "Origin": "OWN"}, 403),
    ],
)
def test_only_our_own_page_may_trade_a_ticket(server: AppServer, headers: dict[str, str], status: int) -> None:
    sent = {name: server.base_url if value == "OWN" else value for name, value in headers.items()}
    body = json.dumps({"ticket": "x" * 43}).encode()

    got, answer, _body = get(server.base_url + "/auth/enter", "POST", body, **sent)

    assert got == status
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"ticket": 1}', b'{"ticket": "x"}', b"x" * 100_000, b"\xff"])
def test_a_broken_ticket_is_refused_in_peace(server: AppServer, body: bytes) -> None:
    got, _headers, _body = get(
        server.base_url + "/auth/enter", "POST", body, Content_Type="application/json", Origin=server.base_url
    )

    assert got == 400


def test_the_server_takes_no_file_of_somebody_who_is_not_signed_in(server: AppServer) -> None:
    got, _headers, body = get(server.base_url + "/_stcore/upload_file/3f6c/9a1b", "PUT", b"x" * 1_000)

    assert (got, json.loads(body)) == (401, {"error": "sign_in_first"})


def test_health_says_when_the_database_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{tmp_path}/no/such/folder.db")
    db_engine.forget_engines()

    assert not health().well
    assert in_own_loop(healthz(Request({"type": "http"}))).status_code == 503
    db_engine.forget_engines()


def test_an_empty_database_prints_a_code_and_a_filled_one_does_not(server: AppServer, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIQILAI_DATA_DIR", str(tmp_path / "data"))
        patch.setenv("YIQILAI_DATABASE_URL", "")
        db_engine.forget_engines()
        migrate()
        db_engine.forget_engines()
    with AppServer(tmp_path, {"YIQILAI_SECRET_KEY": KEY}) as empty:
        printed = empty.output()

    assert re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", printed)
    assert "first-run code" not in server.output()


# --- garbage collection -----------------------------------------------------------------------------


def test_the_option_that_collects_garbage_after_every_run_is_off() -> None:
    """Read as the server reads it, from the project's own configuration."""
    import subprocess
    import sys

    code = "from streamlit import config; print(config.get_option('runner.postScriptGC'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip().splitlines()[-1] == "False"


def test_a_rerun_collects_no_garbage(server: AppServer, page: Page) -> None:
    """Six reruns of the sign-in page on the running server: the collector of the oldest generation never ran."""
    page.goto(server.base_url)
    page.get_by_label("用户名").wait_for()

    def full_collections() -> float:
        _status, _headers, body = get(server.base_url + "/metrics", Authorization="Bearer metrics-token")
        found = re.search(r'python_gc_collections_total\{generation="2"\} (\S+)', body.decode())
        assert found is not None
        return float(found[1])

    before = full_collections()
    for _ in range(3):
        page.get_by_role("button", name="English").click()
        page.get_by_role("button", name="中文").click()
        page.get_by_role("button", name="English").wait_for()

    assert full_collections() - before <= 1


# --- with a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that speaks English and has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def sign_in(page: Page, username: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="进入").click()


def own_cookie(page: Page) -> dict[str, object] | None:
    return next((dict(cookie) for cookie in page.context.cookies() if cookie["name"] == "yiqilai"), None)


@pytest.mark.browser
def test_nothing_leaves_for_a_foreign_host_and_the_policy_is_never_broken(server: AppServer, page: Page) -> None:
    asked: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(server.base_url + "/password")
    sign_in(page, Role.SUBDISTRICT_ADMIN.value)
    page.get_by_role("button", name="退出").wait_for()
    page.get_by_role("button", name="退出").click()
    page.get_by_label("用户名").wait_for()

    foreign = {url for url in asked if not url.startswith((server.base_url, f"blob:{server.base_url}", "data:"))}
    assert foreign == set()
    assert complaints == []


@pytest.mark.browser
def test_the_cold_load_stays_under_eight_hundred_kilobytes(server: AppServer, page: Page) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    loaded: list[float] = []
    wire.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))

    page.goto(server.base_url, wait_until="networkidle")
    page.get_by_label("用户名").wait_for()
    page.wait_for_load_state("networkidle")

    assert sum(loaded) <= MOST_COLD_BYTES, f"{sum(loaded):.0f} bytes in {len(loaded)} requests"


@pytest.mark.browser
def test_a_deep_link_with_its_query_survives_sign_in_reload_and_a_restart(
    server: AppServer, page: Page, tmp_path: Path
) -> None:
    address = server.base_url + "/password?from=%E6%9D%8E&x=1"
    page.goto(address)

    sign_in(page, Role.AREA_WORKER.value)
    page.get_by_label("现在的密码").wait_for()
    expect(page).to_have_url(address)
    cookie = own_cookie(page)
    assert cookie is not None
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert "yiqilai=" not in page.evaluate("document.cookie")

    page.reload()
    page.get_by_label("现在的密码").wait_for()
    server.restart()
    page.goto(address)
    page.get_by_label("现在的密码").wait_for()
    expect(page).to_have_url(address)


@pytest.mark.browser
def test_signing_out_here_ends_it_for_a_copied_cookie(server: AppServer, page: Page, browser: Browser) -> None:
    page.goto(server.base_url + "/password")
    sign_in(page, Role.AREA_WORKER.value)
    page.get_by_role("button", name="退出").wait_for()
    copied = page.context.cookies()

    page.get_by_role("button", name="退出").click()
    page.get_by_label("用户名").wait_for()
    assert own_cookie(page) is None

    thief = browser.new_context()
    thief.add_cookies(copied)  # type: ignore[arg-type]
    other = thief.new_page()
    other.goto(server.base_url + "/password")
    other.get_by_label("用户名").wait_for()
    thief.close()


@pytest.mark.browser
def test_a_forged_or_overlong_cookie_leads_to_the_form(server: AppServer, page: Page) -> None:
    for value in ("x" * 43, "a" * 3500, "%00%ff", "eyJhbGciOiJub25lIn0.e30."):
        page.context.add_cookies([{"name": "yiqilai", "value": value, "url": server.base_url}])
        page.goto(server.base_url + "/password")
        page.get_by_label("用户名").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "needs", "people"])
def test_a_cold_server_draws_the_sign_in_form_alone(server: AppServer, page: Page, path: str) -> None:
    page.goto(f"{server.base_url}/{path}")

    page.get_by_label("用户名").wait_for()
    assert page.locator("[data-testid=stForm]").count() == 1
    assert (
        page.locator("[data-testid=stDataFrame], [data-testid=stTopNavSection], [data-testid=stTopNavLink]").count()
        == 0
    )


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.url_path or "start")
def test_a_cold_server_gives_no_page_away_without_sign_in(server: AppServer, entry: PageEntry) -> None:
    async def first_look() -> list[str]:
        async with Tab.open(server.base_url, f"/{entry.url_path}") as tab:
            return [tab.kind(element) for element in tab.drawn.values()]

    drawn = in_own_loop(first_look())

    assert drawn.count("text_input") == 2, "name and password"
    assert not {"arrow_data_frame", "page_link", "selectbox", "bidi_component"} & set(drawn)


@pytest.mark.browser
def test_streamlits_own_words_are_chinese_and_the_language_can_be_switched(server: AppServer, page: Page) -> None:
    page.goto(server.base_url + "/no-such-page")
    page.get_by_text("没有这一页").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.keyboard.press("Escape")

    page.get_by_role("button", name="English").click()
    page.get_by_label("User name").wait_for()
    page.wait_for_function("document.documentElement.lang === 'en'")


@pytest.mark.browser
def test_a_page_is_told_in_chinese_that_no_process_stands_behind_the_proxy(server: AppServer, page: Page) -> None:
    page.route("**/_stcore/**", lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>502</h1>"))
    page.goto(server.base_url)
    dialog = page.get_by_role("dialog")

    dialog.get_by_text("页面会自动重连").wait_for()

    expect(dialog).not_to_have_text(re.compile("[A-Za-z]{3,}"), use_inner_text=True)


def test_the_script_of_leftovers_translates_every_word_once() -> None:
    words = re.findall(r"^  '((?:[^'\\]|\\.)*)':", SCRIPT.read_text(encoding="utf-8"), re.M)

    assert len(words) > 150
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "limits", ["between 2026-12-01 and 2036-12-06", "on or before 2026-12-01", "on or after 2026-12-01"]
)
def test_a_day_that_cannot_be_chosen_is_told_in_chinese(limits: str) -> None:
    """Streamlit keeps the day of before, so that its word beside the field is all that somebody sees of it."""
    said = f": Date set outside allowed range. Please select a date {limits}."
    patterns = re.findall(r"^  \[/(.+)/s?, \(", SCRIPT.read_text(encoding="utf-8"), re.M)

    for sentence in (said, f"Error{said}"):
        assert sum(bool(re.search(pattern, sentence)) for pattern in patterns) == 1


def test_every_page_has_its_own_address() -> None:
    addresses = [entry.url_path for entry in ENTRIES]

    assert len(addresses) == len(set(addresses))
    assert all(re.fullmatch(r"[a-z0-9-]*", address) for address in addresses)
