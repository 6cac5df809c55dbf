"""A browser without a screen sends what a person's would send."""

import pytest

from tools.browsing import File, filled, forms_of

PAGE = """
<form method="get" action="/search"><input name="q"></form>
<form method="post" action="/out"><input type="hidden" name="token" value="t"></form>
<form method="POST">
  <input type="hidden" name="token" value="t&amp;1">
  <input name="label" value="A1"><input name="file" type="file">
  <textarea name="text">
As it
stands.</textarea>
  <select name="kind"><option value="">none</option><option value="left" selected>left</option>
  </select>
  <select name="gender"><option value="unknown">unknown</option><option value="woman">a</option>
  </select>
  <input type="radio" name="value:L1" value="0"><input type="radio" name="value:L1" value="1">
  <input type="radio" name="value:L2" value="0" checked><input type="checkbox" name="sure">
  <button name="then" value="complete">Complete</button>
</form>
"""


def test_a_form_holds_what_it_would_send_untouched():
    assert forms_of(PAGE)[2].fields == {
        "token": "t&1",
        "label": "A1",
        "text": "As it\nstands.",
        "kind": "left",
        "gender": "unknown",
        "value:L2": "0",
    }


def test_the_one_form_that_asks_for_these_is_filled_in():
    sending = filled(
        PAGE,
        address="/here",
        words={"label": "Ä2", "value:L1": "1", "then": "complete"},
        files={"file": File("page.html", b"<p>")},
    )
    body = sending.body.decode()

    assert sending.address == "/here"
    assert 'name="label"\r\n\r\nÄ2\r\n' in body
    assert 'name="value:L1"\r\n\r\n1\r\n' in body
    assert 'name="then"\r\n\r\ncomplete\r\n' in body
    assert 'name="text"\r\n\r\nAs it\nstands.\r\n' in body
    assert 'name="file"; filename="page.html"\r\n' in body


def test_a_form_that_is_not_there_is_named():
    with pytest.raises(LookupError, match="no form at /here asks for"):
        filled(PAGE, address="/here", words={"q": "a search is not sent by post"})
