/* Inside voice only: what is to be said, and how far it is. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "wire/voice_messages.h"
#include "voice/voice.h"

struct link;
struct pack;
struct pcm;
struct secret;
struct speaker;
struct speech;
struct words;

enum { JOBS = 24, NUMBER_SIZE = 16, PLACE_SIZE = 48, LANGUAGE_SIZE = 4 };

struct job {
    int64_t request;
    bool is_call, last, by_hand;
    int counter;
    char number[NUMBER_SIZE], place[PLACE_SIZE], language[LANGUAGE_SIZE];
    char text[VOICE_TEXT_MAX + 1];
    size_t at; // of the text: what is not yet with the program
};

struct voice {
    struct voice_parts parts;
    int volume, utc_offset;
    struct pack *pack; // owned; NULL: none is good
    bool speaks;       // the program is there

    struct secret *memory; // owned, holds the jobs
    struct job *jobs;      // and one aside; the first is being said
    int count;
    bool begun;              // the first is
    struct speech *speech;   // owned; a sentence of it being made, or NULL
    struct speaker *speaker; // owned
    int64_t heard_by;        // when what is with the speaker must have been heard
    int result;              // of the last job, for who says one by hand

    struct link *link; // owned; NULL: no screen
    int64_t dial_at;
    int tries;
};

/* jobs.c */
void jobs_call(struct voice *voice, const struct voice_announce *call, bool by_hand);
void jobs_speak(struct voice *voice, const struct voice_speak *speak);
void jobs_hush(struct voice *voice, bool calls_too); /* each gets its VOICE_HUSHED */
/* What can go on goes on: on every turn of the loop. */
void jobs_step(struct voice *voice, int64_t now);
int64_t jobs_deadline(const struct voice *voice); /* INT64_MAX: none */

/* peer.c: the screen at the other end */
void peer_dial(struct voice *voice, int64_t now);
void peer_read(struct voice *voice);
void peer_flush(struct voice *voice);
void peer_done(struct voice *voice, int64_t request, enum voice_result result);
