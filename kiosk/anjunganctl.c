/* anjunganctl: what a technician does over ssh. Speaks to the desk on ctl.sock. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/settings.h"
#include "ctl/commands.h"
#include "ctl/ctl.h"

static const char usage[] =
    "usage: anjunganctl [--config FILE] [--json] COMMAND\n"
    "  status                  what works, what waits, since when\n"
    "  outbox                  submissions and where they stand (never contents)\n"
    "  unprinted               today's numbers without paper in hand\n"
    "  print day               today's numbers, and what became of them, on paper\n"
    "  paper changed           a new roll is in: its count starts anew, with a test slip\n"
    "  reprint NUMBER          one of them on paper, as a copy (SALINAN)\n"
    "  figures                 what was counted today: channels, visits, opinions\n"
    "  test-print              a test slip\n"
    "  send-now                try the portal at once\n"
    "  enrol CODE [URL]        become known to the portal with a one-time code\n"
    "  officer set NAME        a counter's officer; the PIN is asked for, or a line of input\n"
    "  officer remove NAME     he signs in no more\n"
    "  counter-code            a one-time code that pairs one browser with this office\n"
    "  unpair                  no browser is paired any more\n"
    "  catalogue check [PATH]  the first fault of a catalogue's folder, or of one file of it, or\n"
    "                          of an office's or their folder, with file, line and reason\n"
    "  config check            every wrong value and unknown key of the configuration\n"
    "Exit status: 0 done, 1 it could not be done, 2 wrong usage, 3 no desk answers.\n";

/* A command is one word or two, then so many more. */
static const struct {
    const char *first, *second;
    int least, most;
    int (*run)(struct ctl *ctl, char **words);
} commands[] = {
    {"status", NULL, 0, 0, command_status},
    {"outbox", NULL, 0, 0, command_outbox},
    {"unprinted", NULL, 0, 0, command_unprinted},
    {"print", "day", 0, 0, command_print_day},
    {"paper", "changed", 0, 0, command_paper_changed},
    {"reprint", NULL, 1, 1, command_reprint},
    {"figures", NULL, 0, 0, command_figures},
    {"test-print", NULL, 0, 0, command_test_print},
    {"send-now", NULL, 0, 0, command_send_now},
    {"enrol", NULL, 1, 2, command_enrol},
    {"officer", "set", 1, 1, command_officer},
    {"officer", "remove", 1, 1, command_remove_officer},
    {"counter-code", NULL, 0, 0, command_counter_code},
    {"unpair", NULL, 0, 0, command_unpair},
    {"catalogue", "check", 0, 1, command_check_catalogue},
    {"config", "check", 0, 0, command_check_config},
};

static int
misused(const char *what, const char *word)
{
    fprintf(stderr, "anjunganctl: %s '%s'\n%s", what, word, usage);
    return MISUSED;
}

static int
run(struct ctl *ctl, int count, char **words)
{
    bool near = false;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        int taken = commands[i].second != NULL ? 2 : 1;
        if (strcmp(words[0], commands[i].first) != 0) {
            continue;
        }
        if (taken == 2 && (count < 2 || strcmp(words[1], commands[i].second) != 0)) {
            near = true; // another command may begin with the same word
            continue;
        }
        if (count - taken < commands[i].least) {
            return misused("something is missing after", words[taken - 1]);
        }
        if (count - taken > commands[i].most) {
            return misused("one word too many:", words[taken + commands[i].most]);
        }
        return commands[i].run(ctl, words + taken); // argv ends with NULL
    }
    if (near) {
        return misused(count < 2 ? "something is missing after" : "unknown word",
                       words[count < 2 ? 0 : 1]);
    }
    return misused("unknown command", words[0]);
}

int
main(int argc, char **argv)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"json", no_argument, NULL, 'j'},
                                            {"version", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    struct ctl ctl = {.config = "/etc/anjungan/anjungan.ini"};
    int option;
    log_init("anjunganctl");
    log_to_people();
    while ((option = getopt_long(argc, argv, "c:jvh", options, NULL)) >= 0) {
        switch (option) {
        case 'c':
            ctl.config = optarg;
            break;
        case 'j':
            ctl.json = true;
            break;
        case 'v':
            puts("anjunganctl " VERSION);
            return DONE;
        default:
            fputs(usage, option == 'h' ? stdout : stderr);
            return option == 'h' ? DONE : MISUSED;
        }
    }
    if (optind == argc) {
        fputs(usage, stderr);
        return MISUSED;
    }
    int done = run(&ctl, argc - optind, argv + optind);
    settings_destroy(ctl.settings);
    return done;
}
