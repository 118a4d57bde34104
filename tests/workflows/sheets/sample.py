"""Invented sheets for the tests: a long one in French, and one that runs from right to left."""

from dataclasses import replace
from datetime import date

from workflows.sheets.document import FrontMatter, ItemText, LegendLine, Phrase, SectionText, SheetDocument, SourceText

RENT = """Dans les communes de Lemba et de Ngaba, un logement d’une chambre coûte **80 à 150 dollars** par mois [1][2].
Le prix dépend de l’eau et du courant, qui se paient à part.

## La garantie

La plupart des bailleurs demandent trois à *six* mois de loyer d’avance [2]. Voici l’ordre habituel :

1. visiter le logement avec un proche
2. demander un reçu signé
   - avec le nom du bailleur
   - avec la date
3. faire enregistrer le bail à la commune

| Commune | Loyer par mois | Garantie demandée |
|---|--:|--:|
| Lemba | 80–120 $ | 3 mois |
| Ngaba | 90–150 $ | 3 à 6 mois [1] |

> Un reçu vaut mieux qu’une promesse.

Plus d’information : [la commune](https://example.org/bail?a=1&b=2)."""

FRONT = FrontMatter(
    network_name="Terrain",
    network_text="Des associations de plusieurs pays rassemblent ici des informations concrètes, une ville à la fois.\n"
    "Elles s’adressent aux personnes qui réfléchissent à un retour et à celles qui les accompagnent.",
    helpdesk_text="La réponse n’est pas ici ? Posez votre question sur terrain.example/fr/ask.",
    kind_label="Fiche pays",
    edition_text="Édition 3",
    published_text="Publiée le 3 novembre 2026",
    review_text="À revoir avant le 3 novembre 2027",
    funding_text="Avec le soutien d’un fonds inventé pour cet exemple.",
    disclaimer_title="Ce que cette fiche est, et n’est pas",
    disclaimer_text="Cette fiche informe. Elle ne donne aucun droit et ne conseille ni de partir ni de rester.\n"
    "Nous vérifions ce que nous écrivons, sans pouvoir le garantir : regardez toujours la date de chaque information.",
    preparation_title="Comment elle a été préparée",
    preparation_text="Des partenaires établis dans le pays ont cherché, sur place, chaque information. Pour leur "
    "sécurité, ils ne sont pas nommés.",
    partners_title="Partenaires du projet",
    partners=("Association de la Première Rive", "Maison des Deux Fleuves"),
    legend_title="Lire les pastilles",
    legend=(
        LegendLine("current", "À jour", "L’information est dans sa durée de validité."),
        LegendLine("check_soon", "À vérifier bientôt", "La durée de validité se termine."),
        LegendLine("out_of_date", "Dépassée", "Ne décidez pas sur cette seule information."),
        LegendLine("none", "Rien encore", "Personne n’a encore cherché."),
    ),
    contents_title="Sommaire",
    sources_title="Sources",
    sources_label="Sources",
    table_label="Tableau",
    page_text="Page {page} sur {pages}",
)


def item(number: int = 1, **changes: object) -> ItemText:
    values: dict[str, object] = {
        "title": "Loyer d’une chambre à Kinshasa",
        "ref": f"KIN-{number:04d}",
        "version": 2,
        "information_date_text": "Vérifié le 12 septembre 2026",
        "valid_until_text": "Fiable jusqu’au 11 mars 2027",
        "freshness_word": "À jour",
        "freshness_kind": "current",
        "markdown": RENT,
        "sources": ("Visite de onze logements, Lemba et Ngaba, septembre 2026", f"Bailleur, entretien n° {number}"),
    }
    given = {**values, **changes}
    given["sources"] = tuple(SourceText(one) if isinstance(one, str) else one for one in given["sources"])  # type: ignore[attr-defined]
    return ItemText(**given)  # type: ignore[arg-type]


SAID_IN_DUTCH = ("Huurprijs van een kamer", "Nederlands", "Een kamer kost 80 dollar.", "Wijk", "Lemba", "Bezoek aan huizen",
                 "Niemand weet wat water kost.", "De prijs was te laag.", "Dit was onjuist.")  # fmt: skip
SAID_IN_ENGLISH = ("Country sheet", "Housing", "Current", "Table", "What we do not know.", "Read the newest version",
                   "Checked on 12 September 2026", "12 September 2026", "This version was wrong.")  # fmt: skip


