"""What a test may be left out for is installed by `make test`, which therefore leaves none out."""

from tests.support.optional import OPTIONAL
from tools.install_system import NEEDS


def test_whatever_is_optional_is_installed_by_make_test() -> None:
    installed = {package for package, _is_there in NEEDS}

    assert {package for one in OPTIONAL.values() for package in one.packages} <= installed
