/* Unix stream sockets: listen, take over from systemd, dial. All close-on-exec
 * and non-blocking; -1 and one log line on failure.
 *
 * A socket's file belongs to who made it, and who made it makes it again when it was removed:
 * the desk ctl.sock, by itself. The face may make none once it has locked itself up; its
 * face.sock is the service manager's (anjungan.socket: restart that unit, and the face with
 * it), or the demo's, which looks after it as long as its window is open. */
#pragma once
#include <sys/types.h>

/* Who waits cannot be taken in now, for want of descriptors or memory. A listener that is
 * polled again at once would say so without end: look again after SOCKETS_REST ms. */
enum { SOCKETS_LATER = -2, SOCKETS_REST = 1000 };

int sockets_listen(const char *path, mode_t mode); /* replaces a stale socket file */
int sockets_inherited(void);                       /* the first LISTEN_FDS descriptor, -1 if none */
int sockets_accept(int listener);   /* -1 silently when nobody is there; SOCKETS_LATER */
int sockets_dial(const char *path); /* -1 silently when nobody listens */
int sockets_peer_user(int fd);      /* uid; -1 unknown */
