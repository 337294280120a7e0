"""Settings that make no deployment are refused in words."""

import json
from typing import Any

import pytest

from infra.app import main, read_context
from infra.config import Settings, SettingsError, load


def refusal(**overrides: Any) -> str:
    with pytest.raises(SettingsError) as refused:
        load({**read_context(), **overrides})
    return str(refused.value)


@pytest.mark.parametrize("stage", ["prod", "local"])
def test_the_settings_that_ship_are_valid(stage: str) -> None:
    assert load({**read_context(), "stage": stage}).stage == stage


def test_a_stage_changes_only_what_it_names() -> None:
    prod, local = (load({**read_context(), "stage": stage}) for stage in ("prod", "local"))
    assert local.functions.plan.timeout_s != prod.functions.plan.timeout_s
    assert local.functions.plan.memory_mb == prod.functions.plan.memory_mb


def test_an_unknown_stage_names_those_that_are_known() -> None:
    assert refusal(stage="prdo") == "unknown stage 'prdo': cdk.json has settings for local, prod"


def test_a_context_without_settings_says_what_is_missing() -> None:
    assert refusal(settings=None) == 'cdk.json: the context needs "settings" with a "common" object'


def test_a_misspelt_setting_is_refused_by_name() -> None:
    settings = read_context()["settings"]
    message = refusal(settings={**settings, "prod": {"log_levle": "DEBUG"}})
    assert "log_levle: Extra inputs are not permitted" in message


def test_a_missing_setting_is_named_with_its_place() -> None:
    settings = read_context()["settings"]
    common = json.loads(json.dumps(settings["common"]))
    del common["functions"]["send"]["timeout_s"]
    assert "functions.send.timeout_s: Field required" in refusal(
        settings={**settings, "common": common}
    )


def test_everything_that_is_wrong_is_said_at_once() -> None:
    message = refusal(api_rate_limit="0", log_level="LOUD", alarm_email="nobody")
    for name in ("api_rate_limit", "log_level", "alarm_email"):
        assert f"\n  {name}: " in message


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("origination_identity", "Bluebird", "sender ids can't receive texts"),
        ("origination_identity", "18005550100", "must be a number (+18005550100)"),
        ("api_rate_limit", "lots", "setting api_rate_limit: 'lots' is not JSON"),
        ("log_retention_days", "42", "log_retention_days"),
        ("console_origins", '["*"]', "console_origins.0"),
        ("console_origins", '["https://console.example.com/"]', "console_origins.0"),
        ("public_url", "ftp://example.com", "public_url"),
        ("snap_start", '["outbound"]', "snap_start.0"),
        ("python_version", "3.11", "python_version"),
        ("opt_out_list", "", "manage_carrier needs a configuration_set and an opt_out_list"),
        (
            "flows",
            '{"receipts": {"batch_size": 25, "window_s": 0}}',
            "a batch_size over 10 needs a window_s of at least 1",
        ),
    ],
)
def test_a_wrong_value_is_explained(name: str, value: str, complaint: str) -> None:
    assert complaint in refusal(**{name: value})


@pytest.mark.parametrize(
    "identity",
    [
        "",
        "+18005550100",
        "80808",
        "phone-0123456789abcdef0",
        "pool-0123456789abcdef0",
        "arn:aws:sms-voice:us-east-1:111122223333:phone-number/phone-0123456789abcdef0",
        "arn:aws-us-gov:sms-voice:us-gov-west-1:111122223333:pool/pool-0123456789abcdef0",
    ],
)
def test_every_kind_of_origination_identity_is_taken(identity: str) -> None:
    assert (
        load({**read_context(), "origination_identity": identity}).origination_identity == identity
    )


def test_the_command_line_overrides_a_stages_setting() -> None:
    settings = load({**read_context(), "stage": "local", "log_retention_days": "30"})
    assert settings.log_retention_days == 30


def test_a_refused_setting_ends_the_command_with_the_message_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    assert main(["--stage", "prdo", "--output", str(tmp_path)]) == 1
    written = capsys.readouterr().err
    assert written == "unknown stage 'prdo': cdk.json has settings for local, prod\n"


def test_settings_cannot_be_changed_once_loaded() -> None:
    settings = load(read_context())
    with pytest.raises(ValueError, match="frozen"):
        settings.log_level = "DEBUG"
    assert isinstance(settings, Settings)
