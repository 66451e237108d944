/* Rows, sections, statements and soft rules: on the catalogue of tests/unit/form, which has them
 * whatever the shipped one asks. */
#include "acts.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "form/answers.h"

static const char heir[] = "H. MUHAMMAD ABDUL MU'IN NURSYAHBANI-KATJASUNGKANA, S.Pd.I";

static void
answer(struct stage *stage, const char *name, int row, const char *value)
{
    char key[SPOT_KEY];
    answers_set(stage->flow.answers, spot_key(name, row, key), value);
}

static void
answer_heirs(struct stage *stage, int heirs)
{
    char count[8];
    snprintf(count, sizeof count, "%d", heirs);
    answer(stage, "ahli", 0, count);
    for (int row = 1; row <= heirs; row++) {
        answer(stage, "nama_ahli", row, row % 2 ? heir : "Siti");
        answer(stage, "hubungan", row, row % 2 ? "suami-istri" : "lain");
        answer(stage, "hubungan_lain", row, "Keponakan dari saudara kandung ibu");
        answer(stage, "bagian", row, "5");
    }
}

/* The form of the heirs, all of it answered. */
static void
open_heirs(struct stage *stage, int heirs)
{
    stage->flow.catalogue = stage->rows;
    stage_press(stage, FLOW_GROUP, 0);
    stage_press(stage, FLOW_SERVICE, 0);
    stage_press(stage, FLOW_NEXT, 0);
    answer(stage, "nik", 0, "6472031708900001");
    answer(stage, "nama", 0, heir);
    answer(stage, "tgl_lahir", 0, "1990-08-17");
    answer(stage, "perempuan", 0, "no");
    answer(stage, "hp", 0, "+6281255048488");
    answer(stage, "nama_pewaris", 0, heir);
    answer(stage, "meninggal", 0, "2026-01-02");
    answer_heirs(stage, heirs);
    for (int row = 1; row <= 2; row++) {
        answer(stage, "nik_saksi", row, "6472031708600001");
        answer(stage, "nama_saksi", row, heir);
        answer(stage, "letak", row, "Jalan Bung Tomo, di belakang masjid raya");
        answer(stage, "luas", row, "120");
    }
    answer(stage, "tanah", 0, "2");
    answer(stage, "nilai", 0, "1000000000");
    answer(stage, "sptjm", 0, "yes");
    answer(stage, "kabar_wa", 0, "no");
}

static void
stand_at(struct stage *stage, const char *name, int row)
{
    const struct service *service = stage->flow.service;
    const struct question *question = service_question(service, name);
    stage->flow.place = PLACE_REVIEW; // "Ubah" opens it as it is
    stage_press(stage, FLOW_EDIT,
                spot_number((struct spot){(int)(question - service->questions), row}));
    stage->flow.editing = false;
}

/* `text`: the question, `a`: its row, `b`: heirs, `c`: what is wrong with it. */
void
act_rows(struct stage *stage, const struct scene *scene)
{
    open_heirs(stage, scene->b);
    stand_at(stage, scene->text, scene->a);
    stage->flow.check = (struct check){.problem = (enum problem)scene->c,
                                       .warning = scene->c == PROBLEM_SOFT_CONSTRAINT};
}

/* The same with nothing in the field. */
void
act_rows_empty(struct stage *stage, const struct scene *scene)
{
    act_rows(stage, scene);
    stage->flow.draft[0] = '\0';
    stage->flow.caret = 0;
}

void
act_rows_none(struct stage *stage, const struct scene *scene)
{
    open_heirs(stage, 1);
    answer(stage, "tanah", 0, "0");
    stand_at(stage, scene->text, 0);
}

/* `a`: the row that would go. */
void
act_rows_removing(struct stage *stage, const struct scene *scene)
{
    open_heirs(stage, scene->b);
    stand_at(stage, scene->text, 0);
    stage_press(stage, FLOW_ROW_REMOVE, scene->a);
}

void
act_rows_review(struct stage *stage, const struct scene *scene)
{
    open_heirs(stage, scene->b);
    stage->flow.draft[0] = '\0';
    stage->flow.place = PLACE_REVIEW;
}

/* Who fills it in, asked over the review. */
void
act_filled(struct stage *stage, const struct scene *scene)
{
    act_rows_review(stage, scene);
    stage_press(stage, FLOW_COVER, COVER_FILLED);
}
