"""`sayso invite`: make someone a user of the admin API, locally or on AWS."""

import argparse

from sayso_local.deployed import deployed_pool
from sayso_local.errors import CommandError
from sayso_local.failures import explained
from sayso_local.places import Places
from sayso_local.stack.aws import LocalAws
from sayso_local.stack.running import RunningStack
from sayso_local.users import ROLES, Invitation, UserPool, new_password, require_email


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("--role", choices=ROLES, required=True)
    parser.add_argument("--stack", metavar="NAME", help="a stack on AWS, not the local one")
    parser.add_argument("--region", help="of that stack (default: that of the AWS settings)")
    parser.add_argument("--state", metavar="DIR", help="the stack's state folder (default: .sayso)")


def run(options: argparse.Namespace) -> int:
    """Invite, or change the role of someone invited before; say which, and how to sign in."""
    email = require_email(options.email)
    if options.region and not options.stack:
        raise CommandError("--region goes with --stack NAME, the stack on AWS.")
    with explained():
        if options.stack:
            _invite_on_aws(email, options)
        else:
            _invite_locally(email, options)
    return 0


def _invite_on_aws(email: str, options: argparse.Namespace) -> None:
    pool = deployed_pool(options.stack, options.region)
    invitation = pool.invite(email, options.role)
    _report(invitation, f"Cognito is mailing {email} a temporary password.")


def _invite_locally(email: str, options: argparse.Namespace) -> None:
    running = RunningStack.require(Places.choose(options.state))
    pool = UserPool(LocalAws(running.aws).cognito(), running.user_pool)
    password = new_password()
    invitation = pool.invite(email, options.role, temporary_password=password)
    _report(
        invitation,
        f"Temporary password: {password}\nSign in with it: {running.console}",
    )


def _report(invitation: Invitation, next_step: str) -> None:
    email, role = invitation.email, invitation.role
    if invitation.created:
        print(f"{email} is invited as {role}.")
    elif invitation.previous_roles == (role,):
        print(f"{email} is {role} already.")
    else:
        before = " and ".join(invitation.previous_roles) or "without a role"
        print(f"{email} was {before} and is {role} now.")
    if invitation.awaits_password:
        print(next_step)
