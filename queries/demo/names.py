"""Invented people and companies."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STAFF_FIRST = _words(
    "Anna Jonas Aylin Thomas Oluwaseun Marie Piotr Leila Henrik Giulia Kwame Sophie Mehmet Clara"
    " Daniel Nour Lukas Priya Emma Rafael Hanna Tobias Yuki Elena Samir Charlotte Ivan Amara Felix"
    " Zeynep Oliver Lucia Mateo Ingrid Karim Julia Minh Sara David Fatima Erik Carmen"
)
STAFF_LAST = _words(
    "Becker Okafor Yilmaz Lindqvist Rossi Nowak Schneider Haddad Fischer Sharma Keller Martin"
    " Hoffmann Diallo Weber Silva Petrov Brandt Tanaka Moreau Wagner Hughes Kaya Jansen Novak"
    " Lehmann Adeyemi Costa Berger Nguyen Walsh Richter Farouk Schulz Ortega Larsen Mensah"
    " Kowalski Vogel Khan Dubois Aydin Steiner"
)
LEAD_FIRST = _words(
    "Mia Noah Lea Leon Ada Finn Ayse Emil Chloe Hugo Nina Omar Ines Paul Rosa Adam Tara Max"
    " Vera Luis Jana Erik Sana Theo Olga Ravi Elif Nils Dana Ali Eva Jan Mei Tom Asha Ben Lara"
    " Kofi Ida Marc Zuzana Pablo Anke Dmitri Farah Sven Amelie Viktor Naomi Ulrich"
)
LEAD_LAST = _words(
    "Adler Bauer Castro Dahl Engel Fuchs Garcia Hansen Ivanov Jung Kramer Lang Mayer Neumann"
    " Oster Patel Quast Ritter Sommer Toth Ulrich Vidal Wolf Xu Young Zimmer Arslan Bianchi"
    " Chen Demir Evans Ferrari Gomez Horvat Ibrahim Jensen Koch Laurent Mendes Nagy Olsen Popov"
    " Roy Sato Torres Urban Varga Winter Yadav Zeller Abbas Braun Collins"
)
_COMPANY_FIRST = _words(
    "Nordwind Alpina Brightfield Calder Delmora Eastbank Ferrum Glenmark Halden Isarwerk Jasper"
    " Kestrel Lumen Meridian Novaris Oakline Pellworm Quarry Rheintal Solvik Tessera Umbra"
    " Vantage Westhafen Yarrow Zephyr Aurum Birchwood Corvin Dunmore"
)
_COMPANY_SECOND = _words(
    "Logistics Systems Foods Engineering Textiles Energy Pharma Packaging Robotics Software"
    " Insurance Retail Components Chemicals Motors Media Optics Health Tools Materials"
)
COMPANIES = tuple(f"{first} {second}" for first in _COMPANY_FIRST for second in _COMPANY_SECOND)
DOMAINS = tuple(f"{company.lower().replace(' ', '-')}.example" for company in COMPANIES)
EMAIL_FIRST = tuple(name.lower() for name in LEAD_FIRST)
EMAIL_LAST = tuple(f"{name.lower()}@" for name in LEAD_LAST)
