/* The running program taken over by a stranger (promise S3): system calls are put into the
 * real, locked anjungan as if its own code had made them, and what the kernel answers is
 * looked at. x86-64 only, as the panels are. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char *program, *data;
static char folder[] = "/tmp/anjungan-program-XXXXXX";
static char config[64], address[64], datagrams[64];

/* --- a process that is held ------------------------------------------------------------ */

struct held {
    pid_t pid;
    int log; /* what it writes to standard error */
    struct user_regs_struct before;
    unsigned long room; /* its memory for our arguments */
};

static void
stopped(pid_t pid)
{
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSTOPPED(status));
}

/* Begin a process that we may look into from its first instruction on. */
static struct held
begin(char *const argv[])
{
    struct held held = {0};
    int go[2], log[2];
    char byte = 'x';
    assert_int_equal(pipe(go), 0);
    assert_int_equal(pipe(log), 0);
    held.pid = fork();
    if (held.pid == 0) {
        dup2(log[1], STDERR_FILENO);
        close(log[0]);
        close(log[1]);
        if (read(go[0], &byte, 1) == 1) {
            close(go[0]);
            close(go[1]);
            if (argv != NULL) {
                execv(argv[0], argv);
            } else {
                while (poll(NULL, 0, 100) >= 0) { // one that is not locked
                    continue;
                }
            }
        }
        _exit(77);
    }
    close(log[1]);
    held.log = log[0];
    assert_int_equal(ptrace(PTRACE_SEIZE, held.pid, NULL, (void *)PTRACE_O_EXITKILL), 0);
    assert_int_equal(write(go[1], &byte, 1), 1);
    close(go[0]);
    close(go[1]);
    return held;
}

/* Stop it where it waits: inside of a system call, behind the instruction that makes one. */
static void
hold(struct held *held)
{
    for (int tries = 0; tries < 200; tries++) {
        assert_int_equal(ptrace(PTRACE_INTERRUPT, held->pid, NULL, NULL), 0);
        stopped(held->pid);
        assert_int_equal(ptrace(PTRACE_GETREGS, held->pid, NULL, &held->before), 0);
        long code = ptrace(PTRACE_PEEKTEXT, held->pid, (void *)(held->before.rip - 2), NULL);
        held->room = (held->before.rsp - 16384) & ~4095UL;
        if ((code & 0xFFFF) == 0x050F) {
            return;
        }
        assert_int_equal(ptrace(PTRACE_CONT, held->pid, NULL, NULL), 0);
        poll(NULL, 0, 10);
    }
    fail_msg("the program does not wait in a system call");
}

static void
put(const struct held *held, size_t at, const void *bytes, size_t len)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/%d/mem", (int)held->pid);
    int fd = open(path, O_RDWR);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, len, (off_t)(held->room + at)), (ssize_t)len);
    close(fd);
}

/* Let it make this call; what the kernel answered. */
static long
call(const struct held *held, long number, const unsigned long arguments[6])
{
    struct user_regs_struct regs = held->before;
    regs.rip -= 2;
    regs.orig_rax = (unsigned long)-1;
    regs.rax = (unsigned long)number;
    regs.rdi = arguments[0];
    regs.rsi = arguments[1];
    regs.rdx = arguments[2];
    regs.r10 = arguments[3];
    regs.r8 = arguments[4];
    regs.r9 = arguments[5];
    assert_int_equal(ptrace(PTRACE_SETREGS, held->pid, NULL, &regs), 0);
    assert_int_equal(ptrace(PTRACE_SINGLESTEP, held->pid, NULL, NULL), 0);
    stopped(held->pid);
    assert_int_equal(ptrace(PTRACE_GETREGS, held->pid, NULL, &regs), 0);
    return (long)regs.rax;
}

static void
let_go(struct held *held)
{
    assert_int_equal(ptrace(PTRACE_SETREGS, held->pid, NULL, &held->before), 0);
    assert_int_equal(ptrace(PTRACE_DETACH, held->pid, NULL, NULL), 0);
}

/* --- the face ------------------------------------------------------------------------- */

static struct held face;

