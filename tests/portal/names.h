/* Questions for a name go to a name server of ours: to be linked by a test, or as a library
 * put before a real program (LD_PRELOAD; then the port comes as NAMES_PORT). */
#pragma once
#include <stdatomic.h>
#include <stdint.h>

extern _Atomic uint16_t names_port; /* on loopback; 0: the machine's own name server */
