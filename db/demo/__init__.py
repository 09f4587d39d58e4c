"""The invented subdistrict: a year of a place that does not exist, for showing, trying and measuring.

    build(scale=1)   fills an empty database; `scale` multiplies doors, visits, needs and volunteers
    sign_ins()       one sign-in per role

Every name is invented and every telephone number begins with 100, which no mobile number does. One seed and one day
give one result. Nothing of it is ever loaded by an installation in use.
"""

from db.demo.building import build, print_sign_ins, sign_ins

__all__ = ["build", "print_sign_ins", "sign_ins"]
