/* Unix stream sockets: listen, take over from systemd, dial. All close-on-exec
 * and non-blocking; -1 and one log line on failure. */
#pragma once
#include <sys/types.h>

int sockets_listen(const char *path, mode_t mode); /* replaces a stale socket file */
int sockets_inherited(void);                       /* the first LISTEN_FDS descriptor, -1 if none */
int sockets_accept(int listener);                  /* -1 silently when nobody is there */
int sockets_dial(const char *path);                /* -1 silently when nobody listens */
int sockets_peer_user(int fd);                     /* uid; -1 unknown */
