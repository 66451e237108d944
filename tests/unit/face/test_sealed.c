/* What leaves the face is sealed: the portal's secret key opens exactly what was answered,
 * and only the visit's own key opens what comes back. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/settings.h"
#include "base/text.h"
#include "face/adoption.h"
#include "form/answers.h"
#include "form/document.h"
#include "kiosk.h"
#include "seal/bundle.h"
#include "wire/face_messages.h"
#include "wire/link.h"

static struct kiosk kiosk;
static const char *catalogue_folder;
static alignas(max_align_t) char message[WIRE_MESSAGE_MAX];

static int
set_up(void **state)
{
    (void)state;
    kiosk_open(&kiosk, catalogue_folder, true);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    kiosk_close(&kiosk);
    return 0;
}

static struct flow *
flow(void)
{
    return &kiosk.face->flow;
}

/* The next message of this type; the others are passed over. */
static const void *
hear(const struct wire_type *type)
{
    for (int i = 0; i < 20; i++) {
        const struct wire_type *got = kiosk_hear(&kiosk, message);
        if (got == type) {
            return message;
        }
    }
    fail_msg("the face did not say %s", type->name);
    return NULL;
}

static void
send_form_by(const char *service, enum filled_by who)
{
    kiosk_greet(&kiosk);
    kiosk_fill(&kiosk, service);
    if (who != FILLED_SELF) {
        kiosk_press(&kiosk, FLOW_COVER, COVER_FILLED);
        kiosk_press(&kiosk, FLOW_FILLED, who);
    }
    kiosk_press(&kiosk, FLOW_AGREE, 0);
    kiosk_press(&kiosk, FLOW_NEXT, 0);
}

static void
send_form(const char *service)
{
    send_form_by(service, FILLED_SELF);
}

static void
what_is_sealed_is_what_was_answered(void **state)
{
    (void)state;
    static const char *const services[] = {"sku", "ktp", "aduan"};
    for (size_t i = 0; i < 3; i++) {
        send_form_by(services[i], (enum filled_by)i);
        const struct face_submit *submit = hear(&face_submit_type);
        assert_string_equal(submit->service, services[i]);
        assert_string_equal(submit->language, "id");
        assert_int_equal(submit->catalogue_version, catalogue_version(flow()->catalogue));
        size_t len = submit->envelope.len - ENVELOPE_OVERHEAD;
        char *plain = calloc(1, len + 1), reason[160] = "";
        assert_true(open_envelope(kiosk.portal_public, kiosk.portal_secret, submit->envelope.data,
                                  submit->envelope.len, (uint8_t *)plain));
        struct secret *memory = secret_create(256 * 1024);
        struct document *document =
            document_read(memory, flow()->catalogue, plain, len, kiosk.face->facts.today, reason);
        if (document == NULL) {
            fail_msg("%s: %s", services[i], reason);
        }
        assert_string_equal(document->id, submit->id);
        assert_string_equal(document->code, submit->code);
        assert_string_equal(document->kiosk, "6472021001-1");
        assert_string_equal(document->filled_by,
                            ((const char *const[]){"self", "companion", "officer"})[i]);
        assert_string_equal(document->office, "6472021001");
        assert_string_equal(document->id, flow()->id);
        const char *notice = words_in(catalogue_notice(flow()->catalogue), LANGUAGE_ID);
        uint8_t hash[HASH];
        char hex[2 * HASH + 1];
        hash_of(notice, strlen(notice), hash);
        hex_of(hash, HASH, hex);
        assert_string_equal(document->notice_sha256, hex);
        assert_string_equal(document->notice_version, catalogue_notice_version(flow()->catalogue));
        size_t answered = 0;
        for (size_t k = 0; k < flow()->service->question_count; k++) {
            const char *name = flow()->service->questions[k].name;
            const char *typed = answers_get(flow()->answers, name);
            const char *sealed = answers_get(document->answers, name);
            if (sealed != NULL && sealed[0] != '\0') {
                assert_string_equal(sealed, typed);
                answered++;
            }
        }
        assert_true(answered >= 2);
        // Nothing of it is in clear in what the desk was given.
        const char *nik = answers_get(flow()->answers, "nik");
        if (nik != NULL && nik[0] != '\0') {
            assert_null(memmem(submit->envelope.data, submit->envelope.len, nik, 8));
        }
        // And another key does not open it.
        uint8_t public_key[SEAL_KEY], secret_key[SEAL_KEY];
        seal_keypair(public_key, secret_key);
        assert_false(open_envelope(public_key, secret_key, submit->envelope.data,
                                   submit->envelope.len, (uint8_t *)plain));
        // The buffer that it was written into holds nothing any more.
        const char *written = kiosk.face->private->document;
        assert_true(written[0] == 0 && memcmp(written, written + 1, SUBMISSION_DOCUMENT - 1) == 0);
        secret_destroy(memory);
        free(plain);
        tear_down(NULL);
        set_up(NULL);
    }
}

