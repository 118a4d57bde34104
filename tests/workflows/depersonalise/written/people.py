"""Invented people: given names and family names of several naming cultures, drawn apart from the detector's lists."""

from dataclasses import dataclass
from random import Random

_CULTURES = {
    "Congolese": (
        "Béatrice Jean-Pierre Mireille Trésor Dieumerci Naomie Chancel Gloire Plamedi Francine",
        "Ilunga Mbuyi Kabongo Tshibangu Mukendi Lukaku Kalala Nsimba Mbala Wa-Kabamba",
    ),
    "Guinean": (
        "Mamadou Fatoumata Alpha Kadiatou Thierno Mariama Ibrahima Hadja Sekou Djénabou",
        "Diallo Barry Sow Camara Bangoura Keïta Condé Touré Soumah Baldé",
    ),
    "Moroccan": (
        "Mohammed Khadija Youssef Naïma Rachid Saïda Hamza Loubna Abdelilah Zineb",
        "El-Amrani Benali Ouazzani Chakroun Bouzidi Tahiri Lahlou Zerouali Idrissi Haddad",
    ),
    "Afghan": (
        "Abdul Zahra Najibullah Shukria Farhad Parwin Gul-Agha Nilofar Esmatullah Maryam",
        "Rahimi Ahmadzai Noori Hotak Karimi Stanekzai Popal Haidari Wardak Safi",
    ),
    "Armenian": (
        "Hrant Anahit Gagik Siranush Vahagn Lusine Karen Ruzanna Tigran Hasmik",
        "Petrosyan Hakobyan Sargsyan Grigoryan Mkrtchyan Avetisyan Khachatryan Ter-Petrosian Danielyan Manukyan",
    ),
    "Georgian": (
        "Giorgi Nino Zurab Ketevan Levan Tamar Vakhtang Eka Irakli Manana",
        "Beridze Kapanadze Gelashvili Tsiklauri Lomidze Maisuradze Kvaratskhelia Shengelia Dolidze Abashidze",
    ),
    "Chechen": (
        "Zarema Aslan Khava Ruslan Malika Islam Petimat Adam Zulikhan Ramzan",
        "Visaitova Dudaev Khasanov Magomadova Umarov Saidov Tsagaraeva Idrisov Betelgirieva Akhmadov",
    ),
    "Albanian": (
        "Arben Drita Besnik Flutura Ilir Valbona Agim Shpresa Gëzim Mimoza",
        "Hoxha Krasniqi Berisha Gashi Shala Rexhepi Çela Prifti Bytyqi Kelmendi",
    ),
    "Nepali": (
        "Narendra Sunita Bishnu Kamala Rajesh Sarita Prakash Laxmi Deepak Gita",
        "Tamang Gurung Shrestha Thapa Magar Adhikari Bhattarai Rai Khadka Sherpa",
    ),
    "Ethiopian": (
        "Tesfaye Selamawit Haile Birtukan Yonas Meseret Dawit Tigist Abebe Hirut",
        "Gebremedhin Woldegiorgis Bekele Kidane Tekle Hagos Asfaw Mengistu Negash Berhe",
    ),
    "Vietnamese": (
        "Hồng Minh Thảo Quân Lan Tuấn Hương Dũng Mai Phúc",
        "Nguyễn Trần Phạm Lê Đặng Vũ Bùi Đỗ Hoàng Ngô",
    ),
    "Ecuadorian": (
        "Dayana Kevin María-José Segundo Jhon Rosario Édison Gladys Washington Narcisa",
        "Guamán Chimbo Quishpe Morocho Villacís Toapanta Yánez Cajamarca Sánchez Lema",
    ),
    "Turkish": (
        "Mehmet Emine Hüseyin Zeynep Şerif Gülizar Baran Rojda Serhat Hatice",
        "Yılmaz Öztürk Demir Çelik Aydın Şahin Arslan Kılıç Doğan Polat",
    ),
    "Somali": (
        "Abdirahman Hodan Faarax Ayaan Cabdi Sahra Liban Ifrah Mahad Deeqa",
        "Warsame Farah Jama Mohamud Abdullahi Hersi Guled Dirie Samatar Osman",
    ),
    "Nigerian": (
        "Chinonso Blessing Emeka Ngozi Tunde Folake Osagie Efosa Precious Sunday",
        "Okafor Adeyemi Osazuwa Eze Balogun Igbinedion Nwosu Ogunleye Omoregie Danjuma",
    ),
    "Ukrainian": (
        "Oleksandr Nadiya Bohdan Halyna Taras Svitlana Mykola Oksana Yevhen Lyudmyla",
        "Shevchuk Kovalenko Bondarenko Tkachenko Melnyk Kravets Lysenko Polishchuk Moroz Savchenko",
    ),
}
_WRITTEN_IN = {
    "ar": (
        ("محمد فاطمة أحمد خديجة يوسف مريم زينب حسين ليلى تامر ياسمين كريم نور سعاد",
         "الحسن الجبوري حداد العلي الخطيب منصور الشمري درويش قاسم الزهراوي"),
        ("غلام پروین نجيب شکریه هدایت بهشته عطاء زرمينه", "رحيمي نوري وردك هوتك صافي كريمي"),
    ),
    "ru": (
        ("Зарема Аслан Хава Руслан Малика Петимат Рамзан Гагик Лусине Ашот", "Дудаев Хасанов Магомадова Умаров Петросян Саргсян Манукян"),
        ("Оксана Тарас Богдан Батбаяр Ирина Олег Надежда", "Шевченко Бондаренко Ганбаатар Иванова Смирнов Мороз"),
    ),
}  # fmt: skip
"""Names as their own script writes them, where a text of that language would."""


@dataclass(frozen=True)
class Someone:
    """A given name and a family name that go together, and a second given name of the same family."""

    given: str
    given2: str
    family: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}"


def someone(chance: Random, language: str = "en") -> Someone:
    """Somebody of any culture, or of those that write in the script of this language."""
    cultures = _WRITTEN_IN.get(language) or sorted(_CULTURES.values())
    given, family = (names.split() for names in chance.choice(cultures))
    first, second = chance.sample(given, 2)
    return Someone(first, second, chance.choice(family))
