/* A face taken over by a stranger: each probe locks itself in a process of its own and
 * then tries what a stranger would. */
#include "face/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "wire/sockets.h"

static char folder[] = "/tmp/anjungan-sandbox-XXXXXX";
static char listed[64], unlisted[64], address[64];
static int listener, connected[2];

enum { REFUSED, DONE_IT = 1, BROKEN = 2 };

/* The errno of a refusal, or that it worked. */
static int
verdict(long result)
{
    return result >= 0 ? DONE_IT : errno == EPERM || errno == EACCES ? REFUSED : BROKEN;
}

static int
try_socket(void)
{
    int families[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        if (verdict(socket(families[i], SOCK_STREAM, 0)) != REFUSED &&
            verdict(socket(families[i], SOCK_DGRAM, 0)) != REFUSED) {
            return DONE_IT;
        }
    }
    return REFUSED;
}

static int
try_socketpair(void)
{
    int pair[2];
    return verdict(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
}

static int
try_connect(void)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    strncpy(to.sun_path, address, sizeof to.sun_path - 1);
    return verdict(connect(connected[0], (struct sockaddr *)&to, sizeof to));
}

static int
try_bind(void)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    return verdict(bind(connected[0], (struct sockaddr *)&to, sizeof(sa_family_t)));
}

static int
try_sendto(void)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    strncpy(to.sun_path, address, sizeof to.sun_path - 1);
    return verdict(sendto(connected[0], "x", 1, 0, (struct sockaddr *)&to, sizeof to));
}

static int
try_sendmsg(void)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    struct iovec piece = {address, 1};
    struct msghdr message = {
        .msg_name = &to, .msg_namelen = sizeof to, .msg_iov = &piece, .msg_iovlen = 1};
    strncpy(to.sun_path, address, sizeof to.sun_path - 1);
    return verdict(sendmsg(connected[0], &message, 0));
}

static int
try_exec(void)
{
    char name[] = "true", *const argv[] = {name, NULL};
    return verdict(execv("/bin/true", argv));
}

static int
try_fork(void)
{
    return verdict(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, 0));
}

