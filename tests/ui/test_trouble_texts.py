"""What is wrong with the server's disk is said with what to do about it."""

from sqm.errors import SqmError
from sqm.ui.upload import problem_texts
from sqm.ui.words import use


def test_the_sentences_say_how_much_room_is_missing() -> None:
    low = SqmError("disk_low", free=300 * 1024**2, needed=1700 * 1024**2)
    with use("en"):
        assert "300 MB are free, 1,700 MB must be" in problem_texts.sentence(low)
        assert "disk is full" in problem_texts.sentence(SqmError("disk_full"))
    with use("zh"):
        assert "剩余 300 MB" in problem_texts.sentence(low)
        assert "磁盘已满" in problem_texts.sentence(SqmError("disk_full"))
