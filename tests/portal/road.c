#include "road.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"

void
road_run(const char *format, ...)
{
    char command[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    if (system(command) != 0) {
        fail_msg("failed: %s", command);
    }
}

void
road_open(struct road_test *road, const char *scripts)
{
    memset(road, 0, sizeof *road);
    snprintf(road->folder, sizeof road->folder, "/tmp/anjungan-road-XXXXXX");
    assert_true(seal_init());
    assert_non_null(mkdtemp(road->folder));
    road_run("%s/make-ca %s --client 6472021001-1", scripts, road->folder);
    road_run("cd %s && cat 6472021001-1.key 6472021001-1.pem >client.pem", road->folder);
    sign_keypair(road->sign_public, road->sign_secret);
    snprintf(road->ca, sizeof road->ca, "%s/ca.pem", road->folder);
    snprintf(road->certificate, sizeof road->certificate, "%s/client.pem", road->folder);
    road->options = (struct courier_options){.url = road->url,
                                             .ca = road->ca,
                                             .certificate = road->certificate,
                                             .key = road->certificate,
                                             .kiosk = "6472021001-1",
                                             .connect_seconds = 1,
                                             .whole_seconds = 2};
    memcpy(road->options.portal_sign, road->sign_public, SIGN_PUBLIC);
}

void
road_close(struct road_test *road)
{
    road_run("rm -rf %s", road->folder);
}

void
road_point_at(struct road_test *road, uint16_t port)
{
    snprintf(road->url, sizeof road->url, "https://127.0.0.1:%u", port);
}

struct courier_result
road_send(struct courier *courier, const struct courier_job *job, int seconds)
{
    struct courier_result result;
    assert_true(courier_take(courier, job));
    int64_t end = clock_monotonic() + (int64_t)seconds * 1000;
    struct pollfd one = {.fd = courier_fd(courier), .events = POLLIN};
    while (!courier_result(courier, &result)) {
        if (clock_monotonic() > end) {
            fail_msg("no result within %d s", seconds);
        }
        poll(&one, 1, 100);
    }
    assert_int_equal(result.tag, job->tag);
    assert_int_equal(result.kind, job->kind);
    return result;
}

struct courier_result
road_try(struct road_test *road, const struct courier_job *job, int seconds)
{
    struct courier *courier = courier_start(&road->options);
    assert_non_null(courier);
    struct courier_result result = road_send(courier, job, seconds);
    courier_stop(courier);
    return result;
}
