"""The values of a paper, made short and long: what a template must bear beside its sample."""

from collections.abc import Mapping

LONG_TEXT = "居民反映的情况经网格员上门核实，社区党委已会同物业服务企业和施工单位现场查看，逐户听取意见并作出答复。"
MOST = 1_000
"""Characters of a sentence in the long case."""
LONG_NAME = "阿卜杜热合曼·买买提江依明"
"""Twelve characters and a dot."""
ROWS = 30
_SENTENCE = 12
"""From so many characters on a sample is a sentence; below it is a name, a number, a day or a mark."""
_NAMES = ("name", "chair", "owner", "proposer", "reviewer", "helper", "volunteer", "member", "resident")


def shortened(values: Mapping[str, object]) -> dict[str, object]:
    """The same values with empty lists of rows: nothing was entered yet."""
    return {key: [] if _is_rows(value) else value for key, value in values.items()}


def stretched(values: Mapping[str, object], depth: int = 0) -> dict[str, object]:
    """The same values with thirty rows in each list; the first row and what stands alone has sentences of a thousand
    characters, and every name is long.
    """
    return {key: _stretched(key, value, depth) for key, value in values.items()}


def _stretched(key: str, value: object, depth: int) -> object:
    if isinstance(value, str):
        return _longer(key, value)
    if isinstance(value, Mapping):
        return stretched(value, depth)
    if key.endswith("_head") or not isinstance(value, list | tuple) or not value:
        return value
    if not _is_rows(value):
        first, *rest = value
        return [_stretched("", first, depth), *rest]
    # A list in a list does not grow: thirty times thirty rows are nobody's paper.
    many = ROWS if depth == 0 else len(value)
    first, *rest = (value[place % len(value)] for place in range(many))
    return [_row(first, depth + 1), *rest]


def _row(row: object, depth: int) -> object:
    """The first row of a list: a record, or the strings of a plain table."""
    if isinstance(row, Mapping):
        return stretched(row, depth)
    assert isinstance(row, list | tuple)
    return [_longer("", one) if isinstance(one, str) else one for one in row]


def _longer(key: str, text: str) -> str:
    if key in _NAMES:
        return LONG_NAME
    chinese = sum("\u4e00" <= one <= "\u9fff" for one in text)
    if chinese < _SENTENCE:
        return text
    return (text + LONG_TEXT * (MOST // len(LONG_TEXT)))[:MOST]


def _is_rows(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping | list | tuple)
