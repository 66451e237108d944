/* What can be asked for. `words` follow the command and end with NULL; the result is an
 * exit status (ctl.h). */
#pragma once

struct ctl;

int command_status(struct ctl *ctl, char **words);
int command_outbox(struct ctl *ctl, char **words);
int command_unprinted(struct ctl *ctl, char **words);
int command_figures(struct ctl *ctl, char **words);
int command_test_print(struct ctl *ctl, char **words);
int command_paper_changed(struct ctl *ctl, char **words);
int command_print_day(struct ctl *ctl, char **words);
int command_reprint(struct ctl *ctl, char **words); /* a number */
int command_send_now(struct ctl *ctl, char **words);
int command_enrol(struct ctl *ctl, char **words); /* code, perhaps an address */
int command_counter_code(struct ctl *ctl, char **words);
int command_unpair(struct ctl *ctl, char **words);
int command_officer(struct ctl *ctl, char **words);        /* a name; the PIN from standard input */
int command_remove_officer(struct ctl *ctl, char **words); /* a name */
int command_check_config(struct ctl *ctl, char **words);
int command_check_catalogue(struct ctl *ctl, char **words); /* perhaps a folder */
