#include "flow/turn.h"

/* What the flow waits for next: one answer for flow_deadline() and for the tick. */
struct due {
    int64_t when;
    void (*then)(struct turn *turn);
};

static void
soonest(struct due *due, int64_t when, void (*then)(struct turn *))
{
    if (when < due->when) {
        *due = (struct due){when, then};
    }
}

static void
idle_asks(struct turn *turn)
{
    struct flow *flow = turn->flow;
    flow->under = flow->cover;
    flow->cover = COVER_IDLE;
    flow->reveal = -1;
    flow->idle_since = flow->now;
    turn_sound(turn, SOUND_ATTENTION);
}

static void
idle_ends(struct turn *turn)
{
    visit_end(turn, VISIT_IDLE);
}

static void
looked(struct turn *turn)
{
    visit_end(turn, VISIT_LOOKED);
}

static void
done(struct turn *turn)
{
    visit_end(turn, VISIT_DONE);
}

static void
rests(struct turn *turn)
{
    turn_go(turn, PLACE_RESTING);
}

static void
out_of_service(struct turn *turn)
{
    turn_go(turn, PLACE_OUT_OF_SERVICE);
}

static void
help_silent(struct turn *turn)
{
    turn->flow->help = HELP_NOT_TOLD;
    turn->flow->help_request = 0;
}

static int64_t
later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The last page of a visit that came to something. */
static bool
at_last_page(const struct flow *flow)
{
    return flow->place == PLACE_DONE || flow->place == PLACE_TICKET || flow->place == PLACE_PAID;
}

/* The last page goes by itself, but not while there is no paper, and not when kept. Where an
 * opinion is asked for nothing is left to read. */
static bool
counts_down(const struct flow *flow)
{
    return flow->place == PLACE_SURVEY || (flow->place == PLACE_POLL && flow->voted) ||
           (at_last_page(flow) && !flow->keep && paper_is_out(flow));
}

static int64_t
countdown_end(const struct flow *flow)
{
    return later(flow->touched, flow->settled) + flow->times.done;
}

static void
home_due(const struct flow *flow, struct due *due)
{
    if (flow->visit_began != 0) {
        soonest(due, flow->touched + flow->times.idle, visit_is_default(flow) ? looked : idle_asks);
        return;
    }
    if (!flow->desk_up && flow->place != PLACE_OUT_OF_SERVICE) {
        soonest(due, flow->desk_lost + FLOW_DESK_GRACE, out_of_service);
    }
    if (flow->place == PLACE_HOME) {
        soonest(due, later(flow->touched, flow->entered) + flow->times.rest, rests);
    }
}

/* Who watched a code for minutes has not touched anything: what came of it, "lunas" or why not, is
 * read first. Nor does who photographs: a photo that comes is as good as a touch. */
static int64_t
active_since(const struct flow *flow)
{
    bool of_a_code = flow->place == PLACE_PAID || flow->place == PLACE_PAY_TROUBLE;
    int64_t news = of_a_code ? flow->entered : flow->place == PLACE_PHOTOS ? flow->photos.news : 0;
    return later(flow->touched, news);
}

static void
visit_due(const struct flow *flow, struct due *due)
{
    if (at_last_page(flow) && flow->ticket.print == PRINT_WORKING) {
        soonest(due, flow->asked + FLOW_PAPER_PATIENCE, paper_lost);
    }
    if (flow->place == PLACE_SERVICE && flow->list.request != 0 &&
        flow->list.print == PRINT_WORKING) {
        soonest(due, flow->asked + FLOW_PAPER_PATIENCE, list_lost);
    }
    if (flow->place == PLACE_PHOTOS) {
        soonest(due, photos_due(flow), photos_tick);
    }
    if (counts_down(flow)) {
        soonest(due, countdown_end(flow), done);
    } else if (flow->place == PLACE_PAY) {
        soonest(due, payment_due(flow), payment_tick); // it ends by itself: nobody is idle here
    } else if (flow->waiting_for == 0) {
        soonest(due, active_since(flow) + flow->times.idle, idle_asks);
    }
}

static struct due
next_due(const struct flow *flow)
{
    struct due due = {INT64_MAX, NULL};
    if (flow->memory == NULL || flow->now == 0) {
        return due;
    }
    if (flow->help == HELP_ASKING) {
        soonest(&due, flow->help_asked + flow->times.working_patience, help_silent);
    }
    if (flow->waiting_for != 0) {
        bool shown = flow->place == PLACE_WORKING;
        soonest(&due, flow->asked + (shown ? flow->times.working_patience : FLOW_WAIT_SHOWN),
                shown ? wait_failed : wait_shown);
    }
    if (flow->cover == COVER_IDLE) {
        soonest(&due, flow->idle_since + flow->times.idle_warning, idle_ends);
    } else if (place_is_nobodys(flow->place)) {
        home_due(flow, &due);
    } else {
        visit_due(flow, &due);
    }
    return due;
}

void
timers_run(struct turn *turn)
{
    struct due due = next_due(turn->flow);
    if (due.then != NULL && due.when <= turn->flow->now) {
        due.then(turn);
    }
}

/* Milliseconds left of what counts down on screen; -1 none. */
static int64_t
left(const struct flow *flow)
{
    int64_t end;
    if (flow->cover == COVER_IDLE) {
        end = flow->idle_since + flow->times.idle_warning;
    } else if (flow->memory != NULL && flow->place == PLACE_PAY) {
        end = flow->bill->until;
    } else if (flow->memory != NULL && counts_down(flow)) {
        end = countdown_end(flow);
    } else {
        return -1;
    }
    return later(0, end - flow->now);
}

int
flow_countdown(const struct flow *flow)
{
    int64_t ms = left(flow);
    return ms < 0 ? -1 : (int)((ms + 999) / 1000);
}

int64_t
flow_deadline(const struct flow *flow)
{
    int64_t when = next_due(flow).when;
    int64_t ms = left(flow);
    if (ms > 0) { // the moment the shown second changes
        int64_t second = flow->now + (ms - 1) % 1000 + 1;
        when = second < when ? second : when;
    }
    return when;
}
