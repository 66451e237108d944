#include "face/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* --- files: Landlock ------------------------------------------------------------ */

enum {
    READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    USE = READ | LANDLOCK_ACCESS_FS_WRITE_FILE,
    FILES = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE,
    FIRST_VERSION = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1
};

static uint64_t
all_access(int version)
{
    uint64_t all = FIRST_VERSION;
#ifdef LANDLOCK_ACCESS_FS_REFER
    all |= version >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0;
#endif
#ifdef LANDLOCK_ACCESS_FS_TRUNCATE
    all |= version >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0;
#endif
    return all;
}

static void
allow_files(int rules, const char *path, uint64_t access)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) {
        return; // what is not there need not be read
    }
    struct landlock_path_beneath_attr beneath = {.allowed_access = access, .parent_fd = fd};
    if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0) {
        beneath.allowed_access = access & FILES; // it is no folder
        if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0) {
            log_warning("landlock: %s: %s", path, strerror(errno));
        }
    }
    close(fd);
}

/* False: this kernel has no Landlock. */
static bool
lock_files(const char *const *readable, const char *const *devices)
{
    int version =
        (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    struct landlock_ruleset_attr attr = {.handled_access_fs = all_access(version)};
    int rules = version < 1 ? -1 : (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    if (rules < 0) {
        log_warning("landlock: %s; the system-call filter stands alone", strerror(errno));
        return false;
    }
    for (; *readable != NULL; readable++) {
        allow_files(rules, *readable, READ);
    }
    for (; *devices != NULL; devices++) {
        allow_files(rules, *devices, USE);
    }
    bool locked = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (!locked) {
        log_warning("landlock: %s; the system-call filter stands alone", strerror(errno));
    }
    close(rules);
    return locked;
}

/* --- system calls: seccomp -------------------------------------------------------- */

/* What a running face, its display connection, its memory and its end need. */
static const int allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(statx),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),
    SCMP_SYS(ioctl),
    SCMP_SYS(fcntl),
    // waiting
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(futex),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(restart_syscall),
    // connections that are open; new ones only by being dialled
    SCMP_SYS(accept4),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(shutdown),
    SCMP_SYS(getsockopt),
    SCMP_SYS(getsockname),
    SCMP_SYS(getpeername),
    // memory
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(mlock),
    SCMP_SYS(munlock),
    SCMP_SYS(shmget),
    SCMP_SYS(shmdt),
    SCMP_SYS(shmctl),
    SCMP_SYS(semget),
    SCMP_SYS(semop),
    SCMP_SYS(semctl),
    // time, identity, chance
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(uname),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(rseq),
    SCMP_SYS(set_robust_list),
    // signals and the end
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

/* What the leak checker of a sanitized build stops the world with. */
static const int for_sanitizers[] = {
    SCMP_SYS(clone),   SCMP_SYS(clone3),  SCMP_SYS(ptrace),    SCMP_SYS(wait4),     SCMP_SYS(prctl),
    SCMP_SYS(kill),    SCMP_SYS(mmap),    SCMP_SYS(mprotect),  SCMP_SYS(pipe),      SCMP_SYS(pipe2),
    SCMP_SYS(getppid), SCMP_SYS(sysinfo), SCMP_SYS(prlimit64), SCMP_SYS(getrlimit),
};

static bool
allow(scmp_filter_ctx filter, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
        if (error != 0 && error != -EDOM) { // EDOM: this machine has no such call
            log_error("seccomp: rule %zu: %s", i, strerror(-error));
            return false;
        }
    }
    return true;
}

/* Shared memory is the display's, never code; a signal is to itself alone, as abort()
 * sends it. There is no sendmsg: a filter cannot see where such a message goes, and the
 * display's connection needs it only to hand over descriptors. */
static bool
allow_own(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(shmat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, SHM_EXEC, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())) == 0;
}

/* Calls whose arguments matter: files only to read, memory never both written and
 * run, datagrams only where the socket is connected to. */
static bool
allow_limited(scmp_filter_ctx filter, bool landlocked)
{
    const scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC;
    // Landlock says which devices; alone, the filter cannot tell them from files.
    bool devices =
        !landlocked || seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                                        SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDWR)) == 0;
    return devices &&
           // a thread of ours, never a process; glibc asks clone3 first and knows ENOSYS
           (SANITIZED ||
            (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                              SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0 &&
             seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0)) &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
                            SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY)) == 0 &&
           (SANITIZED || (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                                           SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
                          seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                                           SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0)) &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 1, SCMP_A4(SCMP_CMP_EQ, 0)) ==
               0;
}

static bool
lock_calls(bool landlocked)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int error = filter == NULL ? -ENOMEM : 0;
    if (filter != NULL) {
        // All threads (a sound device has one), and a search tree instead of a list.
        (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
        (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
        bool good = allow(filter, allowed, sizeof allowed / sizeof *allowed) &&
                    (!SANITIZED || allow(filter, for_sanitizers,
                                         sizeof for_sanitizers / sizeof *for_sanitizers)) &&
                    allow_limited(filter, landlocked) && allow_own(filter);
        error = good ? seccomp_load(filter) : -EINVAL;
        seccomp_release(filter);
    }
    if (error != 0) {
        log_error("seccomp: %s; the face does not run unlocked", strerror(-error));
    }
    return error == 0;
}

bool
sandbox_lock(const char *const *readable, const char *const *devices)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        log_error("no_new_privs: %s", strerror(errno));
        return false;
    }
    return lock_calls(lock_files(readable, devices));
}
