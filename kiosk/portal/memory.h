/* OpenSSL never sees a refused allocation. Where one is refused while it sets up what it
 * loads on first use (a cipher, the random generator), that is missing in this process for
 * good: each handshake after it fails, and nothing would leave the kiosk until a restart. So
 * an allocation for it waits for memory, and where none comes, the program ends with a word
 * and is started again. The courier's thread is one that nobody waits for. */
#pragma once
#include <stdbool.h>

/* Once, before anything of OpenSSL is used; false (logged): it is in use already. */
bool memory_insist(void);
