#include "help.h"

#include <sqlite3.h>

static int64_t
put(struct store *store, int n)
{
    int64_t seq;
    return put_number(store, n, NULL, NULL, &seq) == STORE_OK ? seq : 0;
}

static void
what_is_put_comes_out_in_order(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    for (int n = 1; n <= 5; n++) {
        assert_int_equal(put(store, n), n);
    }
    store_close(store);
    store = place_open(&place);
    struct outbox_item item;
    int64_t after = 0;
    for (int n = 1; n <= 5; n++, after = item.seq) {
        assert_int_equal(outbox_next(store, after, &item), STORE_OK);
        assert_int_equal(item.seq, n);
        assert_int_equal(item.saved_at, NOW + n);
        assert_string_equal(item.service, "sku");
        assert_string_equal(item.code, "7K3F-9QXM");
        char start[16];
        int len = snprintf(start, sizeof start, "sealed %d ", n);
        assert_memory_equal(item.envelope, start, (size_t)len);
    }
    assert_int_equal(outbox_next(store, after, &item), STORE_NONE);
    assert_int_equal(check_all(store), STORE_OK);
    store_close(store);
    place_remove(&place);
}

static void
the_same_id_is_one_row(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    struct ticket_order order = {.letter = "A", .day = 20000, .now = NOW, .service = "sku"};
    struct ticket ticket, again;
    int64_t seq;
    put(store, 1);
    assert_int_equal(put_number(store, 2, &order, &ticket, &seq), STORE_OK);
    assert_int_equal(ticket.number, 1);
    assert_int_equal(ticket.submission, 2);
    assert_int_equal(put_number(store, 2, &order, &again, &seq), STORE_TAKEN);
    assert_int_equal(seq, 2);
    assert_int_equal(again.id, ticket.id);
    struct submission other = {"01930000-0000-7000-8000-000000000002",
                               "7K3F-9QXM",
                               "sku",
                               "id",
                               (const uint8_t *)"other",
                               5};
    assert_int_equal(outbox_put(store, &other, NOW, NULL, NULL, &seq), STORE_TAKEN);
    assert_int_equal(seq, 0);
    struct outbox_counts counts;
    outbox_counts(store, &counts);
    assert_int_equal(counts.waiting, 2);
    assert_int_equal(counts.last_seq, 2);
    store_close(store);
    place_remove(&place);
}

/* A changed answer after a silence: one request, one number, and both wordings on their way. */
static void
a_later_wording_takes_over_the_number(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    struct ticket_order order = {.letter = "A", .day = 20000, .now = NOW, .service = "ktp"};
    struct ticket first, ticket;
    int64_t seq;
    struct submission later = {.code = "7K3F-9QXM",
                               .service = "ktp",
                               .language = "id",
                               .envelope = (const uint8_t *)"changed",
                               .len = 7,
                               .replaces = "01930000-0000-7000-8000-000000000001"};
    assert_int_equal(put_number(store, 1, &order, &first, &seq), STORE_OK);
    assert_string_equal(first.uuid, later.replaces);
    for (int n = 2; n <= 3; n++) { // the third names the first too
        later.id = n == 2 ? "01930000-0000-7000-8000-000000000002"
                          : "01930000-0000-7000-8000-000000000003";
        // Closed since, or the quota reached: the number that was given stays.
        order.quota = 1;
        assert_int_equal(outbox_put(store, &later, NOW, n == 2 ? &order : NULL, &ticket, &seq),
                         STORE_OK);
        assert_int_equal(seq, n);
        assert_int_equal(ticket.id, first.id);
        assert_int_equal(ticket.submission, n);
        assert_int_equal(ticket_get(store, first.id, &ticket), STORE_OK);
        assert_int_equal(ticket.submission, n);
    }
    // Of one that was never saved nothing is known: the later one gets a number of its own,
    // and a third would get that.
    order.quota = 0;
    later.id = "01930000-0000-7000-8000-000000000005";
    later.replaces = "01930000-0000-7000-8000-000000000004";
    assert_int_equal(outbox_put(store, &later, NOW, &order, &ticket, &seq), STORE_OK);
    assert_int_equal(ticket.number, 2);
    assert_string_equal(ticket.uuid, later.replaces);
    struct outbox_counts counts;
    outbox_counts(store, &counts);
    assert_int_equal(counts.waiting, 4);
    assert_int_equal(check_all(store), STORE_OK);
    store_close(store);
    place_remove(&place);
}

static void
a_reached_quota_never_loses_the_submission(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    struct ticket_order order = {.letter = "A", .day = 20000, .now = NOW, .quota = 1};
    struct ticket ticket;
    int64_t seq;
    assert_int_equal(put_number(store, 1, &order, &ticket, &seq), STORE_OK);
    assert_int_equal(ticket.number, 1);
    assert_int_equal(put_number(store, 2, &order, &ticket, &seq), STORE_OK);
    assert_int_equal(seq, 2);
    assert_int_equal(ticket.id, 0);
    store_close(store);
    place_remove(&place);
}