def english_with_a_dutch_text() -> SheetDocument:
    """A sheet in English, into which texts in Dutch were taken: one that was corrected since, one taken back."""
    ours, theirs = "en", "nl"
    dutch = item(
        title="Huurprijs van een kamer", language=theirs, language_text="Nederlands", freshness_word="Current",
        information_date_text="Checked on 12 September 2026", valid_until_text="",
        markdown="Een kamer kost **80 dollar**. [1]\n\n| Wijk |\n|---|\n| Lemba |\n",
        sources=(SourceText("Bezoek aan huizen", "12 September 2026", theirs),),
        became=(Phrase("This version was wrong.", ours, bold=True), Phrase("De prijs was te laag.", theirs),
                Phrase("Read the newest version", ours, to="https://terrain.example/en/excerpt/KIN-0001")),
        unknown=(Phrase("What we do not know.", ours, bold=True), Phrase("Niemand weet wat water kost.", theirs)),
    )  # fmt: skip
    gone = item(2, title="KIN-0002", markdown="", sources=(), gone=(Phrase("Dit was onjuist.", theirs),))
    section = SectionText(1, "Housing", "", None, (dutch, gone))
    front = replace(FRONT, kind_label="Country sheet", table_label="Table")
    return SheetDocument("DR Congo", ours, "ltr", 1, "May 2026", date(2026, 5, 2), None, front, (section,))


def french(items_a_section: int = 2) -> SheetDocument:
    titles = (
        "Accès au territoire", "État civil", "Sécurité physique", "Circulation et minorités", "Logement",
        "Emploi et moyens de subsistance", "Création d’entreprise", "Santé", "Enseignement", "Protection sociale",
    )  # fmt: skip
    kinds = (("current", "À jour"), ("check_soon", "À vérifier bientôt"), ("out_of_date", "Dépassée"))
    sections = []
    for number, title in enumerate(titles, 1):
        count = 0 if number == 7 else items_a_section
        items = tuple(
            item(
                number * 100 + at,
                freshness_kind=kinds[(number + at) % 3][0],
                freshness_word=kinds[(number + at) % 3][1],
            )
            for at in range(count)
        )
        note = "Rien n’a encore été publié ici." if not count else None
        note = "Une information de cette partie est dépassée." if number == 5 else note
        sections.append(SectionText(number, title, "Ce que des proches ont demandé le plus souvent.", note, items))
    return SheetDocument(
        "République démocratique du Congo", "fr", "ltr", 3, "Novembre 2026", date(2026, 11, 3), date(2027, 11, 3), FRONT,
        tuple(sections),
    )  # fmt: skip


def arabic() -> SheetDocument:
    front = FrontMatter(
        network_name="Terrain",
        network_text="شبكة من الجمعيات تجمع معلومات عملية عن مدينة واحدة في كل مرة.",
        helpdesk_text="لم تجد جوابك هنا؟ اسألنا على terrain.example/ask.",
        kind_label="بطاقة البلد",
        edition_text="الطبعة 1",
        published_text="نشرت في 3 نوفمبر 2026",
        review_text="",
        funding_text=None,
        disclaimer_title="ما هذه البطاقة",
        disclaimer_text="هذه البطاقة للإعلام فقط ولا تمنح أي حق.",
        preparation_title="كيف أعدت",
        preparation_text="جمعها شركاء محليون لا نذكر أسماءهم.",
        partners_title="الشركاء",
        partners=(),
        legend_title="معنى الأقراص",
        legend=(
            LegendLine("current", "محدثة", "المعلومة صالحة."),
            LegendLine("out_of_date", "قديمة", "لا تقرر بها وحدها."),
        ),
        contents_title="المحتويات",
        sources_title="المصادر",
        sources_label="المصادر",
        table_label="جدول",
        page_text="صفحة {page} من {pages}",
    )
    text = (
        "يكلف إيجار غرفة في حي Lemba بين **80 و 150** دولارا [1].\n\n- الماء يدفع وحده\n- الكهرباء تدفع وحدها\n\n"
        "| الحي | الإيجار |\n|---|--:|\n| Lemba | 80 |\n| Ngaba | 90 |\n"
    )
    items = (
        item(title="إيجار غرفة", markdown=text, sources=("زيارة أحد عشر منزلا، Lemba 2026",), freshness_word="محدثة",
             information_date_text="تحقق منها في 12 سبتمبر 2026", valid_until_text="صالحة حتى 11 مارس 2027"),
    )  # fmt: skip
    sections = (SectionText(1, "السكن", "أكثر ما سأل عنه الناس.", "معلومة في هذا الجزء قديمة.", items),)
    return SheetDocument("الكونغو", "ar", "rtl", 1, "نوفمبر 2026", date(2026, 11, 3), None, front, sections)
