"""What the HTML checker of the W3C would refuse in a page of ours, as far as our pages can go wrong; each with its line."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise


def of(words: str) -> frozenset[str]:
    return frozenset(words.split())


VOID = of("area base br col embed hr img input link meta source track wbr")
ATTRIBUTES = {
    "*": "accesskey autocapitalize autofocus class contenteditable dir enterkeyhint hidden id inert inputmode itemid"
    " itemprop itemref itemscope itemtype lang nonce popover role spellcheck style tabindex title translate",
    "a": "download href hreflang ping referrerpolicy rel target type",
    "audio": "autoplay controls crossorigin loop muted preload src",
    "blockquote": "cite",
    "button": "disabled form formaction formmethod formnovalidate name popovertarget type value",
    "col": "span", "colgroup": "span",
    "details": "name open", "dialog": "open",
    "fieldset": "disabled form name",
    "form": "accept-charset action autocomplete enctype method name novalidate rel target",
    "html": "xmlns",
    "img": "alt crossorigin decoding fetchpriority height loading sizes src srcset width",
    "input": "accept alt autocomplete checked disabled form formaction list max maxlength min minlength multiple name"
    " pattern placeholder readonly required size step type value",
    "label": "for", "li": "value",
    "link": "as crossorigin href hreflang integrity media rel sizes type",
    "meta": "charset content http-equiv media name property", "meter": "high low max min optimum value",
    "ol": "reversed start type", "optgroup": "disabled label", "option": "disabled label selected value",
    "output": "for form name", "progress": "max value",
    "script": "async crossorigin defer integrity nomodule src type",
    "select": "autocomplete disabled form multiple name required size",
    "source": "media sizes src srcset type",
    "td": "colspan headers rowspan", "th": "abbr colspan headers rowspan scope",
    "textarea": "autocomplete cols disabled form maxlength minlength name placeholder readonly required rows wrap",
    "time": "datetime", "track": "default kind label src srclang",
}  # fmt: skip
KNOWN = {name: frozenset(words.split()) for name, words in ATTRIBUTES.items()}
DRAWN = of("svg symbol path circle rect line g use polyline polygon text defs title ellipse")
"""Pictures have attributes of their own."""
BLOCKS = of(
    "address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr"
    " main nav ol p pre section table ul"
)
WORDS_ONLY = of(
    "p h1 h2 h3 h4 h5 h6 span b i em strong small code bdi bdo sub sup time mark abbr cite q s u var kbd samp button label"
    " legend summary pre dfn data output ins del"
) - {
    "legend",
    "summary",
    "ins",
    "del",
}  # a legend and a summary may hold a heading, and the last two what is around them
HEADINGS = of("h1 h2 h3 h4 h5 h6")
PRESSED = of("a button details embed iframe input label select textarea")
WITHIN = {
    "li": {"ul", "ol", "menu"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"}, "th": {"tr"}, "thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"}, "caption": {"table"},
    "colgroup": {"table"}, "option": {"select", "optgroup", "datalist"}, "legend": {"fieldset"}, "summary": {"details"},
    "figcaption": {"figure"},
}  # fmt: skip
HOLDS = {
    "ul": {"li", "script", "template"}, "ol": {"li", "script", "template"}, "dl": {"dt", "dd", "div", "script", "template"},
    "tr": {"td", "th", "script", "template"}, "thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"}, "select": {"option", "optgroup", "hr"},
}  # fmt: skip
FILLED = {
    ("form", "action"),
    ("img", "src"),
    ("script", "src"),
    ("link", "href"),
    ("time", "datetime"),
    ("label", "for"),
}
NAMES = ("for", "list", "form", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns",
         "aria-activedescendant", "aria-errormessage", "popovertarget")  # fmt: skip
LAID_OVER = {("h1", "cover-title")}
"""The cover of the workspace, over a page that has a heading of its own."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?|\d{4}-\d\d|\d\d:\d\d")


