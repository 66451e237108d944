/* Payment codes as they come and as they must not be shown. The good one is made up: no such
 * merchant exists. */
#include "help.h"

#include "form/qris.h"

#define NMID "ID1020000000001"
#define HEAD "000201010212"
#define NATIONAL "51440014ID.CO.QRIS.WWW0215" NMID "0303UBE"
#define REST "5802ID5917PBB SAMARINDA UJI6009SAMARINDA61057511162240113SMD20250001230703K01"
static const char good[] =
    HEAD NATIONAL "52049311530336054061250005802ID5917PBB SAMARINDA UJI"
                  "6009SAMARINDA61057511162240113SMD20250001230703K0163046677";

/* The text with its own CRC behind it. */
static const char *
with_crc(const char *text)
{
    static char out[700];
    uint16_t crc = 0xFFFF;
    snprintf(out, sizeof out, "%s6304", text);
    for (const char *at = out; *at != '\0'; at++) {
        for (int bit = 7; bit >= 0; bit--) {
            bool top = crc >> 15 != ((unsigned char)*at >> bit & 1);
            crc = (uint16_t)(crc << 1 ^ (top ? 0x1021 : 0));
        }
    }
    snprintf(out + strlen(out), 5, "%04X", crc);
    return out;
}

static void
the_vector_is_good(void **state)
{
    (void)state;
    assert_int_equal(qris_check(good, 125000, NMID), QRIS_GOOD);
    assert_string_equal(with_crc(HEAD NATIONAL "5204931153033605406125000" REST), good);
}

static void
any_changed_letter_is_refused(void **state)
{
    (void)state;
    char bent[sizeof good];
    for (size_t i = 0; i + 1 < sizeof good; i++) {
        memcpy(bent, good, sizeof good);
        bent[i] = bent[i] == '0' ? '1' : '0';
        assert_true(qris_check(bent, 125000, NMID) != QRIS_GOOD);
        memcpy(bent, good, sizeof good);
        bent[i] = '\0'; // cut there
        assert_true(qris_check(bent, 125000, NMID) != QRIS_GOOD);
    }
    memcpy(bent, good, sizeof good);
    bent[sizeof good - 2] = 'a'; // hexadecimal digits of the CRC are capitals
    assert_int_equal(qris_check(bent, 125000, NMID), QRIS_CRC);
}

static void
rules(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum qris_fault fault;
    } rows[] = {
        {HEAD NATIONAL "5204931153033605406125000" REST, QRIS_GOOD},
        {HEAD NATIONAL "5204931153033605409125000.00" REST, QRIS_GOOD},
        {HEAD NATIONAL "5204931153033605409125000.50" REST, QRIS_AMOUNT},
        {HEAD NATIONAL "5204931153033605406125001" REST, QRIS_AMOUNT},
        {HEAD NATIONAL "5204931153033605407125.000" REST, QRIS_AMOUNT},
        {HEAD NATIONAL "5204931153033605406-12500" REST, QRIS_AMOUNT},
        {HEAD NATIONAL "52049311530336054149999999999999"
                       "9" REST,
         QRIS_AMOUNT},
        {HEAD NATIONAL "520493115303360" REST, QRIS_AMOUNT},
        {HEAD NATIONAL "5204931153033605406125000"
                       "550201" REST,
         QRIS_AMOUNT},
        {HEAD NATIONAL "5204931153033605406125000"
                       "55020256041000" REST,
         QRIS_AMOUNT},
        {HEAD NATIONAL "5204931153038405406125000" REST, QRIS_CURRENCY},
        {HEAD NATIONAL "5204931153033605406125000"
                       "5802MY5903PBB6009SAMARINDA",
         QRIS_CURRENCY},
        {"000201010211" NATIONAL "5204931153033605406125000" REST, QRIS_STATIC},
        {"000201" NATIONAL "5204931153033605406125000" REST, QRIS_STATIC},
        {HEAD "5204931153033605406125000" REST, QRIS_MERCHANT},
        {HEAD "51440014ID.CO.QRIS.WWW0215ID10200000000020303UBE5204931153033605406125000" REST,
         QRIS_MERCHANT},
        {HEAD "51440014ID.CO.EVIL.WWW0215" NMID "0303UBE5204931153033605406125000" REST,
         QRIS_MERCHANT},
        {HEAD "51160012ID.CO.QRIS.W5204931153033605406125000" REST, QRIS_MERCHANT},
        {HEAD NATIONAL NATIONAL "5204931153033605406125000" REST, QRIS_MALFORMED},
        {HEAD NATIONAL "5204931153033605406125000"
                       "5406125001" REST,
         QRIS_MALFORMED},
        {"010212000201" NATIONAL "5204931153033605406125000" REST, QRIS_MALFORMED},
        {"000202010212" NATIONAL "5204931153033605406125000" REST, QRIS_MALFORMED},
        {HEAD NATIONAL "5204931153033605406125000"
                       "5802ID6009SAMARINDA",
         QRIS_MALFORMED},
        {HEAD NATIONAL "52xx9311", QRIS_MALFORMED},
        {HEAD NATIONAL "5200", QRIS_MALFORMED},
        {"", QRIS_MALFORMED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum qris_fault fault = qris_check(with_crc(rows[i].text), 125000, NMID);
        if (fault != rows[i].fault) {
            fail_msg("row %zu: %d: %s", i, (int)fault, rows[i].text);
        }
    }
    assert_int_equal(qris_check("", 125000, NMID), QRIS_MALFORMED);
    assert_int_equal(qris_check(good, 0, NMID), QRIS_AMOUNT);
    char longest[700];
    memset(longest, '1', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(qris_check(longest, 125000, NMID), QRIS_MALFORMED);
    // the CRC ends it: nothing may stand behind, where it would not be covered
    snprintf(longest, sizeof longest, "%s9901x", good);
    assert_int_equal(qris_check(longest, 125000, NMID), QRIS_CRC);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vector_is_good),
        cmocka_unit_test(any_changed_letter_is_refused),
        cmocka_unit_test(rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
