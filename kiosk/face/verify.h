/* "Cek keaslian": what the code on a paper says about it. A slip of ours carries a token signed
 * by its kiosk, whose key came with the signed bundle, so no line is needed. A QR of another
 * document is only an address: its host is held against the list of the catalogue and shown. */
#pragma once
#include "flow/flow.h"

struct catalogue;

/* `scan` as the scanner gave it. */
struct flow_verified verify_scan(const char *scan, const struct catalogue *catalogue);