static void
a_repetition_is_the_same_bytes(void **state)
{
    (void)state;
    send_form("sku");
    const struct face_submit *submit = hear(&face_submit_type);
    char id[UUID_TEXT];
    size_t len = submit->envelope.len;
    uint8_t *first = malloc(len);
    text_copy(id, sizeof id, submit->id);
    memcpy(first, submit->envelope.data, len);
    for (int i = 0; i < 3; i++) { // the desk dies before it answers, again and again
        link_destroy(kiosk.desk);
        kiosk.desk = NULL;
        kiosk_turn(&kiosk);
        kiosk_greet(&kiosk);
        submit = hear(&face_submit_type);
        assert_string_equal(submit->id, id);
        assert_int_equal(submit->envelope.len, len);
        assert_memory_equal(submit->envelope.data, first, len);
    }
    struct desk_submit_answer saved = {.request = submit->request, .result = SUBMIT_SAVED};
    kiosk_say(&kiosk, &desk_submit_answer_type, &saved);
    assert_int_equal(flow()->place, PLACE_DONE);
    kiosk_press(&kiosk, FLOW_DONE, 0);
    assert_int_equal(kiosk.face->submission.len, 0);
    for (size_t i = 0; i < len; i++) {
        assert_int_equal(kiosk.face->submission.envelope[i], 0);
    }
    kiosk_fill(&kiosk, "sku"); // the next visitor's is another one
    kiosk_press(&kiosk, FLOW_AGREE, 0);
    kiosk_press(&kiosk, FLOW_NEXT, 0);
    submit = hear(&face_submit_type);
    assert_string_not_equal(submit->id, id);
    free(first);
}

static struct document *
open_submitted(const struct face_submit *submit, struct secret *memory)
{
    static char plain[SUBMISSION_DOCUMENT];
    char reason[160] = "";
    assert_true(open_envelope(kiosk.portal_public, kiosk.portal_secret, submit->envelope.data,
                              submit->envelope.len, (uint8_t *)plain));
    struct document *document =
        document_read(memory, flow()->catalogue, plain, submit->envelope.len - ENVELOPE_OVERHEAD,
                      kiosk.face->facts.today, reason);
    if (document == NULL) {
        fail_msg("%s", reason);
    }
    return document;
}

static int
question_at(const char *name)
{
    const struct question *question = service_question(flow()->service, name);
    return (int)(question - flow()->service->questions);
}

/* Twice the desk says nothing in time and an answer is changed: portal and desk are told
 * which request it is. */
static void
what_is_sent_after_an_edit_names_the_first(void **state)
{
    (void)state;
    char first[UUID_TEXT], code[CODE_TEXT], last[UUID_TEXT] = "";
    send_form("sku");
    const struct face_submit *submit = hear(&face_submit_type);
    assert_string_equal(submit->replaces, "");
    text_copy(first, sizeof first, submit->id);
    text_copy(code, sizeof code, submit->code);
    for (int i = 0; i < 2; i++) {
        kiosk_wait(&kiosk, 16000);
        assert_int_equal(flow()->submit_result, FLOW_SUBMIT_SILENT);
        kiosk_press(&kiosk, FLOW_EDIT, question_at("no_hp"));
        kiosk_press(&kiosk, FLOW_CLEAR, 0);
        kiosk_type(&kiosk, i == 0 ? "081299990000" : "081299990001");
        kiosk_press(&kiosk, FLOW_NEXT, 0);
        kiosk_press(&kiosk, FLOW_NEXT, 0);
        submit = hear(&face_submit_type);
        assert_string_not_equal(submit->id, first);
        assert_string_not_equal(submit->id, last);
        assert_string_equal(submit->code, code);
        assert_string_equal(submit->replaces, first);
        struct secret *memory = secret_create(256 * 1024);
        const struct document *document = open_submitted(submit, memory);
        assert_string_equal(document->id, submit->id);
        assert_string_equal(document->code, code);
        assert_string_equal(document->replaces, first);
        secret_destroy(memory);
        text_copy(last, sizeof last, submit->id);
    }
}

