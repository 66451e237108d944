#include "face/tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "face/language.h"
#include "face/names.h"

enum { NAME = 64, ANY = -1 };

static struct tally_step
step_of(const struct flow *flow)
{
    struct tally_step step = {.place = (int)flow->place};
    if (flow->place == PLACE_QUESTION && flow->service != NULL && flow->spot.question >= 0) {
        step.service = flow->service->id; // the form itself may be gone at the end (mending)
        step.question = flow->service->questions[flow->spot.question].name;
    }
    return step;
}

static bool
same_step(const struct tally_step *a, const struct tally_step *b)
{
    return a->place == b->place && a->service == b->service && a->question == b->question;
}

/* The visit's own, new where it is the first time; NULL when there are too many. */
static struct tally_step *
kept(struct tally *tally, const struct tally_step *step)
{
    for (size_t i = 0; i < tally->step_count; i++) {
        if (same_step(&tally->steps[i], step)) {
            return &tally->steps[i];
        }
    }
    if (tally->step_count == TALLY_STEPS) {
        return NULL;
    }
    tally->steps[tally->step_count] = *step;
    return &tally->steps[tally->step_count++];
}

static void
mark(struct tally *tally, struct tally_mark wanted)
{
    for (size_t i = 0; i < tally->mark_count; i++) {
        struct tally_mark *mark = &tally->marks[i];
        if (mark->kind == wanted.kind && mark->of == wanted.of && mark->what == wanted.what &&
            mark->score == wanted.score) {
            mark->count++;
            return;
        }
    }
    if (tally->mark_count < TALLY_MARKS) {
        wanted.count = 1;
        tally->marks[tally->mark_count++] = wanted;
    }
}

void
tally_before(struct tally *tally, const struct flow *flow)
{
    tally->before = (struct tally_before){.at = step_of(flow),
                                          .now = flow->now,
                                          .touched = flow->touched,
                                          .somebody = flow->visit_began != 0,
                                          .submitted = flow->submitted,
                                          .contrast = flow->contrast,
                                          .language = flow->language,
                                          .size = flow->size,
                                          .volume = flow->volume};
}

static bool
has_effect(const struct flow_effects *effects, enum effect_kind kind, int64_t arg)
{
    for (size_t i = 0; i < effects->count; i++) {
        if (effects->list[i].kind == kind && (arg == ANY || effects->list[i].arg == arg)) {
            return true;
        }
    }
    return false;
}

/* Time goes to where it was spent. An end that nobody pressed comes long after the last touch:
 * that time is nobody's. */
static void
count_time(struct tally *tally, const struct flow *flow, const struct flow_effects *effects)
{
    struct tally_step *spent = kept(tally, &tally->before.at);
    if (spent == NULL) {
        return;
    }
    spent->ms += flow->now - tally->before.now;
    if (has_effect(effects, EFFECT_VISIT_END, ANY) &&
        !has_effect(effects, EFFECT_SOUND, SOUND_PRESS)) {
        int64_t alone = flow->now - tally->before.touched;
        spent->ms = spent->ms > alone ? spent->ms - alone : 0;
    }
}

static void
count_error(struct tally *tally, const struct flow *flow, const struct flow_effects *effects)
{
    struct tally_step here = step_of(flow);
    struct tally_step *step = kept(tally, &here);
    if (step != NULL && flow->check.problem != PROBLEM_NONE &&
        has_effect(effects, EFFECT_SOUND, SOUND_ERROR)) {
        step->errors++;
    }
}

/* A request that was filed, a number that was given by itself. */
static void
count_result(struct tally *tally, const struct flow *flow)
{
    int from = tally->before.at.place;
    if (flow->submitted && !tally->before.submitted && !flow->mends && flow->service != NULL) {
        mark(tally,
             (struct tally_mark){.kind = TALLY_FILED,
                                 .of = flow->service->id,
                                 .what = flow->filled_by == FILLED_SELF ? "self" : "assisted"});
    }
    if (flow->place == PLACE_TICKET && from != PLACE_TICKET && from != PLACE_TICKET_FAILED &&
        flow->queue != NULL) {
        mark(tally, (struct tally_mark){.kind = TALLY_NUMBER, .of = flow->queue->letter});
    }
}

static void
count_opinions(struct tally *tally, const struct flow *flow, const struct flow_effects *effects)
{
    for (size_t i = 0; i < effects->count; i++) {
        const struct flow_effect *effect = &effects->list[i];
        if (effect->kind == EFFECT_SCORE) {
            mark(tally,
                 (struct tally_mark){
                     .kind = TALLY_SCORE,
                     .of = flow->service->id,
                     .what =
                         survey_at(catalogue_survey(flow->catalogue), (size_t)effect->request)->id,
                     .score = (int)effect->arg});
        } else if (effect->kind == EFFECT_VOTE) {
            mark(tally, (struct tally_mark){.kind = TALLY_VOTE,
                                            .of = flow->poll->id,
                                            .what = flow->poll->choices[effect->arg].name});
        }
    }
}

