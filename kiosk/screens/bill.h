/* What the screens of a bill and of its payment share. Only this folder includes it. */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct page;
struct screen;

/* Where else it can be paid: the catalogue's page "pbb". */
void bill_channels(const struct screen *screen, struct page *page);
const char *bill_money(int64_t rupiah, char *out, size_t size); /* "Rp1.250.000" */
