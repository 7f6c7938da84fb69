from config.management.later import LaterCommand


class Command(LaterCommand):
    what = ("kiểm tra chuỗi quyết định", "check the chain of decisions")
