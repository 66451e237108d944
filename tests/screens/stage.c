#include "stage.h"

#include <stdio.h>

#include "base/secret.h"
#include "base/text.h"

enum { MEMORY = 512 * 1024 };

static const char today[] = "2026-11-23";

static struct catalogue *
load(const char *assets, const char *below)
{
    char folder[512];
    struct fault fault = {""};
    snprintf(folder, sizeof folder, "%s/%s", assets, below);
    struct catalogue *catalogue = catalogue_load_folder(folder, &fault);
    if (catalogue == NULL) {
        fprintf(stderr, "%s\n", fault.text);
    }
    return catalogue;
}

bool
stage_open(struct stage *stage, const char *assets)
{
    *stage = (struct stage){.memory = secret_create(MEMORY),
                            .catalogue = load(assets, "catalogue"),
                            .rows = load(assets, "../tests/unit/form/catalogue")};
    return stage->memory != NULL && stage->catalogue != NULL && stage->rows != NULL;
}

void
stage_close(struct stage *stage)
{
    catalogue_destroy(stage->catalogue);
    catalogue_destroy(stage->rows);
    secret_destroy(stage->memory);
}

void
stage_reset(struct stage *stage)
{
    static const struct flow_times times = {.idle = 90000,
                                            .idle_warning = 30000,
                                            .done = 30000,
                                            .rest = 180000,
                                            .working_patience = 15000};
    secret_wipe(stage->memory);
    stage->now = 1000000;
    stage->facts = (struct screen_facts){
        .office_name = "Kelurahan Sungai Keledang",
        .city = "Pemerintah Kota Samarinda",
        .portal_name = "Santer",
        .portal_url = "https://santer.samarindakota.go.id/",
        .logo = "S",
        .date_line = "Senin, 23 November 2026 · 09.41 WITA",
        .today = today,
        .minute = 9 * 60 + 41,
        .days_off = "2026-12-24 2026-12-25",
        .hours = "Senin–Kamis 08.00–16.00 · Jumat 08.00–14.00 WITA",
        .notice = "",
        .serving = "",
        .closed_until = "",
        .fault_code = "",
        .online = true,
        .waiting = 6,
        .wait_minutes = 12,
        .printer = PRINTER_READY,
        .intake = INTAKE_OPEN,
    };
    flow_init(&stage->flow, stage->memory, stage->catalogue, &times, "6472021001", LANGUAGE_ID);
    stage->flow.terms = (struct bill_terms){.nmid = "ID1020000000001", .cap = 10000000};
    stage_press(stage, FLOW_DESK_UP, 0);
    stage_step(stage,
               (struct flow_event){.kind = FLOW_DESK_STATUS, .desk = {INTAKE_OPEN, true, true}});
}

void
stage_step(struct stage *stage, struct flow_event event)
{
    event.now = stage->now;
    event.today = stage->facts.today;
    struct flow_effects effects = flow_step(&stage->flow, &event);
    for (size_t i = 0; i < effects.count; i++) {
        if (effects.list[i].kind == EFFECT_SUBMIT) { // the face's part
            text_copy(stage->flow.id, 37, "01936e5c-0000-7000-8000-000000000001");
            text_copy(stage->flow.code, 10, "7K3F-9QX3");
        }
    }
}

void
stage_press(struct stage *stage, enum flow_event_kind kind, int64_t arg)
{
    stage_step(stage, (struct flow_event){.kind = kind, .arg = arg});
}

void
stage_type(struct stage *stage, const char *text)
{
    size_t len;
    for (uint32_t code; (code = utf8_at(text, &len)) != 0; text += len) {
        stage_press(stage, FLOW_TYPE, code);
    }
}

void
stage_wait(struct stage *stage, int64_t ms)
{
    int64_t end = stage->now + ms;
    while (flow_deadline(&stage->flow) <= end) {
        int64_t due = flow_deadline(&stage->flow);
        stage->now = due > stage->now ? due : stage->now + 1;
        stage_press(stage, FLOW_TICK, 0);
    }
    stage->now = end;
}
