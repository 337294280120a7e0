"""What Twilio signed is let in; whatever else looks like it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.adapters.signatures import Forged, twilio

# The example of Twilio's documentation, "Validating requests": its parameters are not in order.
TOKEN = "12345"
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = {
    "To": "+18005551212",
    "Digits": "1234",
    "CallSid": "CA1234567890ABCDE",
    "From": "+14158675309",
    "Caller": "+14158675309",
}
SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def twilio_verify(
    url: str = URL, signature: str = SIGNATURE, token: str = TOKEN, **changed: str
) -> None:
    twilio.verify(url=url, fields={**FORM, **changed}, signature=signature, auth_token=token)


def test_the_example_in_twilios_documentation_is_let_in() -> None:
    twilio_verify()


@pytest.mark.parametrize("field", [*FORM, "Extra", ""])
@given(more=st.text(min_size=1, max_size=5))
def test_any_altered_or_added_form_field_is_refused(field: str, more: str) -> None:
    with pytest.raises(Forged):
        twilio_verify(**{field: FORM.get(field, "") + more})


@pytest.mark.parametrize(
    "url",
    [
        "http://mycompany.com/myapp.php?foo=1&bar=2",
        "https://mycompany.com/myapp.php?bar=2&foo=1",
        "https://mycompany.com/myapp.php",
        "https://evil.example/myapp.php?foo=1&bar=2",
    ],
)
def test_another_address_is_refused(url: str) -> None:
    with pytest.raises(Forged):
        twilio_verify(url=url)


@pytest.mark.parametrize("signature", ["", SIGNATURE.lower(), SIGNATURE[:-1], "é", "\x00"])
def test_another_signature_is_refused(signature: str) -> None:
    with pytest.raises(Forged):
        twilio_verify(signature=signature)


def test_another_accounts_signature_is_refused() -> None:
    with pytest.raises(Forged):
        twilio_verify(token="54321")
