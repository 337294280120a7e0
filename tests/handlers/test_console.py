"""The console as a browser meets it: its page, its files, and the way to a token."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import botocore.session
import pytest
from moto import mock_aws

from sayso.adapters import aws
from sayso.handlers import console
from sayso.handlers.console_files import Shelf
from tests.support.http_events import as_json, http_event
from tests.support.lambda_context import LambdaContext
from tests.support.logs import LogBook
from tests.support.repository import ROOT

ANA, BEN = "ana@bluebird.example", "ben@bluebird.example"
TEMPORARY, PASSWORD = "Temporary-1-word", "A-long-enough-1-password"
UPLOADS = "https://files.s3.us-east-1.amazonaws.com"
SIGN_IN, SIGN_OUT = "POST /console/session", "DELETE /console/session"

Answer = Mapping[str, Any]


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The console's files where a developer has them."""
    monkeypatch.setattr(console, "FOLDER", ROOT / "web" / "console")
    monkeypatch.setenv("UPLOADS_ORIGIN", UPLOADS)
    console.shelf.cache_clear()
    yield
    console.shelf.cache_clear()


@pytest.fixture
def cognito(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A pool in which Ana is an owner with a password, and Ben is invited as a marketer."""
    with mock_aws():
        session: Any = botocore.session.get_session()
        client = session.create_client("cognito-idp", region_name="us-east-1")
        pool = client.create_user_pool(PoolName="users", UsernameAttributes=["email"])
        pool_id = pool["UserPool"]["Id"]
        flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        made = client.create_user_pool_client(
            UserPoolId=pool_id, ClientName="console", ExplicitAuthFlows=flows
        )
        for email, role in ((ANA, "owner"), (BEN, "marketer")):
            invite(client, pool_id, email, role)
        client.admin_set_user_password(
            UserPoolId=pool_id, Username=ANA, Password=PASSWORD, Permanent=True
        )
        monkeypatch.setenv("USER_POOL_ID", pool_id)
        monkeypatch.setenv("USER_POOL_CLIENT_ID", made["UserPoolClient"]["ClientId"])
        forget()
        yield client
        forget()


def invite(client: Any, pool_id: str, email: str, role: str) -> None:
    client.create_group(UserPoolId=pool_id, GroupName=role)
    client.admin_create_user(
        UserPoolId=pool_id,
        Username=email,
        TemporaryPassword=TEMPORARY,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": "email", "Value": email}],
    )
    client.admin_add_user_to_group(UserPoolId=pool_id, Username=email, GroupName=role)


def forget() -> None:
    aws.client.cache_clear()
    console.doorkeeper.cache_clear()


def client_in_use() -> Any:
    doorkeeper: Any = console.doorkeeper()
    return doorkeeper.client


def get(path: str) -> Answer:
    route = "GET /console" if path == "/console" else "GET /console/{version}/{file}"
    event = http_event("GET", path, route_key=route)
    names = path.split("/")[2:]
    event["pathParameters"] = dict(zip(("version", "file"), names, strict=False))
    return console.handler(event, LambdaContext())


def post(body: object, **headers: str) -> Answer:
    given = {"content-type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    text = body if isinstance(body, str) else json.dumps(body)
    event = http_event("POST", "/console/session", body=text, headers=given, route_key=SIGN_IN)
    return console.handler(event, LambdaContext())


def signed_in(email: str = ANA, password: str = PASSWORD) -> Answer:
    answer = post({"email": email, "password": password})
    assert answer["statusCode"] == 200
    return answer


def cookie_of(answer: Answer) -> str:
    (cookie,) = answer["cookies"]
    return str(cookie)


def test_the_page_is_always_the_newest_and_runs_nothing_but_its_own_files() -> None:
    answer = get("/console")

    assert answer["statusCode"] == 200
    assert answer["headers"]["content-type"] == "text/html; charset=utf-8"
    assert answer["headers"]["cache-control"] == "no-store"
    policy = answer["headers"]["content-security-policy"]
    assert "default-src 'none'; script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert f"connect-src 'self' {UPLOADS};" in policy
    assert "unsafe" not in policy


def test_no_script_or_style_stands_in_the_page_itself() -> None:
    body = get("/console")["body"]

    assert "<style" not in body
    assert "style=" not in body
    assert body.count("<script") == body.count('<script type="module" src="console/')
    assert " on" not in body.replace("icon", "").partition("<body>")[0]


def test_a_file_of_this_version_may_be_kept_for_good() -> None:
    version = console.shelf().version
    assert f'src="console/{version}/console.js"' in get("/console")["body"]

    answer = get(f"/console/{version}/console.js")

    assert answer["statusCode"] == 200
    assert answer["headers"]["content-type"] == "text/javascript; charset=utf-8"
    assert answer["headers"]["cache-control"] == "public, max-age=31536000, immutable"
    assert answer["headers"]["x-content-type-options"] == "nosniff"


def test_a_file_asked_for_by_an_older_page_is_given_but_not_to_be_kept() -> None:
    answer = get("/console/0123456789ab/console.js")

    assert answer["statusCode"] == 200
    assert answer["headers"]["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["index.html", "nothing.js", "..", "../console.py", "console", "constructor.js", ""]
)
def test_nothing_but_the_consoles_files_is_given(name: str) -> None:
    event = http_event("GET", "/console/x/y", route_key="GET /console/{version}/{file}")
    event["pathParameters"] = {"version": console.shelf().version, "file": name}
    assert console.handler(event, LambdaContext())["statusCode"] == 404


def test_another_content_has_another_address(tmp_path: Any) -> None:
    files = Shelf.read(ROOT / "web" / "console", UPLOADS).files
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "dom.js").write_bytes(files["dom.js"] + b"\n")
    assert Shelf.read(tmp_path, UPLOADS).version != console.shelf().version


def test_the_page_starts_without_the_aws_sdk() -> None:
    imported = vars(console)
    assert "botocore" not in imported
    assert "client" not in imported


def test_who_knows_the_password_gets_a_token_and_a_cookie_that_no_script_can_read(
    cognito: Any,
) -> None:
    answer = signed_in()

    told = as_json(answer)
    assert (told["email"], told["roles"]) == (ANA, ["owner"])
    assert told["access_token"].count(".") == 2
    assert 0 < told["expires_in"] <= 3600
    name, *attributes = cookie_of(answer).split("; ")
    assert name.startswith("sayso_session=")
    assert {"HttpOnly", "Secure", "SameSite=Strict"} <= set(attributes)
    assert name.partition("=")[2] not in answer["body"]
    assert answer["headers"]["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("email", "password"), [(ANA, "wrong"), ("nobody@bluebird.example", PASSWORD), (BEN, PASSWORD)]
)
def test_whatever_is_wrong_is_told_in_the_same_words(
    cognito: Any, email: str, password: str
) -> None:
    answer = post({"email": email, "password": password})

    assert answer["statusCode"] == 401
    assert as_json(answer)["detail"] == "The e-mail address or the password is not right."
    assert "cookies" not in answer


def test_someone_invited_chooses_a_password_before_they_are_in(cognito: Any) -> None:
    asked = as_json(signed_in(BEN, TEMPORARY))
    assert asked["step"] == "new_password"
    assert "access_token" not in asked

    answer = post({**asked, "answer": PASSWORD})

    assert as_json(answer)["roles"] == ["marketer"]
    assert as_json(signed_in(BEN, PASSWORD))["email"] == BEN


def test_the_cookie_alone_is_good_for_another_token(cognito: Any) -> None:
    cookie = cookie_of(signed_in()).partition(";")[0]

    answer = post({}, cookie=f"theme=dark; {cookie}")

    assert answer["statusCode"] == 200
    assert as_json(answer)["email"] == ANA
    assert "cookies" not in answer


def test_api_gateway_may_give_cookies_apart_from_the_headers(cognito: Any) -> None:
    cookie = cookie_of(signed_in()).partition(";")[0]
    event = http_event("POST", "/console/session", body="{}", route_key=SIGN_IN)
    event["headers"]["content-type"] = "application/json"
    event["cookies"] = ["theme=dark", cookie]

    assert console.handler(event, LambdaContext())["statusCode"] == 200


def test_without_a_cookie_there_is_nobody_to_go_on_with(cognito: Any) -> None:
    answer = post({})

    assert answer["statusCode"] == 204
    assert "Max-Age=0" in cookie_of(answer)


def test_signing_out_ends_what_the_cookie_could_renew(
    cognito: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    revoked: list[dict[str, str]] = []
    cookie = cookie_of(signed_in()).partition(";")[0]
    # moto knows no RevokeToken; the browser tests sign out at the emulator.
    monkeypatch.setattr(client_in_use(), "revoke_token", lambda **asked: revoked.append(asked))
    event = http_event("DELETE", "/console/session", headers={"cookie": cookie}, route_key=SIGN_OUT)

    answer = console.handler(event, LambdaContext())

    assert answer["statusCode"] == 204
    assert "Max-Age=0" in cookie_of(answer)
    assert [one["Token"] for one in revoked] == [cookie.partition("=")[2]]


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_no_other_sites_page_can_sign_in_or_out(cognito: Any, method: str, site: str) -> None:
    headers = {"content-type": "application/json", "sec-fetch-site": site}
    event = http_event(
        method,
        "/console/session",
        body="{}",
        headers=headers,
        route_key=f"{method} /console/session",
    )
    answer = console.handler(event, LambdaContext())
    assert answer["statusCode"] == 403
    assert "cookies" not in answer


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '"x"',
        "nonsense",
        '{"email": 3, "password": "x"}',
        '{"email": "", "password": "x"}',
        '{"email": "a@b.example"}',
        '{"step": "new_password", "answer": "x"}',
        '{"step": "else"}',
    ],
)
def test_what_is_no_request_to_sign_in_is_refused(cognito: Any, body: str) -> None:
    assert post(body)["statusCode"] == 400


def test_a_form_of_another_kind_is_refused(cognito: Any) -> None:
    assert post("email=a&password=b", content_type="text/plain")["statusCode"] == 400


def test_a_body_that_is_far_too_long_is_refused(cognito: Any) -> None:
    assert post({"email": ANA, "password": "x" * 9000})["statusCode"] == 413


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("TooManyRequestsException", 429),
        ("InvalidPasswordException", 422),
        ("CodeMismatchException", 401),
        ("ThrottlingException", 503),
    ],
)
def test_what_the_pool_says_becomes_a_status(
    cognito: Any, monkeypatch: pytest.MonkeyPatch, code: str, status: int
) -> None:
    def fail(**_: object) -> None:
        raise botocore.exceptions.ClientError({"Error": {"Code": code, "Message": "No."}}, "x")

    monkeypatch.setattr(client_in_use(), "admin_respond_to_auth_challenge", fail)
    answer = post({"step": "code", "user": "u", "session": "s", "answer": "123456"})
    assert answer["statusCode"] == status


def test_an_app_code_is_asked_for_and_answered(
    cognito: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = client_in_use().admin_initiate_auth
    asked = {
        "ChallengeName": "SOFTWARE_TOKEN_MFA",
        "Session": "s",
        "ChallengeParameters": {"USER_ID_FOR_SRP": "u-1"},
    }
    answers: list[Any] = []

    def respond(**request: Any) -> Any:
        answers.append(request)
        auth = {"USERNAME": ANA, "PASSWORD": PASSWORD}
        return real(
            UserPoolId=request["UserPoolId"],
            ClientId=request["ClientId"],
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters=auth,
        )

    client = client_in_use()
    monkeypatch.setattr(client, "admin_initiate_auth", lambda **_: asked)
    monkeypatch.setattr(client, "admin_respond_to_auth_challenge", respond)

    question = as_json(post({"email": ANA, "password": PASSWORD}))
    admitted = post({**question, "answer": "123456"})

    assert question["step"] == "code"
    assert admitted["statusCode"] == 200
    (sent,) = answers
    assert sent["ChallengeResponses"] == {"USERNAME": "u-1", "SOFTWARE_TOKEN_MFA_CODE": "123456"}


def test_neither_who_signs_in_nor_with_what_is_logged(cognito: Any) -> None:
    log = LogBook(console.logger)

    signed_in()
    post({"email": ANA, "password": "wrong"})

    assert [line["route"] for line in log.lines] == [SIGN_IN, SIGN_IN]
    assert [line["status"] for line in log.lines] == [200, 401]
    assert ANA not in log.text
    assert PASSWORD not in log.text


def test_no_file_of_the_console_writes_markup_from_text() -> None:
    for name, content in console.shelf().files.items():
        text = content.decode()
        if name.endswith(".js"):
            for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write"):
                assert way not in text, name
            assert "localStorage" not in text
            assert "sessionStorage" not in text