static void
read_until(int fd, const char *words)
{
    static char log[16384];
    size_t len = 0;
    while (len + 1 < sizeof log) {
        struct pollfd waits = {fd, POLLIN, 0};
        if (poll(&waits, 1, 20000) <= 0) {
            break;
        }
        ssize_t got = read(fd, log + len, sizeof log - 1 - len);
        if (got <= 0) {
            break;
        }
        len += (size_t)got;
        log[len] = '\0';
        if (strstr(log, words) != NULL) {
            return;
        }
    }
    fail_msg("the program did not say \"%s\" but: %s", words, log);
}

static int
set_up(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(config, sizeof config, "%s/anjungan.ini", folder);
    snprintf(address, sizeof address, "%s/face.sock", folder);
    snprintf(datagrams, sizeof datagrams, "%s/datagrams", folder);
    FILE *file = fopen(config, "w");
    fprintf(file,
            "[kiosk]\nid = 6472021001-1\noffice = 6472021001\ndata_dir = %s\n"
            "[panel]\nwidth_px = 540\nheight_px = 960\nwidth_mm = 268\n",
            data);
    fclose(file);
    char option_config[] = "--config", option_listen[] = "--listen";
    char *argv[] = {program, option_config, config, option_listen, address, NULL};
    face = begin(argv);
    read_until(face.log, "on the screen");
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    kill(face.pid, SIGKILL);
    waitpid(face.pid, NULL, 0);
    close(face.log);
    unlink(config);
    unlink(address);
    unlink(datagrams);
    return rmdir(folder);
}

static bool
has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

/* The value of a line of /proc/PID/<file>. */
static void
proc_line(const char *file, const char *name, char *out, size_t size)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)face.pid, file);
    FILE *from = fopen(path, "r");
    assert_non_null(from);
    out[0] = '\0';
    while (fgets(line, sizeof line, from) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0) {
            snprintf(out, size, "%s", line + strlen(name) + strspn(line + strlen(name), ": \t"));
        }
    }
    fclose(from);
    out[strcspn(out, "\n")] = '\0';
}

static void
the_kernel_says_that_it_is_locked(void **state)
{
    (void)state;
    char value[256];
    proc_line("status", "Seccomp:", value, sizeof value);
    assert_string_equal(value, "2");
    proc_line("status", "NoNewPrivs:", value, sizeof value);
    assert_string_equal(value, "1");
    proc_line("limits", "Max core file size", value, sizeof value);
    assert_true(value[0] == '0');
}

enum { TEXT_AT = 0, BYTES_AT = 1024, LIST_AT = 2048 };

struct probe {
    const char *name;
    long number;
    const char *text; /* stands at TEXT */
    unsigned long arguments[6];
    bool landlock; /* only Landlock can tell this file from others */
};

#define TEXT (~1UL)  /* the text's place */
#define BYTES (~2UL) /* a socket address of `datagrams`, or zeroes */
#define LIST (~3UL)  /* argv; or a message that goes to BYTES */
#define PARENT (~4UL)
#define HERE ((unsigned long)AT_FDCWD)

static long
try_probe(const struct held *held, const struct probe *probe)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    strncpy(to.sun_path, datagrams, sizeof to.sun_path - 1);
    unsigned long text = held->room + TEXT_AT, bytes = held->room + BYTES_AT,
                  list = held->room + LIST_AT, arguments[6];
    unsigned long argv[] = {text, 0};
    struct iovec piece = {(void *)text, 1};
    struct msghdr message = {.msg_name = (void *)bytes,
                             .msg_namelen = sizeof to,
                             .msg_iov = (void *)(list + 128),
                             .msg_iovlen = 1};
    put(held, TEXT_AT, probe->text != NULL ? probe->text : "x",
        probe->text != NULL ? strlen(probe->text) + 1 : 2);
    put(held, BYTES_AT, &to, sizeof to);
    if (probe->number == SYS_sendmsg) {
        put(held, LIST_AT, &message, sizeof message);
        put(held, LIST_AT + 128, &piece, sizeof piece);
    } else {
        put(held, LIST_AT, argv, sizeof argv);
    }
    for (int i = 0; i < 6; i++) {
        unsigned long value = probe->arguments[i];
        arguments[i] = value == TEXT     ? text
                       : value == BYTES  ? bytes
                       : value == LIST   ? list
                       : value == PARENT ? (unsigned long)getpid()
                                         : value;
    }
    return call(held, probe->number, arguments);
}

