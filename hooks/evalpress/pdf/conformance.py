"""5 print: what makes a PDF one file for the archive (PDF/A-3a) and for screen readers (PDF/UA-1).

WeasyPrint writes one of the two into a file's metadata; the other is added here.
"""

from __future__ import annotations

from typing import Any

import pydyf

VARIANT = "pdf/a-3a"
_SCHEMA = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>PDF/UA part number</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
_LANGUAGE = """\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language></rdf:Description>"""
_END = b"</rdf:RDF>"


def claim_both(metadata: Any) -> None:
    """Let a document's metadata (WeasyPrint's) name PDF/UA-1 beside PDF/A, with its schema, and the
    language."""
    theirs = metadata.generate_rdf_metadata

    def generate(variant: str, version: int, conformance: str) -> bytes:
        described = bytes(theirs(variant, version, conformance))
        return described.replace(_END, (_SCHEMA + _LANGUAGE).encode() + _END)

    metadata.generate_rdf_metadata = generate


def tidy(document: Any, pdf: Any) -> None:
    """Drop dictionaries without entries, which PDF/A's checkers stop at, and the second mention of
    every file inside. To be given to WeasyPrint as its finisher."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for made in pdf.objects:
        holder = made.extra if isinstance(made, pydyf.Stream) else made
        resources = holder.get("Resources") if isinstance(holder, dict) else None
        for found in (holder, resources):
            _drop_empty(found)


def _drop_empty(resources: Any) -> None:
    if isinstance(resources, dict):
        for key in ("ExtGState", "XObject", "Pattern", "Shading"):
            if key in resources and not resources[key]:
                del resources[key]
