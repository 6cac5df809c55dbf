"""What the schema of REFI-QDA's project exchange asks of the elements that are written here.

Restated from the standard (1.5): the order of elements, which attributes must be there, and what
a GUID, a colour and a moment look like. Sources other than texts are left out.
"""

from lxml import etree

ATTRIBUTES = {
    "made": '<x:attribute name="creatingUser" type="guid"/>'
    '<x:attribute name="creationDateTime" type="x:dateTime"/>',
    "guid": '<x:attribute name="guid" type="guid" use="required"/>',
    "name": '<x:attribute name="name" type="x:string" use="required"/>',
    "perhaps": '<x:attribute name="name" type="x:string"/>',
}
NOTES = '<x:element name="NoteRef" type="ref" minOccurs="0" maxOccurs="unbounded"/>'
ANY = 'minOccurs="0" maxOccurs="unbounded"'
DESCRIPTION = '<x:element name="Description" type="x:string" minOccurs="0"/>'


def _kind(name: str, inside: str, attributes: str = "") -> str:
    return (
        f'<x:complexType name="{name}"><x:sequence>{inside}</x:sequence>{attributes}'
        "</x:complexType>"
    )


def _many(name: str, kind: str) -> str:
    return _kind(name, f'<x:element name="{name[:-1]}" type="{kind}" maxOccurs="unbounded"/>')


_MADE, _GUID, _NAME, _PERHAPS = (ATTRIBUTES[name] for name in ("made", "guid", "name", "perhaps"))
_HEX = "[0-9a-fA-F]"
SCHEMA = f"""<x:schema xmlns="urn:QDA-XML:project:1.0" targetNamespace="urn:QDA-XML:project:1.0"
 xmlns:x="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
<x:element name="Project" type="Project"/>
{
    _kind(
        "Project",
        '<x:element name="Users" type="Users" minOccurs="0"/>'
        '<x:element name="CodeBook" type="CodeBook" minOccurs="0"/>'
        '<x:element name="Sources" type="Sources" minOccurs="0"/>'
        '<x:element name="Notes" type="Notes" minOccurs="0"/>'
        '<x:element name="Sets" type="Sets" minOccurs="0"/>' + DESCRIPTION + NOTES,
        _NAME + '<x:attribute name="origin" type="x:string"/>',
    )
}
{_many("Users", "User")}
<x:complexType name="User">{_GUID}{_PERHAPS}</x:complexType>
{_kind("CodeBook", '<x:element name="Codes" type="Codes"/>')}
{_many("Codes", "Code")}
{
    _kind(
        "Code",
        DESCRIPTION + NOTES + f'<x:element name="Code" type="Code" {ANY}/>',
        _GUID + _NAME + '<x:attribute name="isCodable" type="x:boolean" use="required"/>'
        '<x:attribute name="color" type="colour"/>',
    )
}
{_kind("Sources", '<x:element name="TextSource" type="Text" maxOccurs="unbounded"/>')}
{_many("Notes", "Text")}
{
    _kind(
        "Text",
        DESCRIPTION + '<x:element name="PlainTextContent" type="x:string" minOccurs="0"/>'
        f'<x:element name="PlainTextSelection" type="Selection" {ANY}/>'
        f'<x:element name="Coding" type="Coding" {ANY}/>' + NOTES,
        _GUID + _PERHAPS + '<x:attribute name="plainTextPath" type="x:string"/>' + _MADE,
    )
}
{
    _kind(
        "Selection",
        DESCRIPTION + f'<x:element name="Coding" type="Coding" {ANY}/>' + NOTES,
        _GUID + _PERHAPS + '<x:attribute name="startPosition" type="x:integer" use="required"/>'
        '<x:attribute name="endPosition" type="x:integer" use="required"/>' + _MADE,
    )
}
{_kind("Coding", '<x:element name="CodeRef" type="ref"/>' + NOTES, _GUID + _MADE)}
{_many("Sets", "Set")}
{_kind("Set", DESCRIPTION + f'<x:element name="MemberCode" type="ref" {ANY}/>', _GUID + _NAME)}
<x:complexType name="ref"><x:attribute name="targetGUID" type="guid" use="required"/>
</x:complexType>
<x:simpleType name="guid"><x:restriction base="x:token"><x:pattern
 value="{_HEX}{{8}}(-{_HEX}{{4}}){{3}}-{_HEX}{{12}}"/></x:restriction></x:simpleType>
<x:simpleType name="colour"><x:restriction base="x:token"><x:pattern
 value="#({_HEX}{{6}}|{_HEX}{{3}})"/></x:restriction></x:simpleType>
</x:schema>"""


def faults_of(document: bytes) -> list[str]:
    """Say what in a project file the schema does not allow."""
    schema = etree.XMLSchema(etree.XML(SCHEMA))
    schema.validate(etree.fromstring(document))
    return [error.message for error in schema.error_log]
