from config.management.later import LaterCommand


class Command(LaterCommand):
    what = ("đóng gói ki-ốt ngoại tuyến", "build a kiosk's offline pack")
