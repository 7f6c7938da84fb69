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

# "marc": the relator code of https://www.loc.gov/marc/relators/
ROLES = {
    "creator": {"vi": "Tác giả", "en": "Creator", "marc": "cre"},
    "cartographer": {"vi": "Người vẽ bản đồ", "en": "Cartographer", "marc": "ctg"},
    "surveyor": {"vi": "Người đo đạc", "en": "Surveyor", "marc": "srv"},
    "engraver": {"vi": "Người khắc", "en": "Engraver", "marc": "egr"},
    "compiler": {"vi": "Người biên soạn", "en": "Compiler", "marc": "com"},
    "editor": {"vi": "Người hiệu đính", "en": "Editor", "marc": "edt"},
    "translator": {"vi": "Người dịch", "en": "Translator", "marc": "trl"},
    "copyist": {"vi": "Người sao chép", "en": "Copyist", "marc": "scr"},
    "photographer": {"vi": "Người chụp ảnh", "en": "Photographer", "marc": "pht"},
    "printer": {"vi": "Nhà in", "en": "Printer", "marc": "prt"},
    "publisher": {"vi": "Nhà xuất bản", "en": "Publisher", "marc": "pbl"},
    "issuer": {"vi": "Cơ quan ban hành", "en": "Issuing body", "marc": "isb"},
    "signatory": {"vi": "Người ký", "en": "Signatory", "marc": "sgn"},
    "addressee": {"vi": "Nơi nhận", "en": "Addressee", "marc": "rcp"},
    "former_owner": {"vi": "Chủ sở hữu trước", "en": "Former owner", "marc": "fmo"},
}

# What this record is to another one, and the same seen from there.
RELATIONS = {
    "copy_of": {"vi": "Là bản sao của", "en": "Copy of"},
    "cites": {"vi": "Viện dẫn", "en": "Cites"},
    "derived_from": {"vi": "Phát triển từ", "en": "Derived from"},
    "same_area": {"vi": "Vẽ cùng vùng với", "en": "Depicts the same area as"},
}
RELATIONS_BACK = {
    "copy_of": {"vi": "Có bản sao là", "en": "Copied as"},
    "cites": {"vi": "Được viện dẫn trong", "en": "Cited by"},
    "derived_from": {"vi": "Là gốc của", "en": "Source of"},
    "same_area": {"vi": "Vẽ cùng vùng với", "en": "Depicts the same area as"},
}

PRIME_MERIDIANS = {
    "greenwich": {"vi": "Greenwich", "en": "Greenwich"},
    "paris": {"vi": "Paris", "en": "Paris"},
    "ferro": {"vi": "Ferro (El Hierro)", "en": "Ferro (El Hierro)"},
    "tenerife": {"vi": "Tenerife", "en": "Tenerife"},
    "cadiz": {"vi": "Cádiz", "en": "Cádiz"},
    "amsterdam": {"vi": "Amsterdam", "en": "Amsterdam"},
    "hanoi": {"vi": "Hà Nội", "en": "Hà Nội"},
    "beijing": {"vi": "Bắc Kinh", "en": "Beijing"},
    "other": {"vi": "Kinh tuyến gốc khác", "en": "Another prime meridian"},
}

SIDES = {
    "recto": {"vi": "Mặt trước", "en": "Recto"},
    "verso": {"vi": "Mặt sau", "en": "Verso"},
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
    "http://rightsstatements.org/vocab/InC/1.0/": {
        "code": "InC",
        "vi": "Còn bảo hộ quyền tác giả",
        "en": "In copyright",
    },
    "http://rightsstatements.org/vocab/InC-OW-EU/1.0/": {
        "code": "InC-OW-EU",
        "vi": "Còn bảo hộ; tác phẩm mồ côi (EU)",
        "en": "In copyright – EU orphan work",
    },
    "http://rightsstatements.org/vocab/InC-EDU/1.0/": {
        "code": "InC-EDU",
        "vi": "Còn bảo hộ; được dùng cho giáo dục",
        "en": "In copyright – educational use permitted",
    },
    "http://rightsstatements.org/vocab/InC-NC/1.0/": {
        "code": "InC-NC",
        "vi": "Còn bảo hộ; được dùng phi thương mại",
        "en": "In copyright – non-commercial use permitted",
    },
    "http://rightsstatements.org/vocab/InC-RUU/1.0/": {
        "code": "InC-RUU",
        "vi": "Còn bảo hộ; chưa xác định hoặc chưa tìm được chủ thể quyền",
        "en": "In copyright – rights-holder(s) unlocatable or unidentifiable",
    },
    "http://rightsstatements.org/vocab/NoC-CR/1.0/": {
        "code": "NoC-CR",
        "vi": "Hết bảo hộ; có ràng buộc theo hợp đồng",
        "en": "No copyright – contractual restrictions",
    },
    "http://rightsstatements.org/vocab/NoC-NC/1.0/": {
        "code": "NoC-NC",
        "vi": "Hết bảo hộ; chỉ dùng phi thương mại",
        "en": "No copyright – non-commercial use only",
    },
    "http://rightsstatements.org/vocab/NoC-OKLR/1.0/": {
        "code": "NoC-OKLR",
        "vi": "Hết bảo hộ; có hạn chế pháp lý khác",
        "en": "No copyright; other known legal restrictions",
    },
    "http://rightsstatements.org/vocab/NoC-US/1.0/": {
        "code": "NoC-US",
        "vi": "Hết bảo hộ tại Hoa Kỳ",
        "en": "No copyright – United States",
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
    "https://creativecommons.org/publicdomain/zero/1.0/": {
        "code": "CC0",
        "vi": "Từ bỏ quyền (CC0)",
        "en": "No rights reserved (CC0)",
    },
    "https://creativecommons.org/licenses/by/4.0/": {
        "code": "CC BY 4.0",
        "vi": "CC BY 4.0: ghi công",
        "en": "CC BY 4.0: attribution",
    },
    "https://creativecommons.org/licenses/by-sa/4.0/": {
        "code": "CC BY-SA 4.0",
        "vi": "CC BY-SA 4.0: ghi công, chia sẻ tương tự",
        "en": "CC BY-SA 4.0: attribution, share alike",
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
