"""What a change in the table says that somebody did."""

from dataclasses import replace
from datetime import datetime, timedelta

from sayso.domain.activity import Activity, Kind, of_campaign, of_contact, of_coupon, of_use
from sayso.domain.campaign import State
from sayso.domain.contact import Contact, Status
from sayso.domain.coupon import Coupon, Use, Way
from sayso.domain.transitions import Event, move
from tests.support.bluebird import ANA, NOON
from tests.support.campaigns import a_campaign, a_subscriber

HOUR = timedelta(hours=1)
MEMBER = replace(a_subscriber(ANA), channel="sign", last_heard_at=NOON)
TEXTED = replace(MEMBER, last_run="R1", last_run_at=NOON + HOUR, last_run_groups="l=DOWNTOWN\nv=B")
COUPON = Coupon(
    code="K7P4XQ9M",
    phone=ANA,
    campaign_id="C1",
    run_id="R1",
    issued_at=NOON,
    variant="B",
    channel="sign",
    location="DOWNTOWN",
)
USE = Use("in-1", COUPON.code, NOON + HOUR, Way.TEXT, place="UPTOWN", amount=23_500_000)


def kinds(found: list[Activity]) -> list[Kind]:
    return [one.kind for one in found]


def texting(before: Contact, at: datetime) -> Contact:
    return before.heard(at)


def test_a_new_subscriber_has_joined_where_and_how_they_said() -> None:
    (joined,) = of_contact(None, MEMBER)

    assert joined == Activity(Kind.JOINED, NOON, phone=ANA, channel="sign", location="DOWNTOWN")


def test_who_joins_by_a_friend_s_code_for_the_first_time_is_credited_to_it() -> None:
    sent = replace(MEMBER, channel="friend", referrer=COUPON.code)
    asked = replace(sent, status=Status.PENDING, joined_at=None, asked_at=NOON)
    again = replace(sent, joined_at=NOON + HOUR)
    left = replace(sent, status=Status.OPTED_OUT, opted_out_at=NOON)

    assert [one.code for one in of_contact(None, sent)] == [COUPON.code]
    assert [one.code for one in of_contact(asked, again)] == [COUPON.code]
    assert [one.code for one in of_contact(left, again)] == [""]


def test_who_confirms_has_joined_and_who_is_asked_has_not() -> None:
    asked = replace(MEMBER, status=Status.PENDING, joined_at=None, asked_at=NOON)

    assert of_contact(None, asked) == []
    assert kinds(of_contact(asked, replace(MEMBER, joined_at=NOON + HOUR))) == [Kind.JOINED]


def test_what_changes_of_a_subscriber_otherwise_is_nothing_that_they_did() -> None:
    assert of_contact(MEMBER, replace(MEMBER, location="UPTOWN")) == []
    assert of_contact(MEMBER, TEXTED) == []
    assert of_contact(MEMBER, texting(MEMBER, NOON + HOUR)) == []
    assert of_contact(MEMBER, replace(MEMBER, status=Status.PAUSED)) == []
    assert of_contact(MEMBER, replace(MEMBER, status=Status.UNREACHABLE)) == []


def test_a_pause_that_ends_is_no_joining() -> None:
    assert of_contact(replace(MEMBER, status=Status.PAUSED), MEMBER) == []


def test_an_opt_out_soon_after_a_campaigns_text_is_credited_to_it() -> None:
    at = NOON + 73 * HOUR
    left, _ = move(texting(TEXTED, at), Event.LEFT, at)

    (activity,) = of_contact(TEXTED, left)

    assert activity == Activity(
        *(Kind.OPTED_OUT, at),
        phone=ANA,
        run="R1",
        variant="B",
        channel="sign",
        location="DOWNTOWN",
    )


def test_a_later_opt_out_and_one_that_no_text_of_theirs_said_are_credited_to_none() -> None:
    late = NOON + 73 * HOUR + timedelta(seconds=1)
    by_text, _ = move(texting(TEXTED, late), Event.LEFT, late)
    by_carrier, _ = move(TEXTED, Event.TAKEN_OFF, NOON + 2 * HOUR)

    for left in (by_text, by_carrier):
        (activity,) = of_contact(TEXTED, left)
        assert (activity.kind, activity.run) == (Kind.OPTED_OUT, "")


