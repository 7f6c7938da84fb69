from config.management.later import LaterCommand


class Command(LaterCommand):
    what = ("báo cáo", "reports")
