/* Who may call numbers: officers and the browsers of counters. A PIN is read from the terminal
 * without an echo, or as a line of another program; it goes no further than argon2id. */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/secret.h"
#include "ctl/commands.h"
#include "ctl/ctl.h"
#include "seal/password.h"
#include "seal/seal.h"
#include "wire/ctl_messages.h"
#include "wire/hall_messages.h"

enum { PIN_LEAST = 6, PIN_MOST = 64, LINE = PIN_MOST + 3 /* the end of the line, too long */ };

static void
show_code(struct ctl *ctl, const void *message)
{
    const struct ctl_pair_code *pair = message;
    if (ctl->json) {
        printf("{\"code\":\"%s\"}\n", pair->code);
    } else {
        printf("%s\nfor one browser, within ten minutes\n", pair->code);
    }
}

static void
show_nothing(struct ctl *ctl, const void *message)
{
    (void)ctl;
    (void)message;
}

int
command_counter_code(struct ctl *ctl, char **words)
{
    int64_t next;
    (void)words;
    return ctl_ask(ctl, &ctl_pair_ask_type, NULL, show_code, &next);
}

int
command_unpair(struct ctl *ctl, char **words)
{
    int64_t next;
    (void)words;
    int done = ctl_ask(ctl, &ctl_unpair_type, NULL, show_nothing, &next);
    if (done == DONE) {
        puts(ctl->json ? "{\"unpaired\":true}" : "no browser is paired any more");
    }
    return done;
}

static void
echo(bool on)
{
    struct termios terminal;
    if (tcgetattr(STDIN_FILENO, &terminal) == 0) {
        terminal.c_lflag = on ? terminal.c_lflag | ECHO : terminal.c_lflag & ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal);
    }
}

/* Byte by byte: what stdio would keep in a buffer of its own cannot be zeroed. */
static bool
read_pin(char pin[LINE])
{
    size_t len = 0;
    bool prompt = isatty(STDIN_FILENO) == 1;
    if (prompt) {
        fputs("PIN: ", stderr);
        echo(false);
    }
    while (len < LINE - 1 && read(STDIN_FILENO, pin + len, 1) == 1 && pin[len] != '\n') {
        len++;
    }
    pin[len] = '\0';
    if (prompt) {
        echo(true);
        fputc('\n', stderr);
    }
    return len >= PIN_LEAST && len <= PIN_MOST;
}

int
command_officer(struct ctl *ctl, char **words)
{
    char pin[LINE] = "";
    uint8_t salt[PASSWORD_SALT], key[PASSWORD_KEY];
    int64_t next;
    int done = MISUSED;
    if (!read_pin(pin)) {
        fprintf(stderr, "anjunganctl: a PIN of %d to %d signs is needed\n", PIN_LEAST, PIN_MOST);
    } else if (!seal_init() || (password_salt(salt), !password_key(pin, salt, key))) {
        done = FAILED; // the log says why
    } else {
        struct ctl_officer officer = {words[0], {salt, sizeof salt}, {key, sizeof key}};
        done = ctl_ask(ctl, &ctl_officer_type, &officer, show_nothing, &next);
    }
    secret_zero(pin, sizeof pin);
    secret_zero(key, sizeof key);
    if (done == DONE) {
        printf(ctl->json ? "{\"officer\":\"%s\"}\n" : "%s may sign in at the counters\n", words[0]);
    }
    return done;
}

int
command_remove_officer(struct ctl *ctl, char **words)
{
    struct ctl_officer officer = {.name = words[0]};
    int64_t next;
    int done = ctl_ask(ctl, &ctl_officer_type, &officer, show_nothing, &next);
    if (done == DONE) {
        printf(ctl->json ? "{\"removed\":\"%s\"}\n" : "%s is removed\n", words[0]);
    }
    return done;
}
