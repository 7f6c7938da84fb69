"""The closed lists of words that a record's fields take, as curators read them.

What the public reads stands in archive.vocabulary, in both languages, by the same values.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    MAP = "map", _("Bản đồ")
    ATLAS_SHEET = "atlas_sheet", _("Tờ atlas")
    MANUSCRIPT = "manuscript", _("Bản viết tay")
    OFFICIAL_DOCUMENT = "official_document", _("Văn bản hành chính")
    LEGAL_TEXT = "legal_text", _("Văn bản pháp lý")
    BOOK = "book", _("Sách cổ")
    PHOTOGRAPH = "photograph", pgettext_lazy("loại hình", "Ảnh")
    PRESS_ITEM = "press_item", _("Bài báo")
    OBJECT = "object", _("Hiện vật")


class Status(models.TextChoices):
    """Written by archive.clearance alone."""

    DRAFT = "draft", _("bản thảo")
    SUBMITTED = "submitted", _("chờ duyệt")
    CLEARED = "cleared", _("đã duyệt công bố")
    REFUSED = "refused", _("chưa đủ điều kiện công bố")
    WITHDRAWN = "withdrawn", _("đã rút")
    HELD = "held", _("tạm giữ")


class ShownAs(models.TextChoices):
    ORIGINAL = "original", _("bản gốc")
    FACSIMILE = "facsimile", _("bản sao nguyên dạng")
    REPRODUCTION = "reproduction", _("phiên bản")


class Confidence(models.TextChoices):
    HIGH = "high", _("nguồn vững")
    MEDIUM = "medium", _("nguồn tương đối")
    LOW = "low", _("nguồn yếu, cần kiểm chứng")


class Role(models.TextChoices):
    """What an agent did; the MARC relator code of each stands in archive.vocabulary."""

    CREATOR = "creator", _("tác giả")
    CARTOGRAPHER = "cartographer", _("người vẽ bản đồ")
    SURVEYOR = "surveyor", _("người đo đạc")
    ENGRAVER = "engraver", _("người khắc")
    COMPILER = "compiler", _("người biên soạn")
    EDITOR = "editor", _("người hiệu đính")
    TRANSLATOR = "translator", _("người dịch")
    COPYIST = "copyist", _("người sao chép")
    PHOTOGRAPHER = "photographer", _("người chụp ảnh")
    PRINTER = "printer", _("nhà in")
    PUBLISHER = "publisher", _("nhà xuất bản")
    ISSUER = "issuer", _("cơ quan ban hành")
    SIGNATORY = "signatory", _("người ký")
    ADDRESSEE = "addressee", _("nơi nhận")
    FORMER_OWNER = "former_owner", _("chủ sở hữu trước")


class AgentKind(models.TextChoices):
    PERSON = "person", _("cá nhân")
    BODY = "body", _("tổ chức")
    FAMILY = "family", _("dòng họ")


class RelationKind(models.TextChoices):
    """From this record to the other one."""

    COPY_OF = "copy_of", _("là bản sao của")
    CITES = "cites", _("viện dẫn")
    DERIVED_FROM = "derived_from", _("phát triển từ")
    SAME_AREA = "same_area", _("vẽ cùng vùng với")


class PrimeMeridian(models.TextChoices):
    GREENWICH = "greenwich", "Greenwich"
    PARIS = "paris", "Paris"
    FERRO = "ferro", "Ferro (El Hierro)"
    TENERIFE = "tenerife", "Tenerife"
    CADIZ = "cadiz", "Cádiz"
    AMSTERDAM = "amsterdam", "Amsterdam"
    HANOI = "hanoi", "Hà Nội"
    BEIJING = "beijing", "Bắc Kinh"
    OTHER = "other", _("kinh tuyến gốc khác")


class Side(models.TextChoices):
    RECTO = "recto", _("mặt trước")
    VERSO = "verso", _("mặt sau")


# https://rightsstatements.org/page/1.0/ (all twelve), and the marks and licences of Creative Commons used here.
RIGHTS_STATEMENTS = [
    ("http://rightsstatements.org/vocab/InC/1.0/", _("Còn bảo hộ quyền tác giả")),
    ("http://rightsstatements.org/vocab/InC-OW-EU/1.0/", _("Còn bảo hộ; tác phẩm mồ côi (EU)")),
    ("http://rightsstatements.org/vocab/InC-EDU/1.0/", _("Còn bảo hộ; được dùng cho giáo dục")),
    ("http://rightsstatements.org/vocab/InC-NC/1.0/", _("Còn bảo hộ; được dùng phi thương mại")),
    ("http://rightsstatements.org/vocab/InC-RUU/1.0/", _("Còn bảo hộ; chưa xác định hoặc chưa tìm được chủ thể quyền")),
    ("http://rightsstatements.org/vocab/NoC-CR/1.0/", _("Hết bảo hộ; có ràng buộc theo hợp đồng")),
    ("http://rightsstatements.org/vocab/NoC-NC/1.0/", _("Hết bảo hộ; chỉ dùng phi thương mại")),
    ("http://rightsstatements.org/vocab/NoC-OKLR/1.0/", _("Hết bảo hộ; có hạn chế pháp lý khác")),
    ("http://rightsstatements.org/vocab/NoC-US/1.0/", _("Hết bảo hộ tại Hoa Kỳ")),
    ("http://rightsstatements.org/vocab/CNE/1.0/", _("Chưa đánh giá quyền tác giả")),
    ("http://rightsstatements.org/vocab/UND/1.0/", _("Chưa xác định quyền tác giả")),
    ("http://rightsstatements.org/vocab/NKC/1.0/", _("Không biết có còn bảo hộ")),
    ("https://creativecommons.org/publicdomain/mark/1.0/", _("Thuộc về công chúng")),
    ("https://creativecommons.org/publicdomain/zero/1.0/", _("Từ bỏ quyền (CC0)")),
    ("https://creativecommons.org/licenses/by/4.0/", _("CC BY 4.0: ghi công")),
    ("https://creativecommons.org/licenses/by-sa/4.0/", _("CC BY-SA 4.0: ghi công, chia sẻ tương tự")),
]
