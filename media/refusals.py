"""Why a file isn't taken in: sentences, and the error that carries one."""

from django.utils.translation import gettext_noop as noop

from media.sentences import Sentence, say

NAME = noop("Tệp “%(name)s”: ")
ACCEPTED = noop(
    "Hệ thống nhận ảnh TIFF (.tif, .tiff), JPEG (.jpg, .jpeg), PNG (.png), JPEG 2000 (.jp2) và tài liệu PDF."
)
EMPTY = noop("tệp rỗng (0 byte). Hãy chép lại tệp từ máy quét.")
NOT_IMAGE = noop("không phải ảnh TIFF, JPEG, PNG, JPEG 2000 hay tài liệu PDF.")
CONTRADICTS = noop(
    "phần mở rộng “.%(extension)s” không khớp nội dung, vốn là tệp %(format)s. Hãy đổi lại tên tệp cho đúng."
)
ALIEN = noop("ngoài ảnh còn chứa dữ liệu lạ (tệp ghép). Hãy xuất lại ảnh từ phần mềm quét.")
TOO_MANY_PAGES = noop("tệp có %(pages)s trang, nhiều hơn mức cho phép %(limit)s trang. Hãy tách thành các tệp nhỏ hơn.")
TOO_BIG = noop("tệp lớn hơn mức cho phép %(limit)s byte.")
TOO_MANY_PIXELS = noop("ảnh %(width)s × %(height)s điểm ảnh (%(pixels)s), lớn hơn mức cho phép %(limit)s điểm ảnh.")
PAGES_TOO_LARGE = noop(
    "tất cả các trang cộng lại có %(pixels)s điểm ảnh, lớn hơn mức cho phép %(limit)s. Hãy tách tệp."
)
DAMAGED = noop("ảnh hỏng hoặc bị cắt cụt, không đọc được hết. Hãy chép lại hoặc quét lại.")
UNKNOWN = noop("dùng kiểu nén hoặc kiểu màu (%(what)s) mà hệ thống không đọc được. Hãy xuất lại thành TIFF không nén.")
HUNGRY = noop(
    "ảnh cần nhiều bộ nhớ hơn mức cho phép. Hãy lưu lại dưới dạng TIFF chia ô (tiled) hoặc không nén rồi tải lên."
)
TOO_SLOW = noop("đọc thử quá %(seconds)s giây mà chưa xong. Hãy xuất lại tệp cho đơn giản hơn.")
ENCRYPTED = noop("tài liệu PDF bị khoá bằng mật khẩu. Hãy lưu lại bản không khoá rồi tải lên.")
ACTIVE = noop(
    "tài liệu PDF chứa mã lệnh, biểu mẫu gửi đi hoặc tệp đính kèm. Hãy in lại thành PDF chỉ có trang giấy rồi tải lên."
)
OTHER_BYTES = noop("tệp nhận được không khớp mã SHA-256 gửi kèm, vậy đã hỏng trên đường truyền. Hãy tải lại.")
NO_SPACE = noop("không ghi được vào kho lưu trữ (%(error)s). Tệp chưa được lưu; hãy báo người vận hành.")


class Refused(Sentence, ValueError):
    """A file that isn't taken in. str() says which, why, and what is accepted, in the active language."""

    def __init__(self, msgid: str, name: str, **values):
        super().__init__(msgid, **values)
        self.name = name

    def __str__(self):
        return say(NAME, {"name": self.name}) + super().__str__() + " " + say(ACCEPTED, {})
