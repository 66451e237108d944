#include <fcntl.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "wire/sockets.h"

static char folder[64], path[80];

static int
make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/anjungan-sockets-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/s.sock", folder);
    return 0;
}

static int
drop_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static mode_t
mode_of(const char *name)
{
    struct stat about;
    assert_int_equal(stat(name, &about), 0);
    return about.st_mode & 07777;
}

static void
dial_and_accept(void **state)
{
    (void)state;
    mode_t before = umask(077);
    int listener = sockets_listen(path, 0660);
    umask(before);
    assert_true(listener >= 0);
    assert_int_equal(mode_of(path), 0660);
    assert_int_equal(sockets_accept(listener), -1);
    int out = sockets_dial(path);
    int in = sockets_accept(listener);
    assert_true(out >= 0 && in >= 0);
    assert_int_equal(sockets_peer_user(in), (int)getuid());
    assert_int_equal(sockets_peer_user(out), (int)getuid());
    int fds[] = {listener, out, in};
    for (size_t i = 0; i < 3; i++) {
        assert_true(fcntl(fds[i], F_GETFD) & FD_CLOEXEC);
        assert_true(fcntl(fds[i], F_GETFL) & O_NONBLOCK);
        close(fds[i]);
    }
}

static void
a_stale_socket_is_replaced_and_a_live_one_is_not(void **state)
{
    (void)state;
    int first = sockets_listen(path, 0600);
    assert_true(first >= 0);
    assert_int_equal(sockets_listen(path, 0600), -1);
    close(first);
    assert_int_equal(sockets_dial(path), -1); // nobody listens
    int second = sockets_listen(path, 0600);
    assert_true(second >= 0);
    close(second);
}

static void
a_listener_too_busy_to_answer_is_alive(void **state)
{
    (void)state;
    int listener = sockets_listen(path, 0600), waiting[64], count = 0;
    while (count < 64 && (waiting[count] = sockets_dial(path)) >= 0) {
        count++;
    }
    assert_true(count < 64); // its queue is full
    assert_int_equal(sockets_listen(path, 0600), -1);
    assert_true(sockets_accept(listener) >= 0);
    while (count > 0) {
        close(waiting[--count]);
    }
    close(listener);
}

static void
who_cannot_be_taken_in_waits(void **state)
{
    (void)state;
    struct rlimit all, few;
    int listener = sockets_listen(path, 0600), out = sockets_dial(path);
    assert_true(listener >= 0 && out >= 0);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &all), 0);
    few = all;
    few.rlim_cur = (rlim_t)out + 1; // every place below is taken
    int next = dup(out);
    assert_int_equal(next, out + 1);
    close(next);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    assert_int_equal(sockets_accept(listener), SOCKETS_LATER);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &all), 0);
    int in = sockets_accept(listener);
    assert_true(in >= 0);
    close(in);
    close(out);
    close(listener);
}

static void
a_file_in_the_way_is_left_alone(void **state)
{
    (void)state;
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    assert_int_equal(write(fd, "keep", 4), 4);
    close(fd);
    assert_int_equal(sockets_listen(path, 0600), -1);
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_size, 4);
}

static void
names_that_cannot_be(void **state)
{
    (void)state;
    char longer[200];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(sockets_listen(longer, 0600), -1);
    assert_int_equal(sockets_dial(longer), -1);
    assert_int_equal(sockets_listen("", 0600), -1);
    assert_int_equal(sockets_dial("/proc/nonexistent/face.sock"), -1);
}

/* In a child whose descriptor 3 is what systemd would hand over. */
static int
inherited_in_child(int fd, const char *count, bool right_process)
{
    pid_t child = fork();
    if (child == 0) {
        if (fd >= 0) {
            dup2(fd, 3);
        } else {
            close(3);
        }
        char pid[16];
        snprintf(pid, sizeof pid, "%d", (int)getpid() + !right_process);
        setenv("LISTEN_PID", pid, 1);
        setenv("LISTEN_FDS", count, 1);
        int got = sockets_inherited();
        bool hidden =
            got < 0 || (fcntl(got, F_GETFD) & FD_CLOEXEC && fcntl(got, F_GETFL) & O_NONBLOCK);
        bool forgotten = getenv("LISTEN_FDS") == NULL && sockets_inherited() == -1;
        _exit(!hidden || !forgotten ? 99 : got == 3);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void
what_systemd_hands_over(void **state)
{
    (void)state;
    int listener = sockets_listen(path, 0600);
    int other = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(inherited_in_child(listener, "1", true), 1);
    assert_int_equal(inherited_in_child(listener, "2", true), 1);
    assert_int_equal(inherited_in_child(listener, "1", false), 0);
    assert_int_equal(inherited_in_child(listener, "0", true), 0);
    assert_int_equal(inherited_in_child(listener, "-1", true), 0);
    assert_int_equal(inherited_in_child(listener, "one", true), 0);
    assert_int_equal(inherited_in_child(other, "1", true), 0); // does not listen
    assert_int_equal(inherited_in_child(-1, "1", true), 0);
    close(listener);
    close(other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(dial_and_accept, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_stale_socket_is_replaced_and_a_live_one_is_not,
                                        make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_listener_too_busy_to_answer_is_alive, make_folder,
                                        drop_folder),
        cmocka_unit_test_setup_teardown(who_cannot_be_taken_in_waits, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_file_in_the_way_is_left_alone, make_folder, drop_folder),
        cmocka_unit_test(names_that_cannot_be),
        cmocka_unit_test_setup_teardown(what_systemd_hands_over, make_folder, drop_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
