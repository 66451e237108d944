/* What the portal hears of a day that runs, and of one that is over. */
#include "../store/help.h"

#include "base/clock.h"
#include "desk/parts.h"
#include "store/tallies.h"

static struct settings settings;
static char said[2000]; /* what went to the courier last */
static int64_t now;

int64_t __wrap_clock_wall(void);
bool __wrap_courier_take(struct courier *courier, const struct courier_job *job);

int64_t
__wrap_clock_wall(void)
{
    return now;
}

bool
__wrap_courier_take(struct courier *courier, const struct courier_job *job)
{
    (void)courier;
    assert_int_equal(job->kind, COURIER_TALLIES);
    snprintf(said, sizeof said, "%.*s", (int)job->len, (const char *)job->body);
    return true;
}

/* What goes now, taken by the portal or not; "" where nothing does. */
static const char *
tell(struct desk *desk, enum courier_outcome outcome)
{
    struct courier_result result = {.kind = COURIER_TALLIES, .outcome = outcome};
    said[0] = '\0';
    if (tallies_send(desk)) {
        tallies_back(desk, &result);
    }
    return said;
}

static void
a_day_is_told_whole_when_it_is_over(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    struct desk desk = {.settings = &settings, .store = store};
    now = 1795500000000; // 24 November 2026, 14.40 in Samarinda
    int32_t today = desk_day(&desk);
    assert_int_equal(tally_add(store, today, "skm/sku/u2/1 left/sku/nik step/sku/nik=9"), STORE_OK);
    assert_string_equal(tell(&desk, COURIER_DELIVERED), ""); // nothing that is nobody's
    assert_int_equal(tally_add(store, today, "visit/done channel/kiosk-self/sku"), STORE_OK);
    static const char part[] =
        "{\"day\":\"2026-11-24\",\"counts\":{\"channel/kiosk-self/sku\":1,\"visit/done\":1}}";
    assert_string_equal(tell(&desk, COURIER_RETRY), part);
    assert_string_equal(tell(&desk, COURIER_DELIVERED), part);
    assert_string_equal(tell(&desk, COURIER_DELIVERED), ""); // told, and nothing is new
    assert_int_equal(tally_add(store, today, "visit/done"), STORE_OK);
    assert_non_null(strstr(tell(&desk, COURIER_DELIVERED), "\"visit/done\":2"));
    assert_null(strstr(said, "skm"));
    now += 86400000;
    assert_string_equal(tell(&desk, COURIER_RETRY),
                        "{\"day\":\"2026-11-24\",\"counts\":{\"channel/kiosk-self/sku\":1,"
                        "\"left/sku/nik\":1,\"skm/sku/u2/1\":1,\"step/sku/nik\":9,"
                        "\"visit/done\":2}}");
    assert_int_equal(tally_add(store, today + 1, "visit/done"), STORE_OK);
    assert_non_null(strstr(tell(&desk, COURIER_DELIVERED), "2026-11-25"));
    assert_non_null(strstr(tell(&desk, COURIER_DELIVERED), "skm/sku/u2/1"));
    assert_string_equal(tell(&desk, COURIER_DELIVERED), "");
    store_close(store);
    place_remove(&place);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_told_whole_when_it_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
