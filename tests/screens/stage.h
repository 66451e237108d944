/* A stage for one visit: any screen of the face in any of its states, without a desk, a
 * window or a printer. A scene is a name and the events that lead to it, the same ones
 * that a resident's hand and the desk send. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "flow/flow.h"
#include "screens/screens.h"

struct stage {
    struct flow flow;
    struct secret *memory;
    struct catalogue *catalogue; /* the shipped one */
    struct catalogue *rows;      /* of tests/unit/form: forms with rows and statements */
    struct screen_facts facts;   /* with the day of every event */
    int64_t now;
};

bool stage_open(struct stage *stage, const char *assets); /* false: said on standard error */
void stage_close(struct stage *stage);
/* An ordinary Monday morning at home: the desk is up, nobody here yet. */
void stage_reset(struct stage *stage);

void stage_step(struct stage *stage, struct flow_event event);
void stage_press(struct stage *stage, enum flow_event_kind kind, int64_t arg);
void stage_type(struct stage *stage, const char *text);
void stage_wait(struct stage *stage, int64_t ms); /* ticks when ticks are due */

enum { SCENES_MAX = 6000, SCENE_NAME = 96 };

struct scene;
typedef void act(struct stage *stage, const struct scene *scene);

struct scene {
    char name[SCENE_NAME];
    act *set;
    int a, b, c;      /* what `set` makes of them */
    const char *text; /* NULL: none */
    int turn;         /* one of many like it, by its number: not seen in every look; else 0 */
};

/* All scenes, from the catalogue of the stage; how many. */
size_t scenes_list(const struct stage *stage, struct scene scenes[SCENES_MAX]);