static void
without_the_portals_key_no_form_opens(void **state)
{
    (void)state;
    tear_down(NULL);
    kiosk_open(&kiosk, catalogue_folder, false);
    kiosk_greet(&kiosk);
    assert_int_equal(kiosk.face->facts.view.intake, INTAKE_PAUSED);
    assert_string_equal(kiosk.face->facts.fault_code, "K1");
    const struct service *list;
    size_t count = catalogue_services(flow()->catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        if (list[i].kind == SERVICE_FORM) {
            kiosk_press(&kiosk, FLOW_SERVICE, (int64_t)i);
            kiosk_press(&kiosk, FLOW_NEXT, 0);
            assert_int_not_equal(flow()->place, PLACE_QUESTION);
            kiosk_press(&kiosk, FLOW_HOME, 0);
        }
    }
    struct desk_bundle bundle = {{(const uint8_t *)"anjungan-bundle", 15}};
    kiosk_say(&kiosk, &desk_bundle_type, &bundle); // no key to check it with: not looked at
    assert_null(kiosk.face->waiting);
}

/* --- look-ups ------------------------------------------------------------------------ */

static int64_t
ask_status(uint8_t reply_key[SEAL_KEY])
{
    kiosk_greet(&kiosk);
    kiosk_press(&kiosk, FLOW_STATUS, 0);
    effects_step(kiosk.face,
                 (struct flow_event){.kind = FLOW_SCAN, .text = "7K3F9QX3", .now = kiosk_now});
    assert_int_equal(flow()->place, PLACE_STATUS_FACT);
    kiosk_type(&kiosk, "8488");
    kiosk_press(&kiosk, FLOW_NEXT, 0);
    const struct face_lookup *lookup = hear(&face_lookup_type);
    char plain[2048] = "";
    assert_true(open_envelope(kiosk.portal_public, kiosk.portal_secret, lookup->query.data,
                              lookup->query.len, (uint8_t *)plain));
    int line;
    const char *why;
    struct json *json = json_parse(plain, lookup->query.len - ENVELOPE_OVERHEAD, &line, &why);
    assert_non_null(json);
    const struct json_value *root = json_root(json);
    assert_string_equal(json_text(json_get(root, "kind"), ""), "status");
    assert_string_equal(json_text(json_get(root, "code"), ""), flow()->status_code);
    assert_string_equal(json_text(json_get(root, "fact"), ""), "8488");
    assert_true(hex_parse(json_text(json_get(root, "reply_key"), ""), reply_key, SEAL_KEY));
    json_destroy(json);
    return lookup->request;
}

static void
answer(int64_t request, const uint8_t key[SEAL_KEY], const char *plain)
{
    uint8_t envelope[4096];
    size_t len = strlen(plain);
    assert_true(seal_envelope(key, (const uint8_t *)plain, len, envelope));
    struct desk_lookup_answer found = {
        request, LOOKUP_ANSWERED, {envelope, (uint32_t)(len + ENVELOPE_OVERHEAD)}};
    kiosk_say(&kiosk, &desk_lookup_answer_type, &found);
}