def test_a_second_opt_out_is_none() -> None:
    out, _ = move(texting(MEMBER, NOON + HOUR), Event.LEFT, NOON + HOUR)
    again, _ = move(texting(out, NOON + 2 * HOUR), Event.LEFT, NOON + 2 * HOUR)
    forgotten, _ = move(texting(out, NOON + 2 * HOUR), Event.FORGOTTEN, NOON + 2 * HOUR)

    assert of_contact(out, again) == []
    assert of_contact(out, forgotten) == []


def test_who_declines_to_come_back_has_not_opted_out_anew() -> None:
    out, _ = move(texting(MEMBER, NOON + HOUR), Event.LEFT, NOON + HOUR)
    asked, _ = move(texting(out, NOON + 2 * HOUR), Event.ASKED, NOON + 2 * HOUR)
    declined, _ = move(texting(asked, NOON + 3 * HOUR), Event.DECLINED, NOON + 3 * HOUR)

    assert declined.status is Status.OPTED_OUT
    assert of_contact(asked, declined) == []


def test_who_asks_to_be_forgotten_has_opted_out_where_they_were() -> None:
    at = NOON + HOUR
    forgotten, _ = move(texting(MEMBER, at), Event.FORGOTTEN, at)

    (activity,) = of_contact(MEMBER, forgotten)

    assert (activity.kind, activity.location, activity.is_forgotten) == (
        Kind.OPTED_OUT,
        "DOWNTOWN",
        True,
    )


def test_the_first_text_after_a_campaigns_is_its_reply_and_the_second_is_not() -> None:
    answered = texting(TEXTED, NOON + 2 * HOUR)

    (activity,) = of_contact(TEXTED, answered)

    assert (activity.kind, activity.at, activity.run, activity.variant) == (
        *(Kind.REPLIED, NOON + 2 * HOUR),
        *("R1", "B"),
    )
    assert of_contact(answered, texting(answered, NOON + 3 * HOUR)) == []


def test_a_text_more_than_a_week_later_is_no_reply() -> None:
    assert of_contact(TEXTED, texting(TEXTED, NOON + HOUR + timedelta(days=7, seconds=1))) == []


def test_words_that_may_be_an_opt_out_are_a_reply() -> None:
    at = NOON + 2 * HOUR
    held, _ = move(texting(TEXTED, at), Event.DOUBTED, at)

    assert kinds(of_contact(TEXTED, held)) == [Kind.REPLIED]


def test_a_first_click_is_one_and_no_other_change_of_a_coupon() -> None:
    clicked = replace(COUPON, clicked_at=NOON + HOUR)

    (activity,) = of_coupon(COUPON, clicked)

    assert activity == Activity(
        *(Kind.CLICKED, NOON + HOUR, "", ANA, "C1", "R1", "B", "sign", "DOWNTOWN"),
        code=COUPON.code,
    )
    assert of_coupon(None, COUPON) == []
    assert of_coupon(clicked, replace(clicked, uses=1)) == []


def test_a_redemption_has_its_campaign_its_place_and_its_amount() -> None:
    (activity,) = of_use(None, USE, COUPON)

    assert (activity.kind, activity.at, activity.phone) == (Kind.REDEEMED, USE.at, ANA)
    assert (activity.campaign, activity.variant, activity.channel) == ("C1", "B", "sign")
    assert (activity.location, activity.place, activity.amount) == (
        *("DOWNTOWN", "UPTOWN"),
        23_500_000,
    )


def test_what_is_taken_back_says_so_once_and_for_the_day_of_the_redemption() -> None:
    undone = replace(USE, undone_at=USE.at + timedelta(minutes=3))

    (activity,) = of_use(USE, undone, COUPON)

    assert (activity.kind, activity.at) == (Kind.UNDONE, undone.undone_at)
    assert activity.counts_at == USE.at
    assert of_use(undone, undone, COUPON) == []


def test_a_campaign_ends_once() -> None:
    sending, finished = a_campaign(state=State.SENDING), a_campaign(state=State.FINISHED)

    assert of_campaign(sending, finished) == [Activity(Kind.FINISHED, NOON, campaign="C1")]
    assert of_campaign(finished, finished) == []
    assert of_campaign(None, sending) == []
    assert of_campaign(sending, a_campaign(state=State.CANCELLED)) == []
