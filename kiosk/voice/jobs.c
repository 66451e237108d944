#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/settings.h"
#include "base/text.h"
#include "platform/speaker.h"
#include "voice/inside.h"
#include "voice/pack.h"
#include "voice/pcm.h"
#include "voice/speech.h"
#include "voice/words.h"

enum { SLACK = 5000 }; // ms that a device may take to open and to play out

/* --- the list --------------------------------------------------------------------------- */

static struct job *
add(struct voice *voice, int64_t request)
{
    if (voice->count == JOBS) {
        peer_done(voice, request, VOICE_BUSY);
        return NULL;
    }
    struct job *job = &voice->jobs[voice->count++];
    job->request = request;
    return job;
}

static void
take_out(struct voice *voice, int index, enum voice_result result)
{
    struct job *jobs = voice->jobs;
    int64_t request = jobs[index].request;
    voice->count--;
    memmove(&jobs[index], &jobs[index + 1], sizeof *jobs * (size_t)(voice->count - index));
    secret_zero(&jobs[voice->count], sizeof *jobs);
    peer_done(voice, request, result);
}

/* The first is over, and whatever of it still sounds or is being made. */
static void
finish(struct voice *voice, enum voice_result result)
{
    speech_end(voice->speech);
    voice->speech = NULL;
    speaker_hush(voice->speaker);
    voice->begun = false;
    take_out(voice, 0, result);
}

void
jobs_call(struct voice *voice, const struct voice_announce *call, bool by_hand)
{
    struct job *job = add(voice, call->request);
    if (job != NULL) {
        job->is_call = true;
        job->by_hand = by_hand;
        job->last = call->last;
        job->counter = call->counter;
        snprintf(job->number, sizeof job->number, "%s", call->number);
        snprintf(job->place, sizeof job->place, "%s", call->place);
    }
}

void
jobs_speak(struct voice *voice, const struct voice_speak *speak)
{
    // Aside first: its text is the link's, and a hush says things on that link.
    struct job *aside = &voice->jobs[JOBS];
    aside->request = speak->request;
    snprintf(aside->language, sizeof aside->language, "%s", speak->language);
    snprintf(aside->text, sizeof aside->text, "%s", speak->text);
    if (speak->interrupt) {
        jobs_hush(voice, false);
    }
    struct job *job = add(voice, aside->request);
    if (job != NULL) {
        *job = *aside;
    }
    secret_zero(aside, sizeof *aside);
}

void
jobs_hush(struct voice *voice, bool calls_too)
{
    for (int i = voice->count; i-- > 0;) {
        if (voice->jobs[i].is_call && !calls_too) {
            continue;
        }
        if (i == 0 && voice->begun) {
            finish(voice, VOICE_HUSHED);
        } else {
            take_out(voice, i, VOICE_HUSHED);
        }
    }
}

/* --- one of them -------------------------------------------------------------------------- */

static bool
play(struct voice *voice, const struct pcm *pcm, int64_t now)
{
    int64_t length = pcm->count > 0 ? (int64_t)pcm->count * 1000 / pcm->rate : 0;
    int64_t from = voice->heard_by > now + SLACK ? voice->heard_by : now + SLACK;
    voice->heard_by = from + length;
    return pcm->count == 0 ||
           speaker_play(voice->speaker, pcm->samples, pcm->count, pcm->rate, voice->volume);
}

static bool
is_quiet(const struct voice *voice)
{
    const struct settings *settings = voice->parts.settings;
    int begin = settings->voice.quiet_begin, end = settings->voice.quiet_end;
    struct civil now = civil_at(clock_wall(), voice->utc_offset);
    int minute = now.hour * 60 + now.minute;
    return begin <= end ? minute >= begin && minute < end : minute >= begin || minute < end;
}

