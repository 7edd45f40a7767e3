"""evalpress.pdf.html: who reads on paper gets the address of a link that leads out."""

from __future__ import annotations

import pytest

from evalpress.pdf.html import with_addresses

OUT = "https://a.example/b?c=1&amp;d=2"


@pytest.mark.parametrize(
    ("link", "added"),
    [
        (f'<a href="{OUT}">办法全文</a>', f"（{OUT}）"),
        (f'<a href="{OUT}" title="一"><strong>办法</strong></a>', f"（{OUT}）"),
        (f'<a href="{OUT}">{OUT}</a>', ""),
        ('<a href="https://a.example/">https://a.example</a>', ""),
        ('<a href="../2024/">上年报告</a>', ""),
        ('<a href="#a">第一章</a>', ""),
    ],
)
def test_a_link_that_leads_out_prints_its_address(link: str, added: str) -> None:
    assert with_addresses(f"<p>见{link}。</p>") == f"<p>见{link}{added}。</p>"
