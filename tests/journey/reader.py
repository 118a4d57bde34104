"""A browser without a screen: reads the forms of a page, fills them in and presses their buttons, as a person would.

It knows what a browser without JavaScript knows. The real browser of tests/e2e understands the same five verbs.
"""

from typing import Any, Protocol

from lxml import html

from tests.sites import Browser


class Reader(Protocol):
    """What the journey asks of any browser."""

    def open(self, path: str) -> None: ...

    def fill(self, name: str, value: str, place: int = 0) -> None: ...

    def choose(self, name: str, value: str) -> None: ...

    def unchoose(self, name: str, value: str) -> None: ...

    def press(self, label: str) -> None: ...

    def press_name(self, name: str, value: str) -> None: ...

    def follow(self, label: str) -> None: ...

    @property
    def text(self) -> str: ...

    @property
    def path(self) -> str: ...


class Stuck(AssertionError):
    """The page has no such field, button or link, or refused; with what it says."""


class ClientReader:
    """The same over a test client. Everything it was sent is kept in `seen`."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.path = "/"
        self.seen: list[tuple[str, str]] = []
        self._tree: Any = None

    def open(self, path: str) -> None:
        self._show(self.browser.client.get(path, follow_redirects=True))

    def _show(self, answer: Any) -> None:
        self.path = answer.request.path
        self.seen += [(one.request.path, str(one.headers) + one.text) for one in (*answer.history, answer)]
        if answer.status_code >= 400:
            raise Stuck(f"{answer.status_code} at {self.path}: {_words(html.fromstring(answer.text))}")
        self._tree = html.fromstring(answer.data)

    @property
    def text(self) -> str:
        return _words(self._tree.find("body"))

    def _fields(self, name: str) -> list[Any]:
        fields = self._tree.xpath("//form//*[@name] | //*[@name and @form]")
        found = [one for one in fields if one.get("name") == name]
        if not found:
            known = sorted({one.get("name") for one in fields})
            raise Stuck(f"no field {name} at {self.path}, only {known}: {self.text}")
        return found

    def fill(self, name: str, value: str, place: int = 0) -> None:
        """Type into a field; `place` tells those of one name apart, as the three of a date."""
        self._fields(name)[place].value = value

    def choose(self, name: str, value: str) -> None:
        """An option of a list, a radio button or a box."""
        for one in self._fields(name):
            if one.tag == "select":
                one.value = value
                return
            if one.get("value", "on") == value:
                for other in self._fields(name) if one.get("type") == "radio" else ():
                    other.checked = False
                one.checked = True
                return
        raise Stuck(f"{name} at {self.path} offers no {value}: {[one.get('value') for one in self._fields(name)]}")

    def unchoose(self, name: str, value: str) -> None:
        next(one for one in self._fields(name) if one.get("value", "on") == value).checked = False

    def press_name(self, name: str, value: str) -> None:
        """The button that sends this name and value."""
        found = [
            one for one in self._tree.iter("button") if (one.get("name"), one.get("value", "").strip()) == (name, value)
        ]
        if not found:
            raise Stuck(f"no button {name}={value} at {self.path}: {self.text}")
        self._send(found[-1])

    def press(self, label: str) -> None:
        buttons = [one for one in self._tree.iter("button") if label in _words(one)]
        if not buttons:
            raise Stuck(
                f"no button {label!r} at {self.path}: {[_words(one) for one in self._tree.iter('button')]}: {self.text}"
            )
        self._send(buttons[-1])

    def _send(self, button: Any) -> None:
        form = self._form_of(button)
        values = [*form.form_values(), *self._beside(form)]
        if button.get("name"):
            values.append((button.get("name"), button.get("value", "")))
        path = button.get("formaction") or form.get("action") or self.path
        data: dict[str, list[str]] = {}
        for name, value in values:
            data.setdefault(name, []).append(value)
        if form.method == "GET":
            answer = self.browser.client.get(path, query_string=data, follow_redirects=True)
        else:
            answer = self.browser.client.post(path, data=data, follow_redirects=True)
        self._show(answer)

    def _beside(self, form: Any) -> list[tuple[str, str]]:
        """The boxes that stand elsewhere on the page and belong to this form."""
        boxes = self._tree.xpath("//input[@type='checkbox' and @form]")
        mine = [one for one in boxes if one.get("form") == form.get("id") and one.checked]
        return [(one.get("name"), one.get("value", "on")) for one in mine]

    def _form_of(self, button: Any) -> Any:
        if button.get("form"):
            return self._tree.get_element_by_id(button.get("form"))
        return next(one for one in button.iterancestors("form"))

    def follow(self, label: str) -> None:
        links = [one for one in self._tree.iter("a") if label in _words(one)]
        if not links:
            raise Stuck(f"no link {label!r} at {self.path}: {self.text}")
        self.open(links[0].get("href").partition("#")[0])


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())
