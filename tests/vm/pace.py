"""A piece of work that takes the host and the guest their own time."""
import time


def pace():
    """Seconds of CPU; the better of three."""
    def once():
        began = time.process_time()
        sum(number * number for number in range(300_000))
        return time.process_time() - began
    return min(once() for _ in range(3))
