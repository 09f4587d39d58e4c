"""Every user changes the own password here; a user with a one-time password must do it first."""

from components.access import require
from components.accounts.password import password_form
from db.rules.permissions import Permission

user = require(Permission.CHANGE_OWN_PASSWORD)
password_form(user)
