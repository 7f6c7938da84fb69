from config.management.later import LaterCommand


class Command(LaterCommand):
    what = ("sao lưu", "back up")
