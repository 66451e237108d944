/* The office's counters in a browser: pairing, signing in, calling numbers. The hall decides
 * nothing about numbers; it asks the desk, and shows every page what the desk tells. While the
 * desk is away the pages say so and keep nothing for true. One thread. */
#pragma once
#include <stdbool.h>

struct hall;

struct hall_options {
    const char *socket;            /* hall.sock */
    const char *pages;             /* a folder: counter.html, counter.js, counter.css */
    const char *certificate, *key; /* files, PEM */
    int port;
};

struct hall *hall_create(const struct hall_options *options); /* NULL and a log line */
void hall_destroy(struct hall *hall);
bool hall_run(struct hall *hall, int stop_fd); /* until stop_fd can be read; false: it broke */
