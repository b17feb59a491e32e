"""Capitalised words that are no defined terms, each group with its reason."""

from collections.abc import Iterator

# The calendar: English writes these with a capital.
_CALENDAR = """
January February March April May June July August September October November December
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
Gregorian Islamic Hijri Ramadan Eid Christmas Easter
"""

# Languages, peoples and religions of the places where agreements are made.
_LANGUAGES = """
Arab Arabic Arabian English French German Italian Spanish Dutch Turkish Hindi Urdu
Chinese American British Bahraini Egyptian Emirati European Indian Jordanian Kuwaiti
Lebanese Omani Qatari Saudi Swiss Scottish Welsh Irish Sharia Roman Latin
"""

# States, cities and bodies that clauses name in fixed wording.
_PLACES = """
Bahrain Egypt England Europe France Germany India Iraq Ireland Jordan Kuwait Lebanon
London Oman Qatar Riyadh Jeddah Dubai Sharjah Scotland Switzerland Geneva Paris Vienna
Singapore Turkey Wales Zurich
"""
_LONG_PLACES = """
Abu Dhabi | Hong Kong | New York | Northern Ireland | Great Britain | World Bank
Saudi Arabia | United Arab Emirates | United Kingdom | United Nations | United States
United States of America
European Union | European Economic Area | Gulf Cooperation Council
Kingdom of Saudi Arabia | Kingdom of Bahrain | State of Kuwait | State of Qatar
Sultanate of Oman
"""

# Institutions, statutes and standards that are cited by their own names.
_INSTITUTIONS = """
Coordinated Universal Time | Greenwich Mean Time | International Chamber of Commerce
International Court of Arbitration | London Court of International Arbitration
Dubai International Arbitration Centre | Saudi Center for Commercial Arbitration
European Central Bank | Bank of England | Incoterms | Internet | New York Convention
General Data Protection Regulation | Personal Data Protection Law
United Nations Convention on Contracts for the International Sale of Goods
Information Technology Infrastructure Library
"""

# Parts of statutes, before a number.
_PARTS_OF_STATUTES = "Article | Chapter | Section"

# Technical names with a hyphen; those with a capital inside are known by it.
_TECHNICAL = "Wi-Fi"

# Words that name a part of the paper itself.
_PARTS_OF_THE_PAPER = "Schedule | Key Terms | Recital | Clause | Paragraph"

# Words that open a sentence and belong to no term that follows them.
_OPENERS = """
A After All Also An And Any As At Because Before Both But By Despite During Each Either
Every Except For From Having How However If In Instead Is It Its Neither No Nor Not
Nothing On Once One Only Or Other Otherwise Our Save Should Since So Subject Such That
The Their Then There These They This Those Though Three To Two Under Unless Until Upon
What When Where Whether Which While Whoever With Within Without
"""

# Capitalised words that end in one of these and go on with a number or a bracket are
# a statute ("Companies Act 2006", "Federal Decree-Law No. 45").
_STATUTES = """
Act Code Convention Decree Decree-Law Directive Law Order Ordinance Regulation
Regulations Rules Treaty
"""


def _names(*groups: str) -> Iterator[tuple[str, ...]]:
    """Yield names of one or several words, which stand between bars or on lines."""
    for group in groups:
        for line in group.strip().splitlines():
            yield from (tuple(name.split()) for name in line.split("|"))


_WORDS = f"{_CALENDAR} {_LANGUAGES} {_PLACES}".split()
NAMES = frozenset(
    (
        *((word,) for word in _WORDS),
        *_names(_LONG_PLACES, _INSTITUTIONS, _TECHNICAL),
        *_names(_PARTS_OF_STATUTES, _PARTS_OF_THE_PAPER),
    )
)
OPENERS = frozenset(_OPENERS.split())
STATUTES = frozenset(_STATUTES.split())
