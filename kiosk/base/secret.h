/* Memory for what residents type: locked against swap, left out of core dumps
 * and forks, fenced by guard pages, zeroed in one call. Not thread-safe. */
#pragma once
#include <stddef.h>

struct secret;

/* A region of at least `size` bytes. NULL (and one log line) when the system
 * refuses; the caller then keeps the kiosk out of service. */
struct secret *secret_create(size_t size);
void secret_destroy(struct secret *secret); /* zeroes first; NULL is fine */

/* Zeroed bytes, aligned for any type, valid until the next wipe; NULL when full. */
void *secret_alloc(struct secret *secret, size_t size);
size_t secret_used(const struct secret *secret);

/* Zero the whole region and forget every allocation. */
void secret_wipe(struct secret *secret);

/* Zero memory that lives elsewhere; the compiler may not drop it. */
void secret_zero(void *data, size_t size);
