"""The whole office of tests/walks inside the guest, its face on the graphics card's own driver
and a touch panel: no X server anywhere."""
import os

from guest import run
from glass import Glass
from stage import Office, listening_socket
from walk import Player


class Hands(Player):
    apart = 1.0  # by the face's own time, which is late here

class Kiosk(Office):
    """`paper=off` and further words as of Office."""

    patience = 60  # the processor is a program here

    def __init__(self, build, folder, host, **words):
        super().__init__(build, folder, **words)
        self.host = host

    def face_environment(self):
        return dict(os.environ, SDL_AUDIODRIVER="dummy")

    def plug(self):
        """The panel, which may have been another before."""
        width, height, _ = self.panel
        if self.x:
            self.x.stop()
        self.x = Glass(self.host, width, height)
        run("udevadm", "settle")

    def start(self):
        self.plug()
        self.make_authority()
        self.start_portal()
        if self.with_paper:
            self.start_printer()
        self.configure()
        self.listener = listening_socket(self.folder / "run/face.sock")
        self.enrol()
        self.start_face()
        self.wait_for_desk()
