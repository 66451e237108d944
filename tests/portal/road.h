/* What the courier's tests share: a folder with an authority, one job through a
 * courier, and its result. cmocka's assertions inside. */
#pragma once
#include <stdint.h>
#include "portal/courier.h"

struct road_test {
    char folder[64];
    uint8_t sign_public[SIGN_PUBLIC], sign_secret[SIGN_SECRET];
    struct courier_options options; /* whole and ready but for `url` */
    char url[96], ca[128], certificate[128];
};

/* `scripts`: the folder of make-ca. */
void road_open(struct road_test *road, const char *scripts);
void road_close(struct road_test *road);
void road_point_at(struct road_test *road, uint16_t port);
void road_run(const char *format, ...) __attribute__((format(printf, 1, 2))); /* a shell command */

/* One job there and back, within `seconds`; result.body is the caller's. */
struct courier_result road_send(struct courier *courier, const struct courier_job *job,
                                int seconds);
/* The same with a courier of its own. */
struct courier_result road_try(struct road_test *road, const struct courier_job *job, int seconds);