static void
an_answer_is_read_by_the_visit_alone(void **state)
{
    (void)state;
    static char padded[2049];
    snprintf(padded, sizeof padded, "%-2048s",
             "{\"status\":\"mend\",\"service\":\"sku\",\"since\":1795000000000,\"reason\":\"\","
             "\"mend\":[{\"question\":\"nama_usaha\",\"reason\":\"Belum lengkap.\"}],\"later\":7}");
    const struct {
        const char *plain;
        enum portal_status status;
    } rows[] = {
        {"{\"v\":1,\"status\":\"checking\",\"service\":\"sku\",\"reason\":\"\",\"since\":"
         "1795000000000}",
         STATUS_CHECKING},
        {"{\"status\":\"mend\",\"service\":\"sku\",\"reason\":\"Lengkapi alamat.\"}", STATUS_MEND},
        {"{\"status\":\"signed\",\"service\":\"sku\",\"reason\":\"\"}", STATUS_SIGNED},
        {padded, STATUS_MEND}, // as long as a portal seals them, with more than this kiosk reads
        {"{\"status\":\"not_found\"}", STATUS_NOT_FOUND},
        {"{\"status\":\"a state of a later portal\"}", STATUS_FAILED},
        {"{\"status\":7,\"service\":[],\"reason\":{},\"since\":-1}", STATUS_FAILED},
        {"{", STATUS_FAILED},
        {"[]", STATUS_FAILED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t key[SEAL_KEY];
        int64_t request = ask_status(key);
        answer(request + 1, key, rows[i].plain); // to a question of somebody else
        assert_int_not_equal(flow()->place, PLACE_STATUS);
        answer(request, key, rows[i].plain);
        assert_int_equal(flow()->place, PLACE_STATUS);
        assert_int_equal(flow()->found->status, rows[i].status);
        // The visit's key was for one answer.
        const char *left = (const char *)&kiosk.face->private->lookup;
        for (size_t k = 0; k < sizeof kiosk.face->private->lookup; k++) {
            assert_int_equal(left[k], 0);
        }
        kiosk_press(&kiosk, FLOW_DONE, 0);
        assert_string_equal(flow()->found->reason, "");
    }
}

static void
an_answer_that_does_not_open_is_a_failure(void **state)
{
    (void)state;
    uint8_t key[SEAL_KEY], other[SEAL_KEY], secret_key[SEAL_KEY], bytes[200];
    seal_keypair(other, secret_key);
    int64_t request = ask_status(key);
    answer(request, other, "{\"status\":\"ready\"}"); // sealed to another key
    assert_int_equal(flow()->found->status, STATUS_FAILED);
    kiosk_press(&kiosk, FLOW_DONE, 0);
    for (uint32_t len = 0; len < 200; len += 13) { // noise of any length
        request = ask_status(key);
        memset(bytes, 'A', sizeof bytes);
        struct desk_lookup_answer noise = {request, LOOKUP_ANSWERED, {bytes, len}};
        kiosk_say(&kiosk, &desk_lookup_answer_type, &noise);
        assert_int_equal(flow()->found->status, STATUS_FAILED);
        kiosk_press(&kiosk, FLOW_DONE, 0);
    }
    static const struct {
        int result;
        enum portal_status status;
    } refusals[] = {{LOOKUP_OFFLINE, STATUS_OFFLINE},
                    {LOOKUP_LIMITED, STATUS_LIMITED},
                    {LOOKUP_FAILED, STATUS_FAILED}};
    for (size_t i = 0; i < 3; i++) {
        request = ask_status(key);
        struct desk_lookup_answer refusal = {request, refusals[i].result, {NULL, 0}, 7};
        kiosk_say(&kiosk, &desk_lookup_answer_type, &refusal);
        assert_int_equal(flow()->found->status, refusals[i].status);
        assert_int_equal(flow()->found->minutes, 7);
        kiosk_press(&kiosk, FLOW_DONE, 0);
    }
    assert_int_equal(lookup_refusal(12345), STATUS_FAILED);
}

static void
an_answer_of_an_earlier_visit_is_not_shown(void **state)
{
    (void)state;
    uint8_t key[SEAL_KEY];
    int64_t request = ask_status(key);
    kiosk_press(&kiosk, FLOW_CANCEL, 0);
    kiosk_press(&kiosk, FLOW_CANCEL_YES, 0);
    kiosk_wait(&kiosk, 200000); // whoever asked has gone
    const char *left = (const char *)&kiosk.face->private->lookup;
    for (size_t k = 0; k < sizeof kiosk.face->private->lookup; k++) {
        assert_int_equal(left[k], 0);
    }
    answer(request, key, "{\"status\":\"ready\",\"reason\":\"rahasia\"}");
    assert_int_not_equal(flow()->place, PLACE_STATUS);
    assert_string_equal(flow()->found->reason, "");
}

/* --- photos -------------------------------------------------------------------------- */

/* The question how many have come; its number. */
static int64_t
ask_photos(uint8_t reply_key[SEAL_KEY])
{
    kiosk_wait(&kiosk, FLOW_PHOTOS_POLL);
    const struct face_lookup *lookup = hear(&face_lookup_type);
    char plain[2048] = "";
    int line;
    const char *why;
    assert_true(open_envelope(kiosk.portal_public, kiosk.portal_secret, lookup->query.data,
                              lookup->query.len, (uint8_t *)plain));
    struct json *json = json_parse(plain, lookup->query.len - ENVELOPE_OVERHEAD, &line, &why);
    assert_non_null(json);
    assert_string_equal(json_text(json_get(json_root(json), "kind"), ""), "photos");
    assert_string_equal(json_text(json_get(json_root(json), "pass"), ""), flow()->pass);
    assert_true(
        hex_parse(json_text(json_get(json_root(json), "reply_key"), ""), reply_key, SEAL_KEY));
    json_destroy(json);
    return lookup->request;
}

/* One pass a request: sealed inside, told to the desk for the slip, and asked about. */
static void
photos_follow_by_a_pass(void **state)
{
    (void)state;
    static const struct {
        const char *plain;
        enum photos_state state;
        int count; // stays as it was where the answer is none
    } rows[] = {
        {"{\"state\":\"not_found\"}", PHOTOS_NOT_THERE, 0},
        {"{\"state\":\"open\",\"count\":0,\"most\":6}    ", PHOTOS_OPEN, 0},
        {"{\"state\":\"open\",\"count\":2,\"most\":6}", PHOTOS_OPEN, 2},
        {"{\"state\":\"open\",\"count\":7,\"most\":6}", PHOTOS_BROKEN, 2},
        {"{\"state\":\"open\",\"count\":3,\"most\":7}", PHOTOS_BROKEN, 2},
        {"{\"state\":\"open\",\"count\":-1,\"most\":0}", PHOTOS_BROKEN, 2},
        {"{\"state\":\"open\"}", PHOTOS_BROKEN, 2},
        {"{\"state\":\"full\",\"count\":3,\"most\":6}", PHOTOS_BROKEN, 2},
        {"{\"status\":\"ready\"}", PHOTOS_BROKEN, 2},
        {"{", PHOTOS_BROKEN, 2},
        {"{\"state\":\"closed\",\"count\":3,\"most\":6}", PHOTOS_CLOSED, 3},
    };
    uint8_t key[SEAL_KEY];
    char pass[PASS_TEXT];
    send_form("aduan");
    const struct face_submit *submit = hear(&face_submit_type);
    assert_true(pass_is_valid(submit->photos));
    text_copy(pass, sizeof pass, submit->photos);
    assert_string_equal(flow()->pass, pass);
    assert_null(strstr(pass, submit->code));
    struct secret *memory = secret_create(256 * 1024);
    assert_string_equal(open_submitted(submit, memory)->photos, pass);
    secret_destroy(memory);
    // another wording of it has the same
    kiosk_wait(&kiosk, 16000);
    kiosk_press(&kiosk, FLOW_EDIT, question_at("anonim"));
    kiosk_press(&kiosk, FLOW_CHOOSE, 0);
    kiosk_press(&kiosk, FLOW_NEXT, 0);
    kiosk_press(&kiosk, FLOW_NEXT, 0);
    submit = hear(&face_submit_type);
    assert_string_equal(submit->photos, pass);
    struct desk_submit_answer saved = {.request = submit->request, .result = SUBMIT_SAVED};
    kiosk_say(&kiosk, &desk_submit_answer_type, &saved);
    kiosk_press(&kiosk, FLOW_PHOTOS, 0);
    assert_int_equal(flow()->place, PLACE_PHOTOS);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t request = ask_photos(key);
        answer(request, key, rows[i].plain);
        if ((int)flow()->photos.state != (int)rows[i].state ||
            flow()->photos.count != rows[i].count) {
            fail_msg("%s: state %d, %d photos", rows[i].plain, (int)flow()->photos.state,
                     flow()->photos.count);
        }
    }
    struct desk_lookup_answer refusal = {ask_photos(key), LOOKUP_OFFLINE, {NULL, 0}, 0};
    kiosk_say(&kiosk, &desk_lookup_answer_type, &refusal);
    assert_int_equal(flow()->photos.state, PHOTOS_BROKEN);
    // the next visitor's has another one, and a service without photos none
    kiosk_press(&kiosk, FLOW_HOME, 0);
    assert_string_equal(flow()->pass, "");
    send_form("aduan");
    submit = hear(&face_submit_type);
    assert_string_not_equal(submit->photos, pass);
    tear_down(NULL);
    set_up(NULL);
    send_form("ktp");
    submit = hear(&face_submit_type);
    assert_string_equal(submit->photos, "");
    memory = secret_create(256 * 1024);
    assert_null(open_submitted(submit, memory)->photos);
    secret_destroy(memory);
}

