from config.management.later import LaterCommand


class Command(LaterCommand):
    what = ("chạy ki-ốt từ gói ngoại tuyến", "serve a kiosk from its pack")
