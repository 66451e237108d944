/* The land tax's bills (PBB): what is owed for a parcel (NOP) and a year. A file of synthetic
 * bills stands for the tax office's own system. Read once; what changes is the provider's. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bills;

enum { NOP_TEXT = 19, BILL_WORDS = 80 };

struct bill {
    char nop[NOP_TEXT];
    int year;
    char owner[BILL_WORDS], place[BILL_WORDS];
    int64_t amount, fine; /* rupiah */
    char due[11];         /* "2026-09-30" */
    bool paid;            /* before this portal began */
};

struct bills *bills_load(const char *path); /* NULL: logged */
void bills_destroy(struct bills *bills);
/* NULL: no such parcel, or none that year; nobody is told which. */
const struct bill *bills_find(const struct bills *bills, const char *nop, int year);

/* What may be seen by whoever types eighteen digits: "S*** A***". Every word of a name is
 * masked; of a place, short words without a digit stay ("JL. M*** NO. ***"). */
void bill_mask(const char *words, bool name, char *out, size_t size);
/* "64.72.021.001.***-***1.0": enough for its holder to know it again. */
enum { NOP_SHOWN = 32 };
void bill_mask_nop(const char *nop, char out[NOP_SHOWN]);