/* Not where it would lead nowhere: without an address of the portal, and of a mending, whose photos
 * follow by the pass of the first request or are shown at the counter. */
static void
a_pass_that_leads_nowhere_is_not_made(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        kiosk_greet(&kiosk);
        kiosk_fill(&kiosk, "aduan");
        flow()->mends = i == 1;
        if (i == 2) {
            kiosk.settings->portal.public_url = "";
        }
        kiosk_press(&kiosk, FLOW_AGREE, 0);
        kiosk_press(&kiosk, FLOW_NEXT, 0);
        const struct face_submit *submit = hear(&face_submit_type);
        assert_int_equal(submit->mends, i == 1);
        assert_int_equal(pass_is_valid(submit->photos), i == 0);
        assert_int_equal(flow()->pass[0] != '\0', i == 0);
        struct secret *memory = secret_create(256 * 1024);
        assert_int_equal(open_submitted(submit, memory)->photos != NULL, i == 0);
        secret_destroy(memory);
        tear_down(NULL);
        set_up(NULL);
    }
}

/* --- bundles, on their own -------------------------------------------------------------- */

static struct catalogue *
adopt(const char *body, int version_now)
{
    char bytes[4096];
    bundle_header(body, strlen(body), kiosk.sign_secret, bytes);
    size_t head = strlen(bytes);
    text_copy(bytes + head, sizeof bytes - head, body);
    return adoption_read((const uint8_t *)bytes, head + strlen(body), kiosk.sign_public,
                         version_now);
}

