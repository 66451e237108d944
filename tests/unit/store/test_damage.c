#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "help.h"

/* The files change places by this call: it comes before the C library's. Before the `dies`th
 * the machine stops. */
static int dies, renames;

int
rename(const char *from, const char *to)
{
    if (dies != 0 && ++renames == dies) {
        _exit(9);
    }
    return (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
}

enum { ROWS = 60, TODAY = 20000 };

/* Sixty submissions (every third delivered, one quarantined), twenty tickets. */
static struct place
filled(bool idle)
{
    struct place place = place_make();
    struct store *store = place_open(&place);
    for (int n = 1; n <= ROWS; n++) {
        struct ticket_order order = {.letter = n % 2 ? "A" : "B", .day = TODAY, .now = NOW};
        struct ticket ticket;
        int64_t seq;
        assert_int_equal(put_number(store, n, n % 3 ? NULL : &order, &ticket, &seq), STORE_OK);
        if (n % 3 == 0) {
            assert_int_equal(outbox_delivered(store, n, NOW), STORE_OK);
        }
    }
    assert_int_equal(outbox_quarantine(store, 2, "refused: document"), STORE_OK);
    assert_int_equal(settings_put(store, "bundle.etag", "abc"), STORE_OK);
    assert_int_equal(journal_add(store, NOW, "test", "filled"), STORE_OK);
    if (idle) {
        store_idle(store);
    }
    store_close(store);
    return place;
}

static char *
name_of(const struct place *place, const char *suffix)
{
    static char name[96];
    snprintf(name, sizeof name, "%s%s", place->path, suffix);
    return name;
}

/* Whole as it stands, or what is left of it after a salvage. Returns how many of the
 * owed submissions are still there with their own bytes. */
static int
survivors(struct store *store)
{
    int found = 0;
    struct outbox_item item;
    for (int64_t after = 0; outbox_next(store, after, &item) == STORE_OK; after = item.seq) {
        char start[24];
        int len = snprintf(start, sizeof start, "sealed %d ", (int)item.seq);
        assert_true(item.envelope_len > (size_t)len);
        assert_memory_equal(item.envelope, start, (size_t)len);
        uint8_t sha256[32];
        toy_hash(item.envelope, item.envelope_len, sha256);
        assert_memory_equal(sha256, item.sha256, 32);
        found++;
    }
    return found;
}

static struct store *
salvaged(const struct place *place, int64_t *saved, int64_t *from, int64_t *to)
{
    *saved = store_salvage(place->path, toy_hash, NOW + 99, TODAY, from, to);
    assert_true(*saved >= 0);
    struct store *store = place_open(place);
    assert_non_null(store);
    assert_int_equal(check_all(store), STORE_OK);
    int64_t seq;
    assert_int_equal(put_number(store, ROWS + 1, NULL, NULL, &seq), STORE_OK);
    assert_int_equal(seq, ROWS + 1); // never a number that was given before
    return store;
}

static void
a_whole_store_is_salvaged_whole(void **state)
{
    (void)state;
    struct place place = filled(false);
    int64_t saved, from, to;
    struct store *store = salvaged(&place, &saved, &from, &to);
    assert_int_equal(saved, ROWS);
    assert_int_equal(from, 0);
    assert_int_equal(survivors(store), ROWS - ROWS / 3 - 1 + 1);
    struct ticket_order order = {.letter = "B", .day = TODAY, .now = NOW};
    struct ticket ticket;
    assert_int_equal(ticket_issue(store, &order, &ticket), STORE_OK);
    assert_int_equal(ticket.number, 11);
    char value[8];
    assert_true(settings_get(store, "bundle.etag", value, sizeof value));
    struct outbox_counts counts;
    outbox_counts(store, &counts);
    assert_int_equal(counts.quarantined, 1);
    assert_int_equal(access(name_of(&place, ".damaged-old"), F_OK), 0);
    assert_int_equal(access(name_of(&place, ".damaged"), F_OK), -1);
    store_close(store);
    place_remove(&place);
}

static void
a_lost_log_is_noticed(void **state)
{
    (void)state;
    static const char *const ways[] = {"removed", "emptied", "half"};
    for (int way = 0; way < 3; way++) {
        struct place place = filled(false);
        struct store *store = place_open(&place); // settles the log into the database
        int64_t seq;
        for (int n = ROWS + 1; n <= ROWS + 3; n++) {
            assert_int_equal(put_number(store, n, NULL, NULL, &seq), STORE_OK);
        }
        // What a power cut and a lost file leave: the copy taken while it was open.
        char command[400];
        snprintf(command, sizeof command, "cp -a %s %s.copy && cp %s-wal %s.wal", place.path,
                 place.path, place.path, place.path);
        assert_int_equal(system(command), 0);
        store_close(store);
        snprintf(command, sizeof command, "mv %s.copy %s && mv %s.wal %s-wal", place.path,
                 place.path, place.path, place.path);
        assert_int_equal(system(command), 0);
        struct stat info;
        assert_int_equal(stat(name_of(&place, "-wal"), &info), 0);
        assert_true(info.st_size > 0);
        if (way == 0) {
            assert_int_equal(unlink(name_of(&place, "-wal")), 0);
        } else {
            assert_int_equal(truncate(name_of(&place, "-wal"), way == 1 ? 0 : info.st_size / 2), 0);
        }
        enum store_result why;
        store = store_open(place.path, toy_hash, &why);
        if (store || why != STORE_BROKEN) {
            fail_msg("a log that was %s went unnoticed", ways[way]);
        }
        int64_t from, to;
        int64_t saved = store_salvage(place.path, toy_hash, NOW, TODAY, &from, &to);
        assert_true(saved >= ROWS);
        assert_int_equal(saved + (to - from + 1), ROWS + 3);
        assert_int_equal(to, ROWS + 3);
        store = place_open(&place);
        assert_int_equal(check_all(store), STORE_OK);
        struct outbox_counts counts;
        outbox_counts(store, &counts);
        assert_int_equal(counts.last_seq, ROWS + 3);
        assert_int_equal(counts.lost, to - from + 1);
        store_close(store);
        place_remove(&place);
    }
}

static void
a_vanished_database_starts_after_what_was_given(void **state)
{
    (void)state;
    struct place place = filled(true);
    assert_int_equal(unlink(place.path), 0);
    enum store_result why;
    assert_null(store_open(place.path, toy_hash, &why));
    assert_int_equal(why, STORE_BROKEN);
    int64_t saved, from, to;
    struct store *store = salvaged(&place, &saved, &from, &to);
    assert_int_equal(saved, 0);
    assert_int_equal(from, 1);
    assert_int_equal(to, ROWS);
    struct ticket_order order = {.letter = "A", .day = TODAY, .now = NOW};
    struct ticket ticket;
    assert_int_equal(ticket_issue(store, &order, &ticket), STORE_OK);
    assert_true(ticket.number > ROWS / 6); // A and B had ten each
    store_close(store);
    place_remove(&place);
}

/* A store whose last rows are in its log alone, as a killed program leaves it. */
static struct place
killed(void)
{
    struct place place = filled(true);
    pid_t child = fork();
    if (child == 0) {
        int64_t seq;
        struct store *store = place_open(&place);
        for (int n = ROWS + 1; n <= ROWS + 5; n++) {
            put_number(store, n, NULL, NULL, &seq);
        }
        _exit(store != NULL && seq == ROWS + 5 ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    return place;
}

/* A salvage that ends before its `nth` change of a file's name; false: it lived through all. */
static bool
salvage_dies(const struct place *place, int nth)
{
    pid_t child = fork();
    if (child == 0) {
        int64_t from, to;
        dies = nth;
        _exit(store_salvage(place->path, toy_hash, NOW, TODAY, &from, &to) >= 0 ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9));
    return WEXITSTATUS(status) == 9;
}

/* As the desk goes on from there: opened, or salvaged anew. */
static struct store *
opened_or_salvaged(const struct place *place)
{
    enum store_result why;
    int64_t from, to;
    struct store *store = store_open(place->path, toy_hash, &why);
    if (store == NULL) {
        assert_int_equal(why, STORE_BROKEN);
        assert_true(store_salvage(place->path, toy_hash, NOW, TODAY, &from, &to) >= 0);
        store = place_open(place);
    }
    assert_non_null(store);
    return store;
}

/* Also where what the lock remembers was lost with the rest: then a database that was put
 * aside alone says that there was one. */
static void
a_salvage_cut_short_is_gone_on_with(void **state)
{
    (void)state;
    bool cut = true;
    for (int nth = 1; cut; nth++) {
        for (int forgetful = 0; forgetful < 2; forgetful++) {
            struct place place = killed();
            cut = salvage_dies(&place, nth);
            if (forgetful) {
                assert_int_equal(unlink(name_of(&place, ".lock")), 0);
            }
            struct store *store = opened_or_salvaged(&place);
            int left = survivors(store);
            if (check_all(store) != STORE_OK || left != ROWS - ROWS / 3 - 1 + 5) {
                fail_msg("cut before change %d%s: %d of %d", nth, forgetful ? ", no lock" : "",
                         left, ROWS - ROWS / 3 - 1 + 5);
            }
            store_close(store);
            place_remove(&place);
        }
    }
}

static int
give_number(struct store *store)
{
    struct ticket_order order = {.letter = "A", .day = TODAY, .now = NOW};
    struct ticket ticket;
    assert_int_equal(ticket_issue(store, &order, &ticket), STORE_OK);
    return ticket.number;
}

/* So many numbers are given, and a power cut takes the log away in which they stand. */
static int
give_and_lose(const struct place *place, int count)
{
    pid_t child = fork();
    if (child == 0) {
        struct store *store = place_open(place);
        int last = 0;
        for (int i = 0; i < count; i++) {
            last = give_number(store);
        }
        _exit(last);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(truncate(name_of(place, "-wal"), 0), 0);
    return WEXITSTATUS(status);
}

/* Also the first of all, beside which no other shows the gap; also twice a day. */
static void
numbers_in_a_lost_log_are_not_given_again(void **state)
{
    (void)state;
    static const struct {
        int kept, lost;
    } days_work[] = {{0, 3}, {0, 1}, {1, 2}, {0, 1}, {4, 1}};
    struct place place = place_make();
    int given = 0;
    store_close(place_open(&place));
    for (size_t i = 0; i < sizeof days_work / sizeof *days_work; i++) {
        struct store *store = opened_or_salvaged(&place);
        for (int more = 0; more < days_work[i].kept; more++) {
            int number = give_number(store);
            assert_true(number > given);
            given = number;
        }
        assert_int_equal(store_idle(store), STORE_OK);
        store_close(store);
        int number = give_and_lose(&place, days_work[i].lost);
        assert_true(number >= given + days_work[i].lost);
        given = number;
    }
    store_close(opened_or_salvaged(&place));
    place_remove(&place);
}

/* Not one row can be read any more, once and again: only what the lock remembers is left. */
static void
numbers_of_a_store_lost_whole_are_not_given_again(void **state)
{
    (void)state;
    struct place place = place_make();
    int given = 0;
    for (int round = 0; round < 4; round++) {
        struct store *store = opened_or_salvaged(&place);
        for (int i = 0; i < (round == 0 ? 520 : 3); i++) {
            int number = give_number(store);
            assert_true(number > given);
            given = number;
        }
        store_close(store);
        FILE *file = fopen(place.path, "r+");
        for (int i = 0; i < 512 * 1024; i++) {
            fputc(0xa5, file);
        }
        assert_int_equal(fclose(file), 0);
    }
    place_remove(&place);
}

static void
copy_file(const char *from, const char *to)
{
    char command[256];
    snprintf(command, sizeof command, "cp %s %s", from, to);
    assert_int_equal(system(command), 0);
}

/* Flips bytes; true when the damage was noticed. */
static bool
damaged_is_noticed(const struct place *place, unsigned *seed, int flips, int *left)
{
    struct stat info;
    assert_int_equal(stat(place->path, &info), 0);
    int fd = open(place->path, O_RDWR);
    for (int i = 0; i < flips; i++) {
        off_t at = (off_t)(rand_r(seed) % (unsigned)info.st_size);
        uint8_t byte;
        assert_int_equal(pread(fd, &byte, 1, at), 1);
        byte ^= (uint8_t)(1 + rand_r(seed) % 255);
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    }
    close(fd);
    enum store_result why;
    struct store *store = store_open(place->path, toy_hash, &why);
    bool noticed = !store || check_all(store) != STORE_OK;
    if (!noticed) {
        *left = survivors(store);
    }
    store_close(store);
    if (noticed) {
        int64_t saved, from, to;
        store = salvaged(place, &saved, &from, &to);
        *left = survivors(store) - 1; // but the one that `salvaged` put
        store_close(store);
    }
    return noticed;
}

static void
flipped_bytes_are_noticed_or_harmless(void **state)
{
    (void)state;
    int kept = 0, noticed = 0, rounds = 40;
    unsigned seed = 20261124;
    struct place place = filled(true);
    char saved[96];
    snprintf(saved, sizeof saved, "%s.whole", place.path);
    copy_file(place.path, saved);
    char lock[96];
    snprintf(lock, sizeof lock, "%s.kept", place.path);
    copy_file(name_of(&place, ".lock"), lock);
    for (int i = 0; i < rounds; i++) {
        copy_file(saved, place.path);
        copy_file(lock, name_of(&place, ".lock"));
        int left = 0;
        if (damaged_is_noticed(&place, &seed, 1 + i % 8, &left)) {
            noticed++;
            kept += left;
        } else {
            assert_int_equal(left, ROWS - ROWS / 3 - 1);
        }
        assert_int_equal(truncate(name_of(&place, "-wal"), 0), 0);
    }
    printf("# seed 20261124: %d of %d noticed, then %d of %d kept\n", noticed, rounds, kept,
           noticed * (ROWS - ROWS / 3 - 1));
    assert_true(noticed > rounds / 2);
    assert_true(kept > noticed * (ROWS - ROWS / 3) / 2);
    place_remove(&place);
}

static void
a_truncated_file_is_noticed(void **state)
{
    (void)state;
    static const int parts[] = {0, 1, 25, 50, 85, 99};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct place place = filled(true);
        struct stat info;
        assert_int_equal(stat(place.path, &info), 0);
        assert_int_equal(truncate(place.path, info.st_size * parts[i] / 100), 0);
        enum store_result why;
        struct store *store = store_open(place.path, toy_hash, &why);
        assert_true(!store || check_all(store) == STORE_BROKEN ||
                    (parts[i] == 99 && survivors(store) == ROWS - ROWS / 3 - 1));
        store_close(store);
        int64_t saved, from, to;
        store = salvaged(&place, &saved, &from, &to);
        assert_true(saved + (to ? to - from + 1 : 0) >= ROWS);
        assert_true(parts[i] < 85 || saved > 0);
        store_close(store);
        place_remove(&place);
    }
}

/* Numbers on pages that are no more: a list of them is not an empty list. */
static void
what_cannot_be_read_is_not_nothing(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    struct ticket_order order = {.letter = "A", .day = TODAY, .now = NOW, .service = ""};
    static struct ticket list[500];
    for (int i = 0; i < 400; i++) {
        assert_int_equal(ticket_issue(store, &order, list), STORE_OK);
    }
    assert_int_equal(store_idle(store), STORE_OK);
    store_close(store);
    store = place_open(&place);
    static char scribble[4096];
    memset(scribble, 0xee, sizeof scribble);
    int fd = open(place.path, O_WRONLY);
    struct stat facts;
    assert_int_equal(fstat(fd, &facts), 0);
    for (off_t at = 2 * sizeof scribble; at < facts.st_size; at += sizeof scribble) {
        assert_int_equal(pwrite(fd, scribble, sizeof scribble, at), sizeof scribble);
    }
    close(fd);
    assert_int_equal(ticket_unprinted(store, TODAY, 0, list, 500), -1);
    assert_int_equal(ticket_unmirrored(store, list, 500), -1);
    store_close(store);
    place_remove(&place);
}

/* After a step back of the programs: nothing of it is touched, and nobody says that it is full. */
static void
a_store_of_a_later_program_is_left_alone(void **state)
{
    (void)state;
    static const uint8_t later[4] = {0, 0, 0, 99}; // its version, in the database's head
    struct place place = filled(true);
    uint8_t now[4];
    int fd = open(place.path, O_RDWR);
    assert_int_equal(pread(fd, now, sizeof now, 60), sizeof now);
    assert_int_equal(pwrite(fd, later, sizeof later, 60), sizeof later);
    enum store_result why = STORE_OK;
    assert_null(store_open(place.path, toy_hash, &why));
    assert_int_equal(why, STORE_NEWER);
    assert_int_equal(pwrite(fd, now, sizeof now, 60), sizeof now);
    close(fd);
    struct store *store = place_open(&place);
    assert_non_null(store);
    assert_int_equal(check_all(store), STORE_OK);
    assert_int_equal(survivors(store), ROWS - ROWS / 3 - 1);
    store_close(store);
    place_remove(&place);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_store_is_salvaged_whole),
        cmocka_unit_test(a_lost_log_is_noticed),
        cmocka_unit_test(a_vanished_database_starts_after_what_was_given),
        cmocka_unit_test(a_salvage_cut_short_is_gone_on_with),
        cmocka_unit_test(numbers_in_a_lost_log_are_not_given_again),
        cmocka_unit_test(numbers_of_a_store_lost_whole_are_not_given_again),
        cmocka_unit_test(flipped_bytes_are_noticed_or_harmless),
        cmocka_unit_test(a_truncated_file_is_noticed),
        cmocka_unit_test(what_cannot_be_read_is_not_nothing),
        cmocka_unit_test(a_store_of_a_later_program_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
