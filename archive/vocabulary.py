"""Words in both languages for the values that an edition document holds. Pure: documents must read the same whatever
language is active."""

KINDS = {
    "map": {"vi": "Bản đồ", "en": "Map"},
    "atlas_sheet": {"vi": "Tờ atlas", "en": "Atlas sheet"},
    "manuscript": {"vi": "Bản viết tay", "en": "Manuscript"},
    "official_document": {"vi": "Văn bản hành chính", "en": "Official document"},
    "legal_text": {"vi": "Văn bản pháp lý", "en": "Legal text"},
    "book": {"vi": "Sách cổ", "en": "Old book"},
    "photograph": {"vi": "Ảnh", "en": "Photograph"},
    "press_item": {"vi": "Bài báo", "en": "Press item"},
    "object": {"vi": "Hiện vật", "en": "Object"},
}

ROLES = {
    "creator": {"vi": "Tác giả", "en": "Creator"},
    "cartographer": {"vi": "Người vẽ bản đồ", "en": "Cartographer"},
    "engraver": {"vi": "Người khắc", "en": "Engraver"},
    "publisher": {"vi": "Nhà xuất bản", "en": "Publisher"},
    "issuer": {"vi": "Cơ quan ban hành", "en": "Issuing body"},
    "signatory": {"vi": "Người ký", "en": "Signatory"},
}

SHOWN_AS = {
    "original": {"vi": "Bản gốc", "en": "Original"},
    "facsimile": {"vi": "Bản sao nguyên dạng", "en": "Facsimile"},
    "reproduction": {"vi": "Phiên bản", "en": "Reproduction"},
}

CONFIDENCE = {
    "high": {"vi": "Nguồn vững", "en": "Well sourced"},
    "medium": {"vi": "Nguồn tương đối", "en": "Fairly sourced"},
    "low": {"vi": "Nguồn yếu, cần kiểm chứng", "en": "Weakly sourced, to be verified"},
}

# Short names as rightsstatements.org and Creative Commons give them; the values are the URIs that records hold.
RIGHTS = {
    "http://rightsstatements.org/vocab/NoC-OKLR/1.0/": {
        "code": "NoC-OKLR",
        "vi": "Hết bảo hộ; có hạn chế pháp lý khác",
        "en": "No copyright; other known legal restrictions",
    },
    "http://rightsstatements.org/vocab/InC/1.0/": {
        "code": "InC",
        "vi": "Còn bảo hộ quyền tác giả",
        "en": "In copyright",
    },
    "http://rightsstatements.org/vocab/CNE/1.0/": {
        "code": "CNE",
        "vi": "Chưa đánh giá quyền tác giả",
        "en": "Copyright not evaluated",
    },
    "http://rightsstatements.org/vocab/UND/1.0/": {
        "code": "UND",
        "vi": "Chưa xác định quyền tác giả",
        "en": "Copyright undetermined",
    },
    "http://rightsstatements.org/vocab/NKC/1.0/": {
        "code": "NKC",
        "vi": "Không biết có còn bảo hộ",
        "en": "No known copyright",
    },
    "https://creativecommons.org/publicdomain/mark/1.0/": {
        "code": "PDM",
        "vi": "Thuộc về công chúng",
        "en": "Public domain",
    },
}

SITE = {
    "vi": "Hoàng Sa, Trường Sa của Việt Nam – Những bằng chứng lịch sử và pháp lý",
    "en": "Hoàng Sa (Paracels) and Trường Sa (Spratlys) of Việt Nam – Historical and Legal Evidence",
}


def both(pair: dict | None, lang: str, other: bool = True) -> str:
    """Text of a {vi, en} pair in `lang`; when that is empty and `other`, in the other language; else ""."""
    pair = pair or {}
    text = pair.get(lang) or ""
    if not text and other:
        text = pair.get("en" if lang == "vi" else "vi") or ""
    return text
