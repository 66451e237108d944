/* A job as the request that the contract wants for it. Pure. Internal. */
#pragma once
#include <stddef.h>
#include "portal/courier.h"
#include "portal/exchange.h"

/* The request points at `path` and at the job's body. */
void errand_describe(const struct courier_job *job, struct request *request, char *path,
                     size_t size);
