/* Millimetres, panels, type sizes and the contrast of both themes (promise U1). */
#include "ui/theme.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "frame.h"

static void
millimetres_are_pixels_of_the_panel(void **state)
{
    (void)state;
    for (int i = 0; i < PANELS; i++) {
        for (double mm = 0; mm < 300; mm += 0.37) {
            double off = panel_px(&panels[i], mm) - mm * panels[i].px_per_mm;
            assert_true(off >= -0.5 && off <= 0.5);
        }
        assert_int_equal(panel_px(&panels[i], -1.2), -panel_px(&panels[i], 1.2));
    }
    assert_false(panel_wide(&panels[PORTRAIT]) || panel_wide(&panels[LARGE]));
    assert_true(panel_wide(&panels[SMALL]) && panel_wide(&panels[WIDE]));
}

static void
what_is_touched_is_large_enough(void **state)
{
    (void)state;
    for (int i = 0; i < PANELS; i++) {
        frame(i, 0);
        double mm = panels[i].px_per_mm;
        assert_true(ui_target(&ui) >= 15.0 * mm);
        assert_true(ui_primary(&ui) >= 20.0 * mm);
        assert_true(ui_gap(&ui) >= 2.54 * mm);
        assert_true(ui_line(&ui) >= 2);
        assert_true(ui_margin(&ui) > ui_gap(&ui) && ui_inset(&ui) > 0 && ui_radius(&ui) > 0);
    }
}

/* Heights of capitals, measured on the face itself: the smallest size must reach them. */
static void
capitals_are_as_high_as_promised(void **state)
{
    (void)state;
    static const double least[] = {5.2, 6.8, 8.7};
    for (int i = 0; i < PANELS; i++) {
        for (int enlarge = 0; enlarge < 3; enlarge++) {
            for (int size = 0; size < SIZE_COUNT; size++) {
                int px = panel_type(&panels[i], (enum type_size)size, enlarge);
                double high = type_cap_height(type, TYPE_REGULAR, px) / panels[i].px_per_mm;
                if (high < least[enlarge]) {
                    fail_msg("panel %d, size %d, step %d: %.2f mm", i, size, enlarge, high);
                }
                if (size > 0 && size < SIZE_NUMBER) { // the steps stay in their order
                    assert_true(px > panel_type(&panels[i], (enum type_size)(size - 1), enlarge));
                }
            }
        }
        for (int size = 0; size < SIZE_NUMBER; size++) { // a larger choice is larger
            enum type_size step = (enum type_size)size;
            assert_true(panel_type(&panels[i], step, 1) > panel_type(&panels[i], step, 0));
            assert_true(panel_type(&panels[i], step, 2) > panel_type(&panels[i], step, 1));
        }
        // A choice that nobody can make is the nearest one.
        assert_int_equal(panel_type(&panels[i], SIZE_BODY, -3),
                         panel_type(&panels[i], SIZE_BODY, 0));
        assert_int_equal(panel_type(&panels[i], SIZE_BODY, 9),
                         panel_type(&panels[i], SIZE_BODY, 2));
    }
}

static double
linear(unsigned part)
{
    double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* As WCAG reckons it. */
static double
contrast(uint32_t a, uint32_t b)
{
    double light[2];
    uint32_t colours[] = {a, b};
    for (int i = 0; i < 2; i++) {
        light[i] = 0.2126 * linear(colours[i] >> 16 & 255) +
                   0.7152 * linear(colours[i] >> 8 & 255) + 0.0722 * linear(colours[i] & 255);
    }
    double high = light[0] > light[1] ? light[0] : light[1];
    double low = light[0] > light[1] ? light[1] : light[0];
    return (high + 0.05) / (low + 0.05);
}

static void
text_stands_out_from_every_ground(void **state)
{
    (void)state;
    static const struct {
        enum ink text, ground;
    } pairs[] = {
        {INK_TEXT, INK_PAPER},         {INK_TEXT, INK_CARD},
        {INK_TEXT, INK_MINT},          {INK_TEXT, INK_GOLD_GROUND},
        {INK_TEXT, INK_KEY},           {INK_ON_DOWN, INK_KEY_DOWN},
        {INK_TEXT, INK_KEY_SPECIAL},   {INK_SOFT, INK_PAPER},
        {INK_SOFT, INK_CARD},          {INK_PRIMARY, INK_CARD},
        {INK_ON_PRIMARY, INK_PRIMARY}, {INK_ON_PRIMARY, INK_PRIMARY_DOWN},
        {INK_DANGER, INK_PAPER},       {INK_DANGER, INK_DANGER_GROUND},
        {INK_TEXT, INK_CHECK_GROUND},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct theme *themes[] = {&theme_day, &theme_contrast};
        for (int k = 0; k < 2; k++) {
            const uint32_t *colour = themes[k]->colour;
            double ratio = contrast(colour[pairs[i].text], colour[pairs[i].ground]);
            if (ratio < 7.0) {
                fail_msg("%s: ink %d on %d is %.1f", themes[k]->name, (int)pairs[i].text,
                         (int)pairs[i].ground, ratio);
            }
        }
    }
    // High contrast: text 20:1 on what a page is made of.
    assert_true(contrast(theme_contrast.colour[INK_TEXT], theme_contrast.colour[INK_PAPER]) >= 20);
    assert_true(contrast(theme_contrast.colour[INK_SOFT], theme_contrast.colour[INK_CARD]) >= 20);
}

static void
edges_of_controls_can_be_seen(void **state)
{
    (void)state;
    const uint32_t *day = theme_day.colour, *high = theme_contrast.colour;
    static const enum ink grounds[] = {INK_PAPER, INK_CARD};
    for (int i = 0; i < 2; i++) {
        assert_true(contrast(day[INK_EDGE], day[grounds[i]]) >= 3);
        assert_true(contrast(high[INK_EDGE], high[grounds[i]]) >= 7);
        assert_true(contrast(day[INK_PRIMARY], day[grounds[i]]) >= 3);
        assert_true(contrast(high[INK_PRIMARY], high[grounds[i]]) >= 7);
    }
    assert_true(contrast(day[INK_KEY_SHADE], day[INK_KEYBOARD]) >= 3);
    assert_true(contrast(high[INK_KEY_SHADE], high[INK_KEYBOARD]) >= 7);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(millimetres_are_pixels_of_the_panel),
        cmocka_unit_test(what_is_touched_is_large_enough),
        cmocka_unit_test(capitals_are_as_high_as_promised),
        cmocka_unit_test(text_stands_out_from_every_ground),
        cmocka_unit_test(edges_of_controls_can_be_seen),
    };
    return cmocka_run_group_tests(tests, frame_open, frame_close);
}
