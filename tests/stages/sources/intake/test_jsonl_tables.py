"""JSON Lines: one flat object a line."""

import pytest

from exeunt.errors import BadInput


def test_scalars_become_text_and_gaps_are_empty(reading):
    lines = (
        '{"account_id": "A1", "code": "L1", "value": 1.0}\n\n'
        '{"code": "L2", "account_id": 17, "text": "قال\\nنعم", "value": null}\r\n'
        '{"code": true, "account_id": "A3"}'
    )
    table = reading(lines, "codings.jsonl")
    assert table.columns == ("account_id", "code", "value", "text")
    assert list(table.rows()) == [
        (1, ("A1", "L1", "1", "")),
        (3, ("17", "L2", "", "قال\nنعم")),
        (4, ("A3", "true", "", "")),
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"code": "L1"', "not one JSON object"),
        ("[1]", "no object"),
        ('"text"', "no object"),
        ('{"code": ["L1"]}', "a list or an object"),
        ('{"code": {"a": 1}}', "a list or an object"),
        ('{"code": {}}', "a list or an object"),
        ('{"code": NaN}', "not one JSON object"),
        ('{"code": 1e999}', "not one JSON object"),
        ('{"code": "L1", "code": "L2"}', "stands twice"),
        ("[" * 100_000, "not one JSON object"),
    ],
)
def test_a_line_that_is_no_flat_object_is_refused_with_its_number(reading, line, says):
    with pytest.raises(BadInput, match=says) as refused:
        reading('{"account_id": "A1", "code": "L1"}\n' + line, "codings.jsonl")
    assert refused.value.problems[0].row == 2


def test_an_unknown_key_is_told_once_however_many_lines_have_it(reading):
    line = '{"account_id": "A1", "code": "L1", "valu": 1}\n'
    with pytest.raises(BadInput, match="Did you mean “value”") as refused:
        reading(line * 5, "codings.jsonl")
    assert len(refused.value.problems) == 1


def test_a_lone_surrogate_is_refused(reading):
    table = reading('{"account_id": "A\\ud800", "code": "L1"}\n', "codings.jsonl")
    with pytest.raises(BadInput, match=r"U\+D800"):
        list(table.rows())


def test_ever_new_keys_are_refused(reading):
    lines = "".join(f'{{"k{number}": 1}}\n' for number in range(300))
    with pytest.raises(BadInput, match="more than 200 different keys"):
        reading(lines, "codings.jsonl")