static const struct probe forbidden[] = {
    {"socket unix", SYS_socket, NULL, {AF_UNIX, SOCK_STREAM, 0}},
    {"socket inet", SYS_socket, NULL, {AF_INET, SOCK_STREAM, 0}},
    {"socket inet6", SYS_socket, NULL, {AF_INET6, SOCK_DGRAM, 0}},
    {"socket netlink", SYS_socket, NULL, {AF_NETLINK, SOCK_RAW, 0}},
    {"socketpair", SYS_socketpair, NULL, {AF_UNIX, SOCK_STREAM, 0, BYTES}},
    {"connect", SYS_connect, NULL, {3, BYTES, sizeof(struct sockaddr_un)}},
    {"bind", SYS_bind, NULL, {3, BYTES, sizeof(struct sockaddr_un)}},
    {"listen", SYS_listen, NULL, {3, 5}},
    {"sendto an address", SYS_sendto, NULL, {3, TEXT, 1, 0, BYTES, 110}},
    {"sendmsg", SYS_sendmsg, NULL, {3, LIST, 0}},
    {"sendmmsg", SYS_sendmmsg, NULL, {3, LIST, 1, 0}},
    {"execve", SYS_execve, "/bin/true", {TEXT, LIST, 0}},
    {"execveat", SYS_execveat, "/bin/true", {HERE, TEXT, LIST, 0, 0}},
    {"fork", SYS_fork, NULL, {0}},
    {"vfork", SYS_vfork, NULL, {0}},
    {"clone", SYS_clone, NULL, {SIGCHLD, 0, 0, 0, 0}},
    {"clone3", SYS_clone3, NULL, {BYTES, 64}},
    {"open /etc/passwd", SYS_openat, "/etc/passwd", {HERE, TEXT, O_RDONLY}, true},
    {"old open", SYS_open, "/etc/shadow", {TEXT, O_RDONLY}, true},
    {"open a home", SYS_openat, "/root", {HERE, TEXT, O_RDONLY}, true},
    {"open a process", SYS_openat, "/proc/1/mem", {HERE, TEXT, O_RDONLY}, true},
    {"open to write", SYS_openat, "/tmp/x", {HERE, TEXT, O_WRONLY}},
    {"create", SYS_openat, "/tmp/x", {HERE, TEXT, O_RDWR | O_CREAT, 0600}},
    {"creat", SYS_creat, "/tmp/x", {TEXT, 0600}},
    {"openat2", SYS_openat2, "/etc/passwd", {HERE, TEXT, BYTES, 24}},
    {"open by handle", SYS_open_by_handle_at, NULL, {3, BYTES, 0}},
    {"mkdir", SYS_mkdir, "/tmp/x", {TEXT, 0700}},
    {"mknod", SYS_mknod, "/tmp/x", {TEXT, 0600, 0}},
    {"symlink", SYS_symlink, "/tmp/x", {TEXT, TEXT}},
    {"link", SYS_link, "/tmp/x", {TEXT, TEXT}},
    {"unlink", SYS_unlink, "/tmp/x", {TEXT}},
    {"rename", SYS_rename, "/tmp/x", {TEXT, TEXT}},
    {"truncate", SYS_truncate, "/tmp/x", {TEXT, 0}},
    {"chmod", SYS_chmod, "/tmp/x", {TEXT, 0777}},
    {"chown", SYS_chown, "/tmp/x", {TEXT, 0, 0}},
    {"chroot", SYS_chroot, "/tmp", {TEXT}},
    {"mount", SYS_mount, "tmpfs", {TEXT, TEXT, TEXT, 0, 0}},
    {"unshare", SYS_unshare, NULL, {0x10000000}},
    {"setns", SYS_setns, NULL, {3, 0}},
    {"setuid", SYS_setuid, NULL, {0}},
    {"prctl", SYS_prctl, NULL, {4, 1, 0, 0, 0}},
    {"kill another", SYS_kill, NULL, {PARENT, 0}},
    {"tgkill another", SYS_tgkill, NULL, {PARENT, PARENT, 0}},
    {"tkill another", SYS_tkill, NULL, {PARENT, 0}},
    {"signal queue", SYS_rt_sigqueueinfo, NULL, {PARENT, SIGTERM, BYTES}},
    {"ptrace", SYS_ptrace, NULL, {PTRACE_ATTACH, PARENT, 0, 0}},
    {"read another's memory", SYS_process_vm_readv, NULL, {PARENT, BYTES, 0, BYTES, 0, 0}},
    {"pidfd", SYS_pidfd_open, NULL, {PARENT, 0}},
    {"map code", SYS_mmap, NULL, {0, 4096, 7, 0x22, (unsigned long)-1, 0}},
    {"shared code", SYS_shmat, NULL, {0, 0, SHM_EXEC}},
    {"memfd", SYS_memfd_create, "x", {TEXT, 0}},
    {"bpf", SYS_bpf, NULL, {0, BYTES, 16}},
    {"perf", SYS_perf_event_open, NULL, {BYTES, 0, 0, 0, 0}},
    {"io_uring", SYS_io_uring_setup, NULL, {1, BYTES}},
    {"userfaultfd", SYS_userfaultfd, NULL, {0}},
    {"keyring", SYS_keyctl, NULL, {0, 0, 0}},
    {"module", SYS_init_module, NULL, {BYTES, 8, TEXT}},
    {"reboot", SYS_reboot, NULL, {0}},
    {"clock", SYS_clock_settime, NULL, {0, BYTES}},
};

