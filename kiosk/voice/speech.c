#include "voice/speech.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"
#include "voice/pcm.h"

enum {
    PATIENCE = 10000,     // ms for one sentence; it takes some twenty, but from a cold disk more
    SENTENCE_MOST = 400,  // bytes
    SOUND_MOST = 4 << 20, // bytes: a minute and a half
    STEP = 64 * 1024
};

struct speech {
    pid_t pid;
    int from;
    int64_t deadline;
    uint8_t *bytes; // owned, SOUND_MOST
    size_t len;
};

const char *
speech_voice(const char *language)
{
    static const char *const voices[][2] = {
        {"id", "id"}, {"en", "en"}, {"bjn", "id"}, {"jv", "id"}};
    for (size_t i = 0; i < sizeof voices / sizeof voices[0]; i++) {
        if (strcmp(voices[i][0], language) == 0) {
            return voices[i][1];
        }
    }
    return NULL;
}

size_t
speech_sentence(const char *text)
{
    size_t blank = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool ends = strchr(".!?:;", text[i]) != NULL && strchr(" \n", text[i + 1]) != NULL;
        if (text[i] == '\n' || ends) {
            i++;
            return i + strspn(text + i, " \n");
        }
        if (i >= SENTENCE_MOST && blank > 0) {
            return blank;
        }
        blank = text[i] == ' ' ? i + 1 : blank;
    }
    return strlen(text);
}

/* In the child, between fork and exec: nothing that allocates or locks. */
static void
become(const char *program, const char *voice, int in, int out)
{
    const char *const argv[] = {"espeak-ng", "-v", voice,     "-s",       "150",
                                "-b",        "1",  "--stdin", "--stdout", NULL};
    // Its sound library looks for a sound server even where it is not to sound, and makes folders
    // in its home for one: both are where there can be none.
    const char *const environment[] = {"LANG=C.UTF-8", "HOME=/dev/null",
                                       "PULSE_SERVER=unix:/dev/null", NULL};
    const struct rlimit seconds = {5, 5}, memory = {512 << 20, 512 << 20};
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    setrlimit(RLIMIT_CPU, &seconds);
    setrlimit(RLIMIT_AS, &memory);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(nowhere, STDERR_FILENO) < 0) {
        _exit(127);
    }
    execve(program, (char *const *)argv, (char *const *)environment);
    _exit(127);
}

/* The whole text fits into the pipe, so that nothing has to be written later. */
static bool
hand_over(int pipe, const char *text, size_t len)
{
    return write(pipe, text, len) == (ssize_t)len && write(pipe, "\n", 1) == 1;
}

static bool
run(struct speech *speech, const char *program, const char *voice, const char *text, size_t len)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1};
    bool good = pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0 &&
                fcntl(in[1], F_SETFL, O_NONBLOCK) == 0 && fcntl(out[0], F_SETFL, O_NONBLOCK) == 0 &&
                hand_over(in[1], text, len);
    speech->pid = good ? fork() : -1;
    if (speech->pid == 0) {
        become(program, voice, in[0], out[1]);
    }
    const int ours[] = {in[0], in[1], out[1]};
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (ours[i] >= 0) {
            close(ours[i]);
        }
    }
    speech->from = out[0];
    return speech->pid > 0;
}

struct speech *
speech_start(const char *program, const char *voice, const char *text, size_t len, int64_t now)
{
    struct speech *speech = calloc(1, sizeof *speech);
    if (speech == NULL) {
        log_error("speech: no memory");
        return NULL;
    }
    speech->pid = -1;
    speech->from = -1;
    speech->deadline = now + PATIENCE;
    speech->bytes = calloc(1, SOUND_MOST); // touched only as far as sound comes
    if (speech->bytes == NULL || !run(speech, program, voice, text, len)) {
        log_error("speech: %s: %s", program, strerror(errno));
        speech_end(speech);
        return NULL;
    }
    return speech;
}

void
speech_end(struct speech *speech)
{
    if (speech == NULL) {
        return;
    }
    if (speech->pid > 0) {
        kill(speech->pid, SIGKILL);
        while (waitpid(speech->pid, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    if (speech->from >= 0) {
        close(speech->from);
    }
    if (speech->bytes != NULL) {
        secret_zero(speech->bytes, speech->len);
        free(speech->bytes);
    }
    free(speech);
}

int
speech_fd(const struct speech *speech)
{
    return speech->from;
}

int64_t
speech_deadline(const struct speech *speech)
{
    return speech->deadline;
}

/* What came is all that comes. */
static enum speech_state
finish(struct speech *speech, struct pcm *out)
{
    const char *why = pcm_read_wav(speech->bytes, speech->len, true, out);
    if (why != NULL) {
        log_warning("speech: the program's sound is not taken: %s",
                    speech->len == 0 ? "there is none" : why);
        return SPEECH_FAILED;
    }
    pcm_trim(out);
    pcm_soften(out);
    return SPEECH_READY;
}

enum speech_state
speech_read(struct speech *speech, int64_t now, struct pcm *out)
{
    *out = (struct pcm){0};
    for (;;) {
        size_t room = SOUND_MOST - speech->len;
        if (room == 0) {
            log_warning("speech: the program does not end a sentence");
            return SPEECH_FAILED;
        }
        ssize_t got =
            read(speech->from, speech->bytes + speech->len, room < STEP ? room : (size_t)STEP);
        if (got == 0) {
            return finish(speech, out);
        }
        if (got > 0) {
            speech->len += (size_t)got;
        } else if (errno != EINTR) {
            break;
        }
    }
    if (errno == EAGAIN && now < speech->deadline) {
        return SPEECH_GOING;
    }
    log_warning("speech: the program took too long");
    return SPEECH_FAILED;
}
