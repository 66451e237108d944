/* What each of the programs asks of the system for itself, before any thread starts. */
#pragma once

/* Nothing of ours is ever written as a core file, and nobody looks into our memory. */
void process_forbid_cores(void);
/* The signals that end a program (TERM, INT and, where its terminal goes, HUP) as a
 * descriptor; -1 when it cannot be. Writing to a peer that hung up raises none from now on. */
int process_stop_signals(void);
