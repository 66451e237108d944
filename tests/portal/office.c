#include "office.h"

#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/fault.h"
#include "base/json.h"
#include "form/catalogue.h"
#include "portal/enrol.h"
#include "sample.h"

extern char **environ;

static void
read_facts(struct office *office, int fd)
{
    char line[1024] = "", url[64], seal_key[65], sign_key[65];
    for (size_t len = 0; len < sizeof line - 1 && !strchr(line, '\n'); len++) {
        assert_int_equal(read(fd, line + len, 1), 1);
    }
    assert_int_equal(sscanf(line,
                            "{\"port\":%hu,\"url\":\"%63[^\"]\",\"seal_key\":\"%64[^\"]\",\"sign_"
                            "key\":\"%64[^\"]\"",
                            &office->port, url, seal_key, sign_key),
                     4);
    road_point_at(&office->road, office->port);
}

void
office_open(struct office *office, char **arguments)
{
    char folder[] = "--folder", catalogue[] = "--catalogue", database[] = "--database";
    char *command[] = {arguments[1], folder,       office->road.folder,
                       catalogue,    arguments[2], arguments[3] ? database : NULL,
                       arguments[3], NULL};
    posix_spawn_file_actions_t actions;
    int ends[2];
    struct fault fault;
    memset(office, 0, sizeof *office);
    road_open(&office->road, arguments[0]);
    office->catalogue = catalogue_load_folder(arguments[2], &fault);
    assert_non_null(office->catalogue);
    assert_int_equal(pipe(ends), 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    assert_int_equal(posix_spawn(&office->portal, arguments[1], &actions, NULL, command, environ),
                     0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    read_facts(office, ends[0]);
    close(ends[0]);
    snprintf(office->identity_path, sizeof office->identity_path, "%s/identity.pem",
             office->road.folder);
}

void
office_close(struct office *office)
{
    int status = -1;
    kill(office->portal, SIGTERM);
    assert_int_equal(waitpid(office->portal, &status, 0), office->portal);
    catalogue_destroy(office->catalogue);
    road_close(&office->road);
    assert_int_equal(status, 0);
}

const char *
office_settings(const struct office *office)
{
    static char lines[512];
    snprintf(lines, sizeof lines, "[portal]\nurl = %s\nca = %s\npublic_url = https://p.example\n",
             office->road.url, office->road.ca);
    return lines;
}

/* As the portal's own --control does it, but without a process for each question. */
char *
office_say(struct office *office, const char *format, ...)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    size_t room = 16 * 1024 * 1024;
    char *answer = malloc(room);
    va_list arguments;
    snprintf(at.sun_path, sizeof at.sun_path, "%s/control.sock", office->road.folder);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    FILE *control = fdopen(fd, "r+");
    assert_true(answer && control);
    va_start(arguments, format);
    vfprintf(control, format, arguments);
    va_end(arguments);
    assert_int_equal(fputc('\n', control), '\n');
    assert_int_equal(fflush(control), 0);
    answer[fread(answer, 1, room - 1, control)] = '\0';
    fclose(control);
    return answer;
}

void
office_enrol(struct office *office, const char *kiosk, int number)
{
    static int times;
    char error[48], code[32];
    snprintf(code, sizeof code, "CODE-%d", ++times);
    free(office_say(office, "code %s %d %s", kiosk, number, code));
    struct enrol_options options = {.url = office->road.url,
                                    .ca = office->road.ca,
                                    .code = code,
                                    .state_dir = office->road.folder,
                                    .connect_seconds = 5,
                                    .whole_seconds = 20};
    assert_int_equal(enrol(&options, &office->identity, error), ENROL_DONE);
    office->road.options.certificate = office->road.options.key = office->identity_path;
    office->road.options.kiosk = office->identity.kiosk;
    office->road.options.connect_seconds = 5;
    office->road.options.whole_seconds = 10;
    memcpy(office->road.options.portal_sign, office->identity.portal_sign, SIGN_PUBLIC);
}

bool
office_holds(struct office *office, const char *id)
{
    char *answer = office_say(office, "held %s", id);
    bool held = strcmp(answer, "{\"held\":true}\n") == 0;
    if (!held) {
        assert_string_equal(answer, "{\"error\":\"none\"}\n");
    }
    free(answer);
    return held;
}

int
office_rows(struct office *office)
{
    int line = 0;
    const char *reason = NULL;
    char *dump = office_say(office, "dump");
    struct json *json = json_parse(dump, strlen(dump), &line, &reason);
    assert_non_null(json);
    int count = (int)json_count(json_get(json_root(json), "submissions"));
    json_destroy(json);
    free(dump);
    return count;
}

uint8_t *
office_submission(struct office *office, char id[37], char code[10], size_t *len)
{
    return sample_submission(office->catalogue, office->identity.portal_seal,
                             office->identity.kiosk, id, code, len);
}
