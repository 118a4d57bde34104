"""Word files are zip archives: looked at from the outside, member by member, before any reader of Word touches them.

Everything that opens a Word file begins with `preflight`.
"""

import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from config import policy
from sandbox.kinds import DOCX
from sandbox.refusal import Reason, Refused

DOCUMENT = f"{DOCX}.main+xml".encode()
ENCRYPTED = 0x1
CONTENT_TYPES = "[Content_Types].xml"
MACROS = re.compile(r"vba|macro", re.IGNORECASE)
EMBEDDED = re.compile(r"(^|/)(embeddings|activeX|ctrlProps)/|oleObject", re.IGNORECASE)
HYPERLINK = re.compile(r"/hyperlink$")
PIECE = 64 * 1024


def preflight(data: bytes) -> dict[str, bytes]:
    """The members of a Word file by name, unpacked within the limits. Refuses: Refused, as early as it can.

    What is refused: another type, too many members, more than the limit unpacked or packed too tightly, encryption,
    names twice or out of the archive, a DOCTYPE, macros, embedded objects, parts that lie elsewhere (links of the text
    apart).
    """
    if b"%PDF-" in data[:1024]:
        raise Refused(Reason.TWO_TYPES)
    archive = _opened(data)
    listed = archive.infolist()
    _look_at_the_list(listed)
    members = {one.filename: _unpacked(archive, one) for one in listed if not one.is_dir()}
    if sum(map(len, members.values())) > policy.DOCX_MAX_UNPACKED_BYTES:
        raise Refused(Reason.UNPACKS_TOO_LARGE)
    _look_inside(members)
    return members


def read_xml(part: bytes) -> etree._Element:
    """One part as a tree. Refuses: a DOCTYPE, in any encoding; a part that cannot be read is damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        tree = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise Refused(Reason.DOCTYPE if b"<!DOCTYPE" in part else Reason.DAMAGED) from broken
    if tree.getroottree().docinfo.internalDTD is not None:
        raise Refused(Reason.DOCTYPE)
    return tree


def _opened(data: bytes) -> ZipFile:
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as broken:
        raise Refused(Reason.DAMAGED) from broken
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(Reason.TWO_TYPES)
    return archive


def _look_at_the_list(listed: list[ZipInfo]) -> None:
    """What the directory of the archive says, and must be true of what is then read."""
    if len(listed) > policy.DOCX_MAX_MEMBERS:
        raise Refused(Reason.TOO_MANY_PARTS)
    names = [one.filename for one in listed]
    if len({name.casefold() for name in names}) < len(names) or any(map(_leads_out, names)):
        raise Refused(Reason.STRANGE_NAMES)
    if any(one.flag_bits & ENCRYPTED for one in listed):
        raise Refused(Reason.ENCRYPTED)
    if any(one.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for one in listed):
        raise Refused(Reason.DAMAGED)
    if sum(one.file_size for one in listed) > policy.DOCX_MAX_UNPACKED_BYTES:
        raise Refused(Reason.UNPACKS_TOO_LARGE)


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in name or "\\" in name or "\0" in name


def _unpacked(archive: ZipFile, member: ZipInfo) -> bytes:
    """One member, never more of it than the directory said or the ratio allows."""
    most = min(member.file_size, max(member.compress_size, PIECE) * policy.DOCX_MAX_RATIO)
    try:
        with archive.open(member) as packed:
            found = packed.read(most + 1)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as broken:
        raise Refused(Reason.DAMAGED) from broken
    if len(found) > most or member.file_size > most:
        raise Refused(Reason.UNPACKS_TOO_LARGE)
    return found


def _look_inside(members: dict[str, bytes]) -> None:
    types = members.get(CONTENT_TYPES, b"")
    if any(MACROS.search(name) for name in members) or b"macroEnabled" in types or b"vbaProject" in types:
        raise Refused(Reason.MACROS)
    if DOCUMENT not in types:
        raise Refused(Reason.WRONG_TYPE)
    if any(EMBEDDED.search(name) for name in members):
        raise Refused(Reason.EMBEDDED)
    for name, part in members.items():
        if name.endswith((".xml", ".rels")):
            tree = read_xml(part)
            if name.endswith(".rels"):
                _look_at_relations(tree)


def _look_at_relations(tree: etree._Element) -> None:
    """A part may lie in the file alone; a link of the text is only a text."""
    for relation in tree.iter("{*}Relationship"):
        kind = relation.get("Type", "")
        if relation.get("TargetMode", "").lower() == "external" and not HYPERLINK.search(kind):
            raise Refused(Reason.EXTERNAL)
        if re.search(r"/(oleObject|control|package)$", kind):
            raise Refused(Reason.EMBEDDED)
