"""Every house lint with one sample that keeps it and one that breaks it."""

from tests.rules.house import (
    CODE,
    FILE_CEILING,
    FUNCTION_CEILING,
    VIEW_CEILING,
    Rule,
    calls,
    inline_code,
    listens_for_others,
    matching,
    moves_a_state,
    no_module_docstring,
    python,
    too_long_a_file,
    too_long_a_function,
    too_long_a_view,
)

SITES = ("webapp", "partner_portal", "web_kit")
TEMPLATES = tuple(f"{site}/templates/**/*.html" for site in SITES)
STYLES = tuple(f"{site}/static/**/*.css" for site in SITES)
LONG_FUNCTION = "def f():\n" + "    x = 1\n" * FUNCTION_CEILING
LONG_VIEW = '@bp.get("/x")\ndef show():\n    """Say it."""\n' + "    x = 1\n" * (VIEW_CEILING + 1)

RULES = (
    Rule(
        "only fire() moves a state",
        "a move that skips the lifecycle has no permission, no event and no letter",
        python(*CODE),
        moves_a_state,
        passes="LIFECYCLE.fire(session, actor, row, 'accept', now)\nrow = Row(state=S.NEW)\nif row.state == 'x': pass",
        fails="if ready:\n    row.state = 'accepted'",
        except_in=(
            "workflows/core/lifecycle.py",  # fire() itself
            "workflows/excerpts/publishing.py",  # the public row says what its excerpt has become
            "workflows/notices/send.py",  # a letter's way through the mail is no lifecycle
        ),
    ),
    Rule(
        "the domain never commits",
        "one use case is one transaction, and its edge decides when it ends",
        python("workflows"),
        calls("commit", "rollback"),
        passes="session.flush()\ncommitted = True",
        fails="session.commit()",
    ),
    Rule(
        "time is told, not asked",
        "a test or a sweep must be able to say what the moment is",
        python(*CODE),
        calls("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
        passes="moment = clock.now()\nlate = datetime(2026, 3, 1)",
        fails="moment = datetime.now(UTC)",
        except_in=("workflows/core/clock.py",),
    ),
    Rule(
        "a day is a day somewhere",
        "after ten in the evening UTC a day of its own would contradict the helpdesk's",
        python(*CODE),
        matching(r"\bnow(\(\))?\.date\(\)"),
        passes="today = clock.today()\ntoday = HELPDESK.local_day(now)",
        fails="today = now().date()",
        except_in=("web_kit/network.py",),  # a day of the salt that hides addresses, seen by nobody
    ),
    Rule(
        "no template trusts a text",
        "what is not escaped may be a script",
        TEMPLATES,
        matching(r"\|\s*safe\b|autoescape\s+false"),
        passes="{{ text }} {{ _('safe') }}",
        fails="{{ text | safe }}",
    ),
    Rule(
        "only two places mark a text as HTML",
        "the sanitiser, and our own drawing of a QR code",
        python(*CODE),
        calls("Markup"),
        passes="from markupsafe import Markup",
        fails="page = Markup(text)",
        except_in=("workflows/core/markdown.py", "web_kit/login.py"),
    ),
    Rule(
        "nothing inline in a page",
        "the content policy would refuse it, and the page would look broken",
        TEMPLATES,
        inline_code,
        passes='<a class="button" href="/x">{{ day(value, style="long") }}</a><script src="/x.js">',
        fails='<p style="color: red">',
    ),
    Rule(
        "a view asks the domain, not the database",
        "visibility belongs into the query that the domain keeps",
        python("webapp", "partner_portal"),
        calls("select", "session.query", "session.execute", "session.scalar", "session.scalars", "session.get"),
        passes="rows = triage_queue(session, actor)\nform.select.choices = []",
        fails="rows = session.scalars(select(Question))",
    ),
    Rule(
        "styles know start and end, not left and right",
        "every page is read from right to left as well",
        STYLES,
        matching(
            r"(?<![\w-])((margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right)|left|right)\b[\w-]*\s*:"
            r"|(text-align|float|clear)\s*:\s*(left|right)|border-(top|bottom)-(left|right)-radius"
        ),
        passes="p { margin-inline-start: 1rem; text-align: start; inset-inline-end: 0 }",
        fails="p { padding-left: 1rem }",
    ),
    Rule(
        "a file fits on a few screens",
        f"above {FILE_CEILING} lines it is cut by audience or by page",
        python(*CODE, "tests"),
        too_long_a_file,
        passes="x = 1\n" * FILE_CEILING,
        fails="x = 1\n" * (FILE_CEILING + 1),
    ),
    Rule(
        "a function fits on one screen",
        f"above {FUNCTION_CEILING} lines it does more than one thing",
        python(*CODE, "tests"),
        too_long_a_function,
        passes="def f():\n" + "    x = 1\n" * (FUNCTION_CEILING - 1),
        fails=LONG_FUNCTION,
    ),
    Rule(
        "a view parses, calls one command, answers",
        f"above {VIEW_CEILING} lines it decides something that belongs into the domain",
        python("webapp", "partner_portal"),
        too_long_a_view,
        passes='@bp.get("/x")\ndef show():\n' + "    x = 1\n" * VIEW_CEILING,
        fails=LONG_VIEW,
    ),
    Rule(
        "a module says what it owns",
        "a newcomer guesses the file, and its first line says whether the guess was right",
        python(*CODE),
        no_module_docstring,
        passes='"""Owns x."""\nx = 1',
        fails="x = 1",
    ),
    Rule(
        "a reference stays on one line",
        "COD-HOU-0012 broken after a hyphen is two things to look for",
        ("webapp/templates/**/*.html", "partner_portal/templates/**/*.html", "web_kit/templates/**/*.html"),
        matching(r"<bdi(?! class=\"[^\"]*nowrap)[^>]*>\{\{ *[\w.]*\b(ref|reference) *\}\}"),
        passes='<bdi class="mono nowrap">{{ line.ref }}</bdi>',
        fails='<bdi class="mono">{{ line.ref }}</bdi>',
    ),
    Rule(
        "a link for narrow screens stands in a box for narrow screens",
        "in a row of things a link is laid out by a stronger rule, which shows it on wide screens too",
        ("webapp/templates/**/*.html", "partner_portal/templates/**/*.html", "web_kit/templates/**/*.html"),
        matching(r"<a class=\"[^\"]*\bonly-s\b"),
        passes='<span class="only-s"><a href="#to-do">What to do</a></span>',
        fails='<a class="only-s small" href="#to-do">What to do</a>',
    ),
    Rule(
        "a colon after a label is that of the reader's language",
        "French has a space before it that does not break",
        ("webapp/templates/**/*.html", "partner_portal/templates/**/*.html", "web_kit/templates/**/*.html"),
        matching(r"\}\}(</\w+>)?:[ <]"),
        passes='{{ _("Sources") }}{{ _(":") }} 1',
        fails='<b>{{ _("Sources") }}:</b> 1',
    ),
    Rule(
        "a list has the comma of the reader's language",
        "Arabic has one of its own",
        (
            *(f"webapp/templates/{pages}/**/*.html" for pages in ("asking", "following")),
            *(f"webapp/templates/public/{pages}/**/*.html" for pages in ("alerts", "ask", "follow", "help", "home")),
            *("webapp/asking.py", "webapp/following.py", "webapp/public/ask_*.py", "webapp/public/follow*.py"),
            *("webapp/public/alerts*.py", "web_kit/forms.py", "web_kit/typed.py"),
        ),
        matching(r"['\"], ['\"](\.join| if not loop)|join\(['\"], |\}\}(</\w+>)?, ?[<{]|</\w+>, <"),
        passes='{{ names|listed }}{{ _(", ") if not loop.last }}\nlisted(names)',
        fails='{{ name }}{{ ", " if not loop.last }}',
    ),
    Rule(
        "no signals between slices",
        "what happens next is found by following the calls",
        python(*CODE),
        listens_for_others,
        passes="@bp.get('/x')\ndef show(): return ''",
        fails="@event.listens_for(Question, 'after_insert')\ndef tell(*_): pass",
        except_in=("workflows/core/db.py",),  # tells the database who is asking, at the start of every transaction
    ),
)