/* The next sentence goes to the program; false: it cannot. */
static bool
speak_on(struct voice *voice, struct job *job, int64_t now)
{
    const char *voice_name = speech_voice(job->language);
    size_t len = speech_sentence(job->text + job->at);
    if (!voice->speaks || voice_name == NULL) {
        return false;
    }
    if (len == 0) {
        return true; // nothing left to be made
    }
    voice->speech = speech_start(voice->parts.settings->voice.program, voice_name,
                                 job->text + job->at, len, now);
    secret_zero(job->text + job->at, len);
    job->at += len;
    return voice->speech != NULL;
}

/* From recordings, or, for want of one, the same words as a text. */
static bool
begin_call(struct voice *voice, struct job *job, int64_t now)
{
    struct words words;
    struct pcm sound;
    const struct call call = {
        .number = job->number, .place = job->place, .counter = job->counter, .last = job->last};
    if (!words_call(&words, &call)) {
        log_warning("a call that is no number of a queue, or at no place");
        return false;
    }
    if (voice->pack != NULL && pack_join(voice->pack, &words, &sound)) {
        bool good = play(voice, &sound, now);
        pcm_free(&sound);
        return good;
    }
    struct text text = text_over(job->text, sizeof job->text);
    words_text(&words, &text);
    snprintf(job->language, sizeof job->language, "id");
    return speak_on(voice, job, now);
}

static void
begin(struct voice *voice, int64_t now)
{
    struct job *job = &voice->jobs[0];
    if (job->is_call && !job->by_hand && is_quiet(voice)) {
        take_out(voice, 0, VOICE_QUIET);
        return;
    }
    voice->begun = true;
    voice->heard_by = now;
    if (!(job->is_call ? begin_call(voice, job, now) : speak_on(voice, job, now))) {
        finish(voice, VOICE_FAILED);
    }
}

/* A sentence that was being made; false: still is. */
static bool
take_sentence(struct voice *voice, int64_t now)
{
    struct job *job = &voice->jobs[0];
    struct pcm sound, framed;
    enum speech_state state = speech_read(voice->speech, now, &sound);
    if (state == SPEECH_GOING) {
        return false;
    }
    speech_end(voice->speech);
    voice->speech = NULL;
    bool good = state == SPEECH_READY;
    if (good && job->is_call) {
        good = pack_frame(&sound, &framed) && play(voice, &framed, now);
        pcm_free(&framed);
    } else if (good) {
        // Where it was cut to its sound, the voice breathes.
        good = pcm_add_silence(&sound, job->text[job->at] != '\0' ? 300 : 0) &&
               play(voice, &sound, now);
    }
    pcm_free(&sound);
    if (!good || !speak_on(voice, job, now)) {
        finish(voice, VOICE_FAILED);
    }
    return true;
}

static void
listen(struct voice *voice, int64_t now)
{
    enum speaker_state state = speaker_look(voice->speaker);
    if (state == SPEAKER_PLAYING && now >= voice->heard_by) {
        log_warning("the sound device takes nothing; silent until it does");
        speaker_give_up(voice->speaker);
        state = SPEAKER_FAILED;
    }
    if (state == SPEAKER_FAILED) {
        finish(voice, VOICE_FAILED);
    } else if (state == SPEAKER_SILENT && voice->speech == NULL) {
        finish(voice, VOICE_SAID);
    }
}

void
jobs_step(struct voice *voice, int64_t now)
{
    while (voice->count > 0 && !voice->begun) {
        begin(voice, now);
    }
    while (voice->speech != NULL && take_sentence(voice, now)) {
    }
    if (voice->begun) {
        listen(voice, now);
    }
    while (voice->count > 0 && !voice->begun) { // what was silent does not make the next wait
        begin(voice, now);
    }
}

int64_t
jobs_deadline(const struct voice *voice)
{
    if (!voice->begun) {
        return INT64_MAX;
    }
    // What is heard meanwhile may be over, long before the next of it is made.
    return voice->speech != NULL ? speech_deadline(voice->speech) : voice->heard_by;
}
