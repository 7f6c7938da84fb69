from config.management.later import LaterCommand


class Command(LaterCommand):
    what = ("hoàn tác một lần nhập", "undo an import")