def faults(page: str) -> list[str]:
    """Everything that is wrong with it."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found + reader.at_the_end()


def links_nowhere(page: str) -> list[str]:
    """The places on the page itself to which a link of it leads, and which are not there."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [name for how, name in reader.named if how == "href" and name not in reader.ids]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.named: list[tuple[str, str]] = []
        self.levels: list[int] = []
        self.seen: Counter[str] = Counter()

    def say(self, what: str) -> None:
        self.found.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += (tag, dict(attrs).get("id")) not in LAID_OVER
        self.look_at_attributes(tag, attrs)
        if "svg" not in self.open:
            self.look_around(tag)
        if tag in HEADINGS:
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and "svg" not in self.open:
            self.say(f"<{tag}/> does not end itself")
        self.look_at_attributes(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self.open or self.open[-1] != tag:
            self.say(f"</{tag}> ends {self.open[-1] if self.open else 'nothing'}")
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] in HOLDS:
            self.say(f"bare words in <{self.open[-1]}>: {data.strip()[:40]}")

    def look_around(self, tag: str) -> None:
        """What it stands in may hold it."""
        parent, above = self.open[-1] if self.open else "", set(self.open)
        if tag in WITHIN and parent not in WITHIN[tag]:
            self.say(f"<{tag}> in <{parent}>")
        if parent in HOLDS and tag not in HOLDS[parent]:
            self.say(f"<{tag}> in <{parent}>")
        if tag in BLOCKS and (narrow := above & WORDS_ONLY):
            self.say(f"<{tag}> below <{'>, <'.join(sorted(narrow))}>")
        if tag in HEADINGS and above & {"th", "caption", "dt", "address"}:
            self.say(f"<{tag}> in the head of a table or list")
        if tag in PRESSED and above & {"a", "button"}:
            self.say(f"<{tag}> below something that is pressed")
        if tag in {"form", "main", "label"} and tag in above:
            self.say(f"<{tag}> in <{tag}>")

    def look_at_attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) < len(attrs):
            self.say(f"<{tag}> has an attribute twice")
        if tag not in DRAWN:
            known = KNOWN["*"] | KNOWN.get(tag, frozenset())
            odd = [name for name in given if name not in known and not name.startswith(("data-", "aria-"))]
            self.found += [f"line {self.getpos()[0]}: <{tag}> knows no {name}" for name in odd]
        self.found += [f"line {self.getpos()[0]}: <{tag}> with empty {name}" for name in given
                       if (tag, name) in FILLED and not given[name]]  # fmt: skip
        self.found += [
            f"line {self.getpos()[0]}: <{tag}> with {name}=“None”"
            for name in given
            if given[name] == "None" and name != "value"
        ]
        if tag == "img" and "alt" not in given:
            self.say("a picture without words")
        if tag == "time" and not MOMENT.fullmatch(given.get("datetime") or "2026-01-01"):
            self.say(f"no moment: {given['datetime']}")
        self.note_names(tag, given)

    def note_names(self, tag: str, given: dict[str, str | None]) -> None:
        if "id" in given:
            name = given["id"] or ""
            self.ids[name] += 1
            if not name or re.search(r"\s", name):
                self.say(f"<{tag}> with the id “{name}”")
        self.named += [(name, one) for name in NAMES for one in (given.get(name) or "").split()]
        if tag == "a" and (target := given.get("href") or "").startswith("#") and len(target) > 1:
            self.named.append(("href", target[1:]))

    def at_the_end(self) -> list[str]:
        found = [f"<{tag}> never ends" for tag in self.open]
        found += [f"the id {name} {count} times" for name, count in self.ids.items() if count > 1]
        found += [f"{how} names {name}, which is not there" for how, name in self.named if name not in self.ids]
        found += [f"h{before} is followed by h{after}" for before, after in pairwise(self.levels)
                  if after > before + 1]  # fmt: skip
        return found + [
            f"{self.seen[tag]} times <{tag}>" for tag in ("html", "title", "h1", "main") if self.seen[tag] != 1
        ]
