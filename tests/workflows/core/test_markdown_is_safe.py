"""Whatever is typed, the HTML holds only what the allow-list names."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from workflows.core.markdown import plain, render, strip_hidden

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
TAGS |= {"strong", "em", "a", "blockquote", "br", "sup", "div"}
VALUES = {
    ("a", "href"): re.compile(r"(?i)(https?|mailto|tel):.*|#s[1-9]\d{0,2}", re.DOTALL),
    ("a", "rel"): re.compile("noopener noreferrer nofollow"),
    ("a", "aria-label"): re.compile(r"Source \d+"),
    ("div", "class"): re.compile("scroll"),
    ("div", "tabindex"): re.compile("0"),
    ("div", "role"): re.compile("region"),
    ("div", "aria-label"): re.compile(r"Table \d+.*", re.DOTALL),
    ("th", "scope"): re.compile("col"),
    ("th", "class"): re.compile("r"),
    ("td", "class"): re.compile("r"),
    ("ol", "start"): re.compile(r"\d+"),
}
PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<svg><script>alert&#40;1)</script>",
    "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<a href='javascript:alert(1)'>x</a>", "<math><mi//xlink:href='data:x,1'>",
    "<details open ontoggle=alert(1)>", "<input autofocus onfocus=alert(1)>", "<style>@import'//e.org'</style>", "<link rel=stylesheet href=//e.org>",
    "<base href=//e.org/>", "<meta http-equiv=refresh content='0;url=javascript:1'>", "<form action=//e.org><button>x", "<object data=data:text/html,x>",
    "<embed src=//e.org>", "<template><script>1</script></template>", "<noscript><p title='</noscript><img src=x onerror=1>'>",
    "<p style='background:url(javascript:1)'>", "<div id=x class='scroll evil' onclick=1 tabindex=0>", "<!--><img src=x onerror=1>-->", "<![CDATA[<script>1</script>]]>",
    "<?xml version='1.0'?><x xmlns='http://www.w3.org/1999/xhtml'><script>1</script></x>", "</p><script>1</script>", "</table></div><script>1</script>",
    "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java\tscript:alert(1))", "[a](&#106;avascript:alert(1))", "[a](\x01javascript:alert(1))",
    "[a](javascript&colon;alert(1))", "[a](data:text/html;base64,PHNjcmlwdD4=)", "[a](vbscript:msgbox)", "[a](//e.org)", "[a](\\\\e.org)", "[a](/x)", "[a](?x)",
    "[a](#s1)", "[a](#x)", "[a](https://e.org \"' onclick=1\")", '[a](https://e.org "\\" onmouseover=alert(1) x=\\"")', "[a](<https://e.org onclick=1>)",
    '[a](https://e.org/"onclick=1)', "[a]( https://e.org/%22onclick=1)", "[a](http://x:y@e.org)", "[a](mailto:x@e.org?cc=y)", "[a](tel:javascript:1)",
    '<https://e.org/"onclick=1>', "<javascript:alert(1)>", "<mailto:javascript:1>", "![x](javascript:alert(1))", "![x](https://e.org/t.gif)", '![" onerror=1](x)',
    "[a]: javascript:alert(1)\n\n[a]", "[1]: javascript:alert(1)", "[1](javascript:1)", "[[1]](https://e.org)", "[1, 2, 3] [2]", "# <script>", "<script>\n=====",
    "| <script> | b |\n|--:|---|\n| <img src=x onerror=1> | [1] |", "| \" onclick=1 | ' x |\n|:-:|--:|\n| &quot; | [a](javascript:1) |", '```" onclick=1\n</code><script>1</script>\n```',
    "`</code><script>1</script>`", "    <script>1</script>", "> <script>1</script>\n> [1]", "1. <b>\n2. </ol><script>", "* * *", "&lt;script&gt;1&lt;/script&gt;", "&#60;script&#62;",
    "\u202e<script>\u202c", "<scr\u200bipt>1</scr\u200bipt>", "<a\u2028href=javascript:1>", "<script\x00>1</script>", "\ud83d<script>", "{{7*7}} {% x %}", "%3Cscript%3E", "&#x202e;x&zwj;&#8203;", "![&#x2066;](x)", "`&#x202e;`",
]  # fmt: skip
OUR_OWN = re.compile(r"\u2066([\d\u2066\u2069+\-/.,:'()\u00a0]+)\u2069")
"""A number that the rendering itself keeps whole."""
GLUE = ["", " ", "\n", "\n\n", "<", ">", '"', "'", "`", "[", "](", ")", "|", "\\", "&", "#", "!", "*", "_", "\t", "\x00", "&#x0;", "-->", "]]>"]  # fmt: skip


def assert_only_what_is_allowed(source: str) -> None:
    html = str(render(source, sources=3))
    seen = OUR_OWN.sub(r"\1", OUR_OWN.sub(r"\1", html))  # around numbers, and around their groups
    assert strip_hidden(seen) == seen, source
    for element in lxml_html.fragment_fromstring(html, create_parent="main").iterdescendants():
        assert element.tag in TAGS, source
        for name, value in element.attrib.items():
            allowed = VALUES.get((element.tag, name))
            assert allowed is not None, (source, name)
            assert allowed.fullmatch(value), (source, name, value)
        if element.tag == "a" and not element.get("href", "").startswith("#"):
            assert element.get("rel") == "noopener noreferrer nofollow", source


def mutated(chance: random.Random) -> str:
    text = chance.choice(GLUE).join(chance.choices(PAYLOADS, k=chance.randint(1, 3)))
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.randint(0, 6))
        text = (
            text[:at]
            + chance.choice([*GLUE, text[at:end] * 2, text[at:end].swapcase(), chr(chance.randrange(0x3000))])
            + text[end:]
        )
    return text


def test_every_known_attack_is_harmless():
    for payload in PAYLOADS:
        assert_only_what_is_allowed(payload)


def test_twenty_thousand_mutated_attacks_are_harmless():
    chance = random.Random(20101124)
    for _ in range(4_000):
        assert_only_what_is_allowed("\n\n".join(mutated(chance) for _ in range(5)))


@given(st.lists(st.one_of(st.sampled_from(PAYLOADS + GLUE), st.text(max_size=12)), max_size=8).map("".join))
def test_any_text_is_harmless(source):
    assert_only_what_is_allowed(source)


@given(st.text())
def test_plain_words_never_fail(source):
    plain(source, sources=3).encode()
