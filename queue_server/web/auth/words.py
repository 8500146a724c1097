"""What signing in says, and where it leads: shared by the password's and the code's pages."""

from datetime import datetime
from urllib.parse import urlsplit

from queue_server.domain.commands import Role
from queue_server.domain.words import Words

HOME: dict[Role, str] = {
    Role.OFFICER: "/counter",
    Role.GREETER: "/greeter",
    Role.SUPERVISOR: "/manager",
    Role.MANAGER: "/manager",
    Role.ADMINISTRATOR: "/admin",
}
"""Where a role lands after signing in."""
WRONG_OLD = Words("Mật khẩu cũ chưa đúng. Mời nhập lại.", "The old password is not right. Try again.")
WRONG_PASSWORD = Words("Mật khẩu chưa đúng. Mời nhập lại.", "The password is not right. Try again.")


def locked_words(until: datetime, now: datetime) -> Words:
    """How long to wait before the next try is heard."""
    seconds = max(1, round((until - now).total_seconds()))
    if seconds < 90:
        vi, en = f"{seconds} giây", f"{seconds} seconds"
    else:
        minutes = -(-seconds // 60)
        vi, en = f"{minutes} phút", f"{minutes} minutes"
    return Words(
        f"Nhập sai quá nhiều lần. Mời chờ {vi} rồi thử lại, hoặc nhờ quản trị viên mở khoá.",
        f"Too many tries. Wait {en} and try again, or ask the administrator to unlock.",
    )


def own_path(next_: str) -> str:
    """`next_` if it is a path of this site, else nothing: a link cannot send anybody elsewhere."""
    parts = urlsplit(next_)
    good = next_.startswith("/") and not next_.startswith(("//", "/\\")) and "\\" not in next_
    return next_ if good and not parts.netloc and not parts.scheme else ""
