"""PURE: how long to wait before a device that is away is tried again."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class BackOff:
    """Seconds: `first` after the first failure, doubled by each further one, never above `longest`."""

    first: float = 0.25
    longest: float = 8.0
    failures: int = 0

    @property
    def pause(self) -> float:
        """0 after a success."""
        return min(self.longest, self.first * 2 ** min(self.failures - 1, 30)) if self.failures else 0.0

    def failed(self) -> "BackOff":
        return replace(self, failures=self.failures + 1)

    def succeeded(self) -> "BackOff":
        return replace(self, failures=0)