static void
count_look(struct tally *tally, const struct flow *flow)
{
    struct tally_step here = step_of(flow);
    struct tally_step *step = kept(tally, &here);
    bool arrived = !same_step(&here, &tally->before.at) || !tally->before.somebody;
    if (step != NULL && arrived) {
        step->looks++;
    }
    if (here.place != PLACE_HOME && here.place != PLACE_OUT_OF_SERVICE) {
        tally->last = here;
    }
}

void
tally_after(struct tally *tally, const struct flow *flow, const struct flow_effects *effects)
{
    if (tally->before.somebody) {
        count_time(tally, flow, effects);
    }
    if (flow->visit_began != 0) {
        count_look(tally, flow);
        count_error(tally, flow, effects);
        count_result(tally, flow);
        count_opinions(tally, flow, effects);
    }
}

/* --- the words ------------------------------------------------------------------------ */

static void
add(struct text *out, int64_t count, const char *name)
{
    char entry[NAME + 24];
    struct text text = text_over(entry, sizeof entry);
    text_addf(&text, count == 1 ? "%s%s" : "%s%s=%" PRId64, out->len > 0 ? " " : "", name, count);
    if (count > 0 && !text.cut && out->len + text.len < out->size) {
        text_add(out, entry);
    }
}

/* Under "what/SERVICE/QUESTION" or "what/PLACE". */
static void
add_step(struct text *out, const char *what, const struct tally_step *step, int64_t count)
{
    char name[NAME];
    struct text text = text_over(name, sizeof name);
    if (step->service != NULL) {
        text_addf(&text, "%s/%s/%s", what, step->service, step->question);
    } else {
        text_addf(&text, "%s/%s", what, name_of_place((enum place)step->place));
    }
    if (!text.cut) {
        add(out, count, name);
    }
}

static void
add_mark(struct text *out, const struct tally_mark *mark)
{
    char name[NAME];
    struct text text = text_over(name, sizeof name);
    switch (mark->kind) {
    case TALLY_FILED:
        text_addf(&text, "channel/kiosk-%s/%s", mark->what, mark->of);
        break;
    case TALLY_NUMBER:
        text_addf(&text, "channel/counter/%c", mark->of[0] - 'A' + 'a');
        break;
    case TALLY_SCORE:
        text_addf(&text, "skm/%s/%s/%d", mark->of, mark->what, mark->score);
        break;
    case TALLY_VOTE:
        text_addf(&text, "poll/%s/%s", mark->of, mark->what);
        break;
    }
    if (!text.cut) {
        add(out, mark->count, name);
    }
}

static void
add_setting(struct text *out, const char *setting, const char *value)
{
    char name[NAME];
    snprintf(name, sizeof name, "set/%s/%s", setting, value);
    add(out, 1, name);
}

static void
add_settings(struct text *out, const struct tally_before *before)
{
    static const char *const digits[] = {"0", "1", "2", "3"};
    add_setting(out, "language", language_code(before->language));
    add_setting(out, "size", digits[before->size]);
    add_setting(out, "contrast", digits[before->contrast]);
    add_setting(out, "sound", digits[before->volume]);
}

void
tally_write(const struct tally *tally, enum visit_outcome outcome, char *out, size_t size)
{
    static const char *const ends[] = {[VISIT_DONE] = "visit/done",
                                       [VISIT_CANCELLED] = "visit/cancelled",
                                       [VISIT_IDLE] = "visit/idle",
                                       [VISIT_LOOKED] = "visit/looked"};
    struct text text = text_over(out, size);
    add(&text, 1, ends[outcome]);
    for (size_t i = 0; i < tally->mark_count; i++) {
        add_mark(&text, &tally->marks[i]);
    }
    if (outcome != VISIT_DONE) {
        add_step(&text, "left", &tally->last, 1);
    }
    add_settings(&text, &tally->before);
    for (size_t i = 0; i < tally->step_count; i++) {
        add_step(&text, "error", &tally->steps[i], tally->steps[i].errors);
    }
    for (size_t i = 0; i < tally->step_count; i++) {
        add_step(&text, "step", &tally->steps[i], (tally->steps[i].ms + 500) / 1000);
    }
    for (size_t i = 0; i < tally->step_count; i++) {
        add_step(&text, "seen", &tally->steps[i], tally->steps[i].looks);
    }
}

void
tally_zero(struct tally *tally)
{
    secret_zero(tally, sizeof *tally);
}
