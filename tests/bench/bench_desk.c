/* What a submission costs at the desk (F6): bench_desk SOCKET COUNT SEAL_KEY CATALOGUE FOLDER.
 * Stands where the face stands: the desk dials in, COUNT good submissions are sealed and
 * filed one after another, each answered after its commit. In the same run the same bytes
 * are written and flushed raw in FOLDER, on the store's disk. Prints JSON lines. */
#include <fcntl.h>
#include <poll.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/states.h"
#include "form/catalogue.h"
#include "sample.h"
#include "seal/seal.h"
#include "timing.h"
#include "wire/face_messages.h"
#include "wire/link.h"
#include "wire/sockets.h"

enum { PATIENCE = 20000 };

struct face {
    int listener;
    struct link *link; // owned
    alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
};

static void
report(const char *what, double *times, size_t count)
{
    struct timing timing = timing_of(times, count);
    printf("{\"what\":\"%s\",\"n\":%zu,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f}\n", what, count,
           timing.p50, timing.p99, timing.max);
}

static void
insist(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "bench_desk: %s\n", what);
        exit(1);
    }
}

/* Until the desk says `wanted`; its other messages are passed over. */
static const void *
hear(struct face *face, const struct wire_type *wanted)
{
    for (;;) {
        bool broken = false;
        const struct wire_type *type;
        while ((type = link_next(face->link, face->message, &broken)) != NULL) {
            if (type == wanted) {
                return face->message;
            }
        }
        struct pollfd fd = {.fd = link_fd(face->link), .events = POLLIN};
        insist(!broken && poll(&fd, 1, PATIENCE) == 1 && link_fill(face->link), "the desk is gone");
    }
}

static void
wait_for_desk(struct face *face, const char *path)
{
    face->listener = sockets_listen(path, 0600);
    struct pollfd fd = {.fd = face->listener, .events = POLLIN};
    insist(face->listener >= 0 && poll(&fd, 1, PATIENCE) == 1, "no desk dialled in");
    face->link = link_create(sockets_accept(face->listener), desk_to_face);
    insist(face->link != NULL, "no link");
    hear(face, &desk_hello_type);
    const struct desk_status *status = hear(face, &desk_status_type);
    while (status->intake != INTAKE_OPEN) {
        status = hear(face, &desk_status_type);
    }
}

static void
file_one(struct face *face, const char *id, const char *code, const uint8_t *envelope, size_t len,
         int32_t version, int64_t request)
{
    struct face_submit submit = {.request = request,
                                 .id = id,
                                 .code = code,
                                 .service = "sku",
                                 .catalogue_version = version,
                                 .language = "id",
                                 .envelope = {envelope, (uint32_t)len}};
    struct face_visit_end end = {.outcome = 0, .seconds = 60};
    insist(link_send(face->link, &face_submit_type, &submit) && link_flush(face->link),
           "the desk does not listen");
    const struct desk_submit_answer *answer = hear(face, &desk_submit_answer_type);
    insist(answer->request == request && answer->result == SUBMIT_SAVED, "not saved");
    insist(link_send(face->link, &face_visit_end_type, &end) && link_flush(face->link), "gone");
}

/* The same bytes to the same disk, by hand. */
static void
write_raw(const char *folder, const uint8_t *bytes, size_t len, double *times, size_t count)
{
    char path[512];
    snprintf(path, sizeof path, "%s/raw", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    insist(fd >= 0, "no file to write to");
    for (size_t i = 0; i < count; i++) {
        double began = timing_now();
        insist(write(fd, bytes, len) == (ssize_t)len && fdatasync(fd) == 0, "disk");
        times[i] = timing_now() - began;
    }
    close(fd);
    unlink(path);
}

int
main(int argc, char **argv)
{
    uint8_t key[SEAL_KEY];
    struct fault fault;
    struct face face = {.listener = -1};
    size_t count = argc == 6 ? strtoul(argv[2], NULL, 10) : 0, len = 0;
    insist(count > 0, "usage: bench_desk SOCKET COUNT SEAL_KEY CATALOGUE FOLDER");
    insist(seal_init() && hex_parse(argv[3], key, SEAL_KEY), "the key is 64 hex digits");
    struct catalogue *catalogue = catalogue_load_folder(argv[4], &fault);
    double *sealed = calloc(count, sizeof *sealed), *saved = calloc(count, sizeof *saved);
    double *raw = calloc(count, sizeof *raw);
    insist(catalogue && sealed && saved && raw, "no catalogue or no memory");
    wait_for_desk(&face, argv[1]);
    uint8_t *envelope = NULL;
    for (size_t i = 0; i < count; i++) {
        char id[37], code[10];
        free(envelope);
        double began = timing_now();
        envelope = sample_submission(catalogue, key, "6472021001-1", id, code, &len);
        sealed[i] = timing_now() - began;
        began = timing_now();
        file_one(&face, id, code, envelope, len, catalogue_version(catalogue), (int64_t)i + 1);
        saved[i] = timing_now() - began;
    }
    write_raw(argv[5], envelope, len, raw, count);
    report("answers checked, written and sealed", sealed, count);
    report("handed over to answered after commit", saved, count);
    report("the same bytes raw, write + fdatasync", raw, count);
    free(envelope);
    free(sealed);
    free(saved);
    free(raw);
    link_destroy(face.link);
    close(face.listener);
    catalogue_destroy(catalogue);
    return 0;
}