/* The file and its log hold nothing of a delivered body. */
static bool
found_on_disk(const struct place *place, const char *needle)
{
    char command[200];
    snprintf(command, sizeof command, "grep -q -a '%s' %s %s-wal", needle, place->path,
             place->path);
    return system(command) == 0;
}

static void
delivery_removes_the_payload(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    for (int n = 1; n <= 3; n++) {
        put(store, n);
    }
    assert_true(found_on_disk(&place, "sealed 2 "));
    assert_int_equal(outbox_failed(store, 2, "http 500", 77), STORE_OK);
    assert_int_equal(outbox_delivered(store, 2, 5000), STORE_OK);
    assert_int_equal(outbox_delivered(store, 2, 5000), STORE_NONE);
    assert_int_equal(outbox_quarantine(store, 3, "refused: document"), STORE_OK);
    struct outbox_item item;
    assert_int_equal(outbox_get(store, 2, &item), STORE_OK);
    assert_int_equal(item.state, OUTBOX_DELIVERED);
    assert_int_equal(item.delivered_at, 5000);
    assert_int_equal(item.tries, 2);
    assert_null(item.envelope);
    assert_int_equal(outbox_get(store, 3, &item), STORE_OK);
    assert_int_equal(item.state, OUTBOX_QUARANTINED);
    assert_string_equal(item.last_error, "refused: document");
    assert_non_null(item.envelope);
    store_idle(store);
    assert_false(found_on_disk(&place, "sealed 2 "));
    assert_true(found_on_disk(&place, "sealed 1 "));
    store_close(store);
    store = place_open(&place);
    struct outbox_counts counts;
    outbox_counts(store, &counts);
    assert_int_equal(counts.waiting, 1);
    assert_int_equal(counts.quarantined, 1);
    assert_int_equal(counts.oldest, NOW + 1);
    assert_int_equal(check_all(store), STORE_OK);
    store_close(store);
    place_remove(&place);
}

/* A day of visits makes the store larger, not the program. */
static void
memory_does_not_grow_with_the_store(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    int64_t before = 0, size = 0;
    for (int n = 1; n <= 400; n++) {
        put(store, n);
        assert_int_equal(outbox_delivered(store, n, 5000), STORE_OK);
        if (n % 100 == 0) {
            assert_int_equal(store_idle(store), STORE_OK);
        }
        if (n == 100) {
            before = sqlite3_memory_used();
            size = store_bytes(store);
        }
    }
    assert_true(store_bytes(store) > size + 24 * 1024);
    assert_true(sqlite3_memory_used() < before + 8 * 1024);
    store_close(store);
    place_remove(&place);
}

static void
what_was_delivered_long_ago_is_forgotten(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    for (int n = 1; n <= 6; n++) {
        put(store, n);
    }
    static const int delivered[] = {1, 2, 4, 6};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(outbox_delivered(store, delivered[i], 100 * delivered[i]), STORE_OK);
    }
    assert_int_equal(outbox_forget(store, 500), STORE_OK); // 1 2 4
    struct outbox_item item;
    assert_int_equal(outbox_get(store, 1, &item), STORE_NONE);
    assert_int_equal(outbox_get(store, 4, &item), STORE_OK);
    assert_int_equal(item.state, OUTBOX_FORGOTTEN);
    assert_string_equal(item.code, "");
    assert_int_equal(check_all(store), STORE_OK);
    assert_int_equal(outbox_delivered(store, 3, 100), STORE_OK);
    assert_int_equal(outbox_delivered(store, 5, 100), STORE_OK);
    assert_int_equal(outbox_forget(store, 5000), STORE_OK);
    assert_int_equal(outbox_list(store, 0, &item), STORE_NONE);
    store_close(store);
    store = place_open(&place);
    assert_int_equal(put(store, 7), 7); // no number is given twice
    assert_int_equal(check_all(store), STORE_OK);
    store_close(store);
    place_remove(&place);
}

static void
settings_and_journal_stay(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    char value[8], longest[400];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_false(settings_get(store, "etag", value, sizeof value));
    assert_int_equal(settings_put(store, "etag", "one"), STORE_OK);
    assert_int_equal(settings_put(store, "etag", "another"), STORE_OK);
    assert_int_equal(journal_add(store, NOW + 9, "ctl", "test-print"), STORE_OK);
    assert_int_equal(journal_add(store, NOW + 10, longest, longest), STORE_OK);
    store_close(store);
    store = place_open(&place);
    assert_true(settings_get(store, "etag", value, sizeof value));
    assert_string_equal(value, "another");
    assert_int_equal(store_newest(store), NOW + 10);
    assert_int_equal(check_all(store), STORE_OK);
    store_close(store);
    place_remove(&place);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_comes_out_in_order),
        cmocka_unit_test(the_same_id_is_one_row),
        cmocka_unit_test(a_later_wording_takes_over_the_number),
        cmocka_unit_test(a_reached_quota_never_loses_the_submission),
        cmocka_unit_test(delivery_removes_the_payload),
        cmocka_unit_test(memory_does_not_grow_with_the_store),
        cmocka_unit_test(what_was_delivered_long_ago_is_forgotten),
        cmocka_unit_test(settings_and_journal_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
