from config.management.later import LaterCommand


class Command(LaterCommand):
    what = ("phục hồi", "restore")
