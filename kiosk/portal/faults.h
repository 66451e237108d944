/* Names for what goes wrong below HTTP, for the outbox list and the menu. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* From curl's code, OpenSSL's verdict on the certificate and curl's words. `reached`: a
 * portal was spoken to, only this exchange failed. */
void fault_name(int code, long verdict, const char *words, char *out, size_t size, bool *reached);