static int
try_ptrace(void)
{
    return verdict(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static int
try_kill(void)
{
    return verdict(kill(getppid(), 0));
}

static int
try_tgkill(void)
{
    return verdict(syscall(SYS_tgkill, getppid(), getppid(), 0));
}

static int
try_shared_code(void)
{
    int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    void *code = shmat(id, NULL, SHM_EXEC);
    int result = code == (void *)-1 ? verdict(-1) : DONE_IT;
    shmctl(id, IPC_RMID, NULL);
    return result;
}

static int
try_read_other(void)
{
    return verdict(open("/etc/passwd", O_RDONLY));
}

static int
try_read_unlisted(void)
{
    return verdict(open(unlisted, O_RDONLY));
}

static int
try_write(void)
{
    return verdict(open(listed, O_WRONLY));
}

static int
try_read_write(void)
{
    return verdict(open(listed, O_RDWR));
}

static int
try_create(void)
{
    char path[80];
    snprintf(path, sizeof path, "%s/new", folder);
    return verdict(open(path, O_WRONLY | O_CREAT, 0600));
}

static int
try_truncate(void)
{
    return verdict(open(listed, O_RDONLY | O_TRUNC));
}

static int
try_unlink(void)
{
    return verdict(unlink(listed));
}

static int
try_rename(void)
{
    return verdict(rename(listed, unlisted));
}

static int
try_code(void)
{
    void *code =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return code == MAP_FAILED ? verdict(-1) : DONE_IT;
}

static int
try_make_code(void)
{
    void *data = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return data == MAP_FAILED ? BROKEN : verdict(mprotect(data, 4096, PROT_READ | PROT_EXEC));
}

static int
try_mount(void)
{
    return verdict(syscall(SYS_mount, "none", folder, "tmpfs", 0, NULL));
}

static int
try_io_uring(void)
{
    char parameters[120] = {0};
    return verdict(syscall(SYS_io_uring_setup, 1, parameters));
}

/* --- what must go on working ---------------------------------------------------- */

static int
read_listed(void)
{
    char byte;
    int fd = open(listed, O_RDONLY | O_CLOEXEC);
    return fd >= 0 && read(fd, &byte, 1) == 1 ? DONE_IT : BROKEN;
}

static int
accept_desk(void)
{
    int fd = sockets_accept(listener);
    return fd >= 0 && send(fd, "x", 1, MSG_NOSIGNAL) == 1 ? DONE_IT : BROKEN;
}

static void *
nothing(void *context)
{
    return context;
}

static int
run_thread(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0
               ? DONE_IT
               : BROKEN;
}

static int
share_memory(void) // as the display's picture is
{
    int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    char *shared = shmat(id, NULL, 0);
    shmctl(id, IPC_RMID, NULL);
    return shared != (char *)-1 && shmdt(shared) == 0 ? DONE_IT : BROKEN;
}

static int
use_memory(void)
{
    char *block = malloc(8 << 20);
    if (block == NULL) {
        return BROKEN;
    }
    memset(block, 1, 8 << 20);
    free(block);
    log_info("a line of the log");
    return DONE_IT;
}

/* --- */

static int
in_the_sandbox(int (*probe)(void))
{
    pid_t child = fork();
    if (child == 0) {
        const char *const readable[] = {listed, "/nonexistent/missing", NULL};
        const char *const devices[] = {NULL};
        _exit(sandbox_lock(readable, devices) ? probe() : BROKEN);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) {
        return WTERMSIG(status) == SIGSYS ? REFUSED : BROKEN;
    }
    return WEXITSTATUS(status);
}

static bool
is_sanitized(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true; // the checker's own calls stay allowed
#else
    return false;
#endif
}

static bool
has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

static void
a_stranger_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int (*probe)(void);
        bool checker;  /* the leak checker needs it too */
        bool landlock; /* only Landlock can tell this file from others */
    } probes[] = {
        {"socket", try_socket, false},
        {"socketpair", try_socketpair, false},
        {"connect", try_connect, false},
        {"bind", try_bind, false},
        {"sendto", try_sendto, false},
        {"sendmsg", try_sendmsg, false},
        {"exec", try_exec, false},
        {"fork", try_fork, true},
        {"ptrace", try_ptrace, true},
        {"kill", try_kill, true},
        {"tgkill", try_tgkill, false},
        {"shared code", try_shared_code, false},
        {"read another file", try_read_other, false, true},
        {"read beside the list", try_read_unlisted, false, true},
        {"write", try_write, false},
        {"read and write", try_read_write, false},
        {"create", try_create, false},
        {"truncate", try_truncate, false},
        {"unlink", try_unlink, false},
        {"rename", try_rename, false},
        {"map code", try_code, true},
        {"make code", try_make_code, true},
        {"mount", try_mount, false},
        {"io_uring", try_io_uring, false},
    };
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++) {
        if ((probes[i].checker && is_sanitized()) || (probes[i].landlock && !has_landlock())) {
            continue;
        }
        int result = in_the_sandbox(probes[i].probe);
        if (result != REFUSED) {
            print_error("%s: %s\n", probes[i].name, result == DONE_IT ? "worked" : "broken");
        }
        assert_int_equal(result, REFUSED);
    }
}

static void
the_face_goes_on(void **state)
{
    (void)state;
    assert_int_equal(in_the_sandbox(read_listed), DONE_IT);
    int fd = sockets_dial(address);
    assert_true(fd >= 0);
    assert_int_equal(in_the_sandbox(accept_desk), DONE_IT);
    close(fd);
    assert_int_equal(in_the_sandbox(run_thread), DONE_IT);
    assert_int_equal(in_the_sandbox(use_memory), DONE_IT);
    assert_int_equal(in_the_sandbox(share_memory), DONE_IT);
}

static int
prepare(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL || socketpair(AF_UNIX, SOCK_DGRAM, 0, connected) != 0) {
        return -1;
    }
    snprintf(listed, sizeof listed, "%s/listed", folder);
    snprintf(unlisted, sizeof unlisted, "%s/unlisted", folder);
    snprintf(address, sizeof address, "%s/socket", folder);
    int one = open(listed, O_WRONLY | O_CREAT, 0600),
        two = open(unlisted, O_WRONLY | O_CREAT, 0600);
    listener = sockets_listen(address, 0600);
    return one >= 0 && two >= 0 && write(one, "x", 1) == 1 && listener >= 0 ? 0 : -1;
}

static int
tidy(void **state)
{
    (void)state;
    return unlink(listed) | unlink(unlisted) | unlink(address) | rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stranger_is_refused),
        cmocka_unit_test(the_face_goes_on),
    };
    log_init("test");
    return cmocka_run_group_tests(tests, prepare, tidy);
}