static void
signed_nonsense_is_no_catalogue(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "",
        "x",
        "{}",
        "[]",
        "null",
        "{\"name\":\"catalogue\",\"version\":9}",
        "{\"name\":\"catalogue\",\"version\":9,\"files\":[]}",
        "{\"name\":\"catalogue\",\"version\":9,\"files\":{}}",
        "{\"name\":\"catalogue\",\"version\":9,\"files\":{\"catalogue.json\":7}}",
        "{\"name\":\"catalogue\",\"version\":9,\"files\":{\"catalogue.json\":\"{}\"}}",
        "{\"name\":\"catalogue\",\"version\":9,\"files\":{\"../../etc/passwd\":\"{}\"}}",
        "{\"name\":\"offices\",\"version\":9,\"files\":{\"catalogue.json\":\"{}\"}}",
        "{\"name\":\"catalogue\",\"version\":\"9\",\"files\":{\"catalogue.json\":\"{}\"}}",
        "{\"name\":\"catalogue\",\"version\":1e99,\"files\":{\"catalogue.json\":\"{}\"}}",
        "{\"name\":\"catalogue\",\"version\":9,\"files\":{\"catalogue.json\":\"{}\"}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_null(adopt(bodies[i], 1));
    }
    assert_null(adoption_read((const uint8_t *)"", 0, kiosk.sign_public, 1));
}

int
main(int argc, char **argv)
{
    catalogue_folder = argc > 1 ? argv[1] : "assets/catalogue";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_sealed_is_what_was_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_repetition_is_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_sent_after_an_edit_names_the_first, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(without_the_portals_key_no_form_opens, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_answer_is_read_by_the_visit_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_answer_that_does_not_open_is_a_failure, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_answer_of_an_earlier_visit_is_not_shown, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(photos_follow_by_a_pass, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pass_that_leads_nowhere_is_not_made, set_up, tear_down),
        cmocka_unit_test_setup_teardown(signed_nonsense_is_no_catalogue, set_up, tear_down),
    };
    log_init("test");
    return seal_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
