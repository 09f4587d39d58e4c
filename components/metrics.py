"""What /metrics shows: counters of the process, without names, words or addresses."""

from prometheus_client import Counter

SIGN_INS = Counter("yiqilai_sign_ins", "Attempts to sign in", ["outcome"])
SCRIPT_ERRORS = Counter("yiqilai_script_errors", "Unexpected errors shown to a user under a number", ["kind"])
