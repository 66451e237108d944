#include "routes.h"

#include <string.h>

static const struct route routes[] = {
    {"POST", "/api/v1/enrolments", true, 16 * 1024, enrolments_post},
    {"PUT", "/api/v1/submissions/", false, 256 * 1024, submissions_put},
    {"POST", "/api/v1/tickets", false, 256 * 1024, tickets_post},
    {"POST", "/api/v1/lookups", false, 4 * 1024, lookups_post},
    {"GET", "/api/v1/bundles/", false, 0, bundles_get},
    {"POST", "/api/v1/heartbeat", false, 16 * 1024, heartbeat_post},
    {"GET", "/api/v1/tokens/", true, 0, tokens_get},
    {"GET", "/t/", true, 0, page_get},
    {"GET", "/healthz", true, 0, health_get},
};

static bool
matches(const struct route *route, const char *path)
{
    size_t len = strlen(route->path);
    if (route->path[len - 1] != '/' || strcmp(route->path, "/t/") == 0) {
        return strcmp(path, route->path) == 0;
    }
    return strncmp(path, route->path, len) == 0 && path[len] && !strchr(path + len, '/');
}

const struct route *
routes_find(const char *method, const char *path, int *status)
{
    *status = 404;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (matches(&routes[i], path)) {
            if (strcmp(routes[i].method, method) == 0) {
                return &routes[i];
            }
            *status = 405;
        }
    }
    return NULL;
}
