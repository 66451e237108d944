#include "names.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <resolv.h>
#include <stdlib.h>
#include <string.h>

_Atomic uint16_t names_port;

__attribute__((constructor)) static void
look_outside(void)
{
    const char *port = getenv("NAMES_PORT");
    names_port = (uint16_t)(port ? strtol(port, NULL, 10) : 0);
}

/* libcurl's question passes by here, in the thread that it makes for it: that thread's resolver,
 * the real one, is sent to our server. */
int
getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
            struct addrinfo **list)
{
    static int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    if (!real) {
        void *found = dlsym(RTLD_NEXT, "getaddrinfo");
        memcpy(&real, &found, sizeof real);
    }
    if (names_port != 0) {
        res_init();
        _res.nscount = 1;
        _res.nsaddr_list[0] = (struct sockaddr_in){.sin_family = AF_INET,
                                                   .sin_port = htons(names_port),
                                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    }
    return real(name, service, hints, list);
}
