"""How the log's names of people read. Where nobody signs in, a person is known by their role."""

from sqm.rules import people
from sqm.rules.access import Role, role_of
from sqm.ui.doors import data_names
from sqm.ui.signing import signed_in
from sqm.ui.words import N_, _

_ROLES = {
    Role.EXECUTIVE: N_("management"),
    Role.DISTRICT: N_("district branch"),
    Role.STORE_MANAGER: N_("store manager"),
    Role.ANALYST: N_("analyst"),
    Role.QUALITY: N_("quality department"),
    Role.AUDITOR: N_("auditor"),
    Role.HR: N_("human resources"),
    Role.NOBODY: N_("no role"),
}


def role_name(role: Role) -> str:
    """A role in the viewer's language."""
    return _(_ROLES[role])


def called(who: str) -> str:
    """A role or a department in the viewer's language, a person by name; anything else as it was written."""
    if who in data_names.names().departments:
        return data_names.names().department(who)
    role = role_of(who)
    if role is not Role.NOBODY:
        return role_name(role)
    return next((each.name for each in signed_in.everyone() if people.called(each) == who), who)
