"""Why a file is not handed out, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "codes_gone": N_("这些码已清除，不能再下载。纸件没有打印成，请作废后重新制作。"),
}