static bool
is_refusal(const struct probe *probe, long answer)
{
    // glibc takes ENOSYS for clone3 as a word to use clone, which is refused.
    return answer == -EPERM || answer == -EACCES ||
           (probe->number == SYS_clone3 && answer == -ENOSYS);
}

static void
the_running_face_can_do_nothing_else(void **state)
{
    (void)state;
    size_t bad = 0;
    hold(&face);
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        if (forbidden[i].landlock && !has_landlock()) {
            continue;
        }
        long answer = try_probe(&face, &forbidden[i]);
        if (!is_refusal(&forbidden[i], answer)) {
            print_error("%s: the kernel answered %ld\n", forbidden[i].name, answer);
            bad++;
        }
    }
    // What it is there for still works.
    char path[512];
    snprintf(path, sizeof path, "%s/catalogue/catalogue.json", data);
    unsigned long own = (unsigned long)face.pid;
    struct probe listed = {"", SYS_openat, path, {HERE, TEXT, O_RDONLY}};
    struct probe self = {"", SYS_getpid, NULL, {0}};
    struct probe its_end = {"", SYS_tgkill, NULL, {own, own, 0}}; // abort() must end it
    long opened = try_probe(&face, &listed), pid = try_probe(&face, &self),
         signalled = try_probe(&face, &its_end);
    let_go(&face);
    assert_int_equal(bad, 0);
    assert_true(opened > 2);
    assert_int_equal(pid, face.pid);
    assert_int_equal(signalled, 0);
}

/* The same hands on a process that is not locked: what they try does work there. */
static void
an_open_process_can(void **state)
{
    (void)state;
    struct held open_one = begin(NULL);
    static const char *const works[] = {"socket unix",      "socket inet", "socketpair",
                                        "open /etc/passwd", "memfd",       "map code",
                                        "kill another",     "prctl",       "tgkill another"};
    poll(NULL, 0, 50);
    hold(&open_one);
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        for (size_t k = 0; k < sizeof forbidden / sizeof *forbidden; k++) {
            if (strcmp(forbidden[k].name, works[i]) == 0) {
                long answer = try_probe(&open_one, &forbidden[k]);
                if (answer < 0 && answer > -4096) {
                    fail_msg("%s: the kernel answered %ld", works[i], answer);
                }
            }
        }
    }
    struct probe code = {"", SYS_execve, "/bin/true", {TEXT, LIST, 0}};
    assert_int_equal(try_probe(&open_one, &code), 0); // it is another program now
    kill(open_one.pid, SIGKILL);
    waitpid(open_one.pid, NULL, 0);
    close(open_one.log);
}

static void
it_goes_on_and_ends_when_told(void **state)
{
    (void)state;
    int status;
    poll(NULL, 0, 200);
    assert_int_equal(waitpid(face.pid, &status, WNOHANG), 0);
    assert_int_equal(kill(face.pid, SIGTERM), 0);
    assert_int_equal(waitpid(face.pid, &status, 0), face.pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: %s ANJUNGAN ASSETS\n", argv[0]);
        return 2;
    }
    program = argv[1];
    data = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kernel_says_that_it_is_locked),
        cmocka_unit_test(the_running_face_can_do_nothing_else),
        cmocka_unit_test(an_open_process_can),
        cmocka_unit_test(it_goes_on_and_ends_when_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
