"""What the script of the upload page says."""

from django.utils.translation import gettext as _


def strings() -> dict[str, str]:
    """Sentences of uploads.js in the active language; %(name)s are filled in there."""
    return {
        "waiting": _("đang chờ tới lượt"),
        "starting": _("đang bắt đầu"),
        "sending": "%(percent)s % (%(sent)s / %(total)s)",
        "again": _("mất kết nối, đang thử lại…"),
        "busy": _("đang chờ kết nối cũ kết thúc…"),
        "paused": _("đã tạm dừng"),
        "checking": _("đã tải xong, chờ kiểm tra"),
        "failed": _("chưa tải được"),
        "removed": _("Đã bỏ “%(name)s”."),
        "chosen": _("Đã chọn %(n)s tệp."),
        "count": _("%(done)s / %(all)s tệp đã vào kho."),
        "progress": _("Tiến độ tải lên “%(name)s”"),
        "line": _("Không kết nối được với máy chủ. Phần đã tải được giữ lại; có mạng trở lại thì bấm “Tiếp tục”."),
        "login": _(
            "Phiên đăng nhập đã hết. Hãy đăng nhập lại ở một thẻ khác rồi bấm “Tiếp tục”; phần đã tải được giữ lại."
        ),
        "server": _("Máy chủ báo lỗi %(status)s. Phần đã tải được giữ lại; hãy bấm “Tiếp tục” sau ít phút."),
        "folder": _("Không nhận thư mục; hãy mở thư mục rồi kéo thả các tệp trong đó."),
    }
