// SPDX-License-Identifier: GPL-3.0-or-later
// The shown crossing: its tables, the map of it, and the places of the map's labels.
#include "l1t_formats.h"
#include "l1t_test.h"
#include "report/draw_event.h"
#include "report/event.h"
#include "report/labels.h"
#include "report/tables.h"

// ---- tables ----

static char *csv_of(struct l1t_table *table)
{
    const struct l1t_provenance provenance = {.version = "v"};
    struct l1t_diag diag = {""};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    CU_ASSERT_FATAL(out != NULL && table != NULL);
    L1T_ASSERT_OK(l1t_table_print(out, L1T_FORMAT_CSV, &table, 1, &provenance, &diag), diag);
    CU_ASSERT_EQUAL_FATAL(fclose(out), 0);
    l1t_table_free(table);
    return text;
}

// The rows of a table as CSV are these, after comments and the heading.
static void check_rows(struct l1t_table *table, const char *expected)
{
    char *text = csv_of(table), *rows = text;
    while (*rows == '#')
        rows = strchr(rows, '\n') + 1;
    L1T_ASSERT_TEXT(rows, expected);
    free(text);
}

static uint32_t jet_word(int64_t et, int64_t eta, int64_t phi)
{
    return (uint32_t)(l1t_jet_gt_et_put(et) | l1t_jet_gt_eta_put(eta) | l1t_jet_gt_phi_put(phi));
}

static void tables_hold_what_was_found(void)
{
    static struct l1t_run run; // large
    static struct l1t_towers towers;
    static struct l1t_calo_result answer;
    char rows[400];
    towers.w[1][39][0] = (uint16_t)l1t_tower_et_put(7);
    towers.w[0][27][71] = (uint16_t)l1t_tower_et_put(509);
    towers.w[0][28][1] = (uint16_t)l1t_tower_ratio_put(1); // no energy
    answer.ntt = 5;
    answer.clusters.n = 4;
    answer.jet.n_gt = 2;
    answer.jet.gt[0] = jet_word(100, -20, 0);
    answer.jet.gt[1] = jet_word(41, 20, 72);
    answer.tau.out.n_gt = 1;
    answer.tau.out.gt[0] = (uint32_t)(l1t_tau_gt_et_put(30) | l1t_tau_gt_iso_put(1));
    answer.sums.gt[0] = (uint32_t)(l1t_sum_et_gt_et_put(400) | l1t_sum_et_gt_em_put(101));
    answer.sums.gt[3] = (uint32_t)(l1t_sum_mht_gt_et_put(9) | l1t_sum_mht_gt_phi_put(144));
    run.study.event.number = 17;
    run.event = (struct l1t_run_event){.towers = &towers, .answer = &answer, .n_truth = 2};
    // Near the first jet, which is at eta -0.87; the second one is just out of reach of it.
    run.event.truth[0] = (struct l1t_truth){L1T_TRUTH_JET, 45.5, -0.5, -0.125, 0};
    run.event.truth[1] = (struct l1t_truth){L1T_TRUTH_TAU, 20, 1.25, 3.375, 0};

    check_rows(l1t_table_of_event(&run), "crossing,true_objects,egammas,taus,jets,clusters,ntt\n"
                                         "17,2,0,1,2,4,5\n");
    check_rows(l1t_table_of_event_towers(&run), "ieta,iphi,et_GeV,word\n"
                                                "-41,1,3.5,7\n"
                                                "28,72,254.5,509\n");
    check_rows(l1t_table_of_event_truth(&run),
               "true_object,pt_GeV,eta,phi_rad,egamma_et_GeV,tau_et_GeV,jet_et_GeV\n"
               "jet,45.5,-0.5,-0.125,,,50\n"
               "tau,20,1.25,3.375,,,\n");
    snprintf(rows, sizeof rows,
             "object,et_GeV,eta,phi_rad,isolation_bits,word\n"
             "tau,15,0,0,1,%u\n"
             "jet,50,%.16g,0,,%u\n"
             "jet,20.5,%.16g,%.16g,,%u\n",
             answer.tau.out.gt[0], -20 * 0.0435, answer.jet.gt[0], 20 * 0.0435,
             72 * 0.04363323129985824, answer.jet.gt[1]);
    check_rows(l1t_table_of_event_objects(&run), rows);
    snprintf(rows, sizeof rows,
             "sum,et_GeV,phi_rad,word\net,200,,%u\net_em,50.5,,%u\nht,0,,0\nmet,0,0,0\n"
             "mht,4.5,%.16g,%u\nmethf,0,0,0\nmhthf,0,0,0\n",
             answer.sums.gt[0], answer.sums.gt[0], 144 * 0.04363323129985824, answer.sums.gt[3]);
    check_rows(l1t_table_of_event_sums(&run), rows);
}

static void without_a_crossing_there_are_no_rows(void)
{
    static struct l1t_run run;
    struct l1t_table *(*const make[])(const struct l1t_run *) = {
        l1t_table_of_event, l1t_table_of_event_objects, l1t_table_of_event_truth,
        l1t_table_of_event_sums, l1t_table_of_event_towers};
    for (size_t i = 0; i < sizeof make / sizeof make[0]; i++) {
        char *text = csv_of(make[i](&run)), *rows = text;
        while (*rows == '#')
            rows = strchr(rows, '\n') + 1;
        L1T_CHECK(strchr(rows, '\n') == rows + strlen(rows) - 1, "table %zu: %s", i, rows);
        free(text);
    }
}

// ---- the map ----

enum { FRAME_LEFT = 54, FRAME_WIDE = 880 }; // pixels of eta -5.191..5.191

static double eta_of(double x)
{
    return (x - FRAME_LEFT) / FRAME_WIDE * 2 * 5.191 - 5.191;
}

// The global trigger's eta of every ring and side, as the model codes it, is in that ring.
static void every_jet_is_in_its_ring(void)
{
    for (int side = 0; side < L1T_SIDES; side++)
        for (int ring = 1; ring <= L1T_RINGS; ring++) {
            struct l1t_jet_result result = {.n_cand = 0};
            result.mp[side][0] = (uint32_t)(l1t_jet_mp_ring_put(ring) | l1t_jet_mp_phi_put(1) |
                                            l1t_jet_mp_et_put(100));
            l1t_jet_demux(&result);
            L1T_ASSERT_INT(result.n_gt, 1);
            L1T_ASSERT_INT(l1t_row_of_eta(0.0435 * (double)l1t_jet_gt_eta(result.gt[0])),
                           side == 0 ? L1T_RINGS - 1 + ring : L1T_RINGS - ring);
        }
    L1T_ASSERT_INT(l1t_row_of_eta(-6), 0);
    L1T_ASSERT_INT(l1t_row_of_eta(6), 2 * L1T_RINGS - 1);
}

// A jet's window has its ring and four more on each side; beyond ring 40 there is nothing.
static void windows_are_nine_rings_wide(void)
{
    static const struct l1t_towers none;
    static const struct {
        double eta, low, high;
    } jet[] = {{0.0435, -0.348, 0.435},
               {-0.565, -0.957, -0.174},
               {3.3, 2.322, 4.013},      // ring 30: 26 to 34
               {-4.785, -5.191, -4.013}, // ring 39: 35 to 40
               {5.05, 4.191, 5.191}};
    for (size_t i = 0; i < sizeof jet / sizeof jet[0]; i++) {
        const struct l1t_draw_object object = {L1T_SHAPE_SQUARE, L1T_GREEN, jet[i].eta, 3, ""};
        double x = 0, y = 0, wide = 0;
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        CU_ASSERT_PTR_NOT_NULL_FATAL(out);
        l1t_draw_event(out, "none", &none, &object, 1, -1, 0);
        CU_ASSERT_EQUAL_FATAL(fclose(out), 0);
        for (const char *rect = text; (rect = strstr(rect, "<rect")) != NULL; rect++)
            if (strstr(rect, "stroke=") != NULL) // the last one; those of the scale have none
                L1T_ASSERT_INT(
                    sscanf(rect, "<rect x=\"%lf\" y=\"%lf\" width=\"%lf\"", &x, &y, &wide), 3);
        // Coordinates have one decimal: 0.1 pixels are 0.0012.
        L1T_CHECK(fabs(eta_of(x) - jet[i].low) < 0.0013 &&
                      fabs(eta_of(x + wide) - jet[i].high) < 0.0025,
                  "eta %g: window from %g to %g", jet[i].eta, eta_of(x), eta_of(x + wide));
        free(text);
    }
}

// ---- labels ----

static bool overlap(const struct l1t_box *a, const struct l1t_box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

// Four objects at one spot, wherever it is: the labels are apart, in the frame and near.
static void labels_of_one_spot_keep_apart(void)
{
    static const char *const text[] = {"jet 148", "τ 124", "e/γ 117", "e/γ 9"};
    for (int spot = 0; spot < 25; spot++) {
        struct l1t_labels labels = {.frame = {50, 10, 930, 530}};
        struct l1t_box box[4];
        const double x = 50 + 220 * (spot % 5), y = 10 + 130 * (spot / 5);
        const struct l1t_box mark = {x - 9, y - 9, x + 9, y + 9};
        l1t_labels_mark(&labels, &mark, 1);
        for (int i = 0; i < 4; i++) {
            box[i] = l1t_labels_place(&labels, &mark, text[i]);
            L1T_CHECK(box[i].left >= 50 && box[i].right <= 930 && box[i].top >= 10 &&
                          box[i].bottom <= 530,
                      "spot %d: label %d is out of the frame", spot, i);
            L1T_CHECK(box[i].left < x + 90 && box[i].right > x - 90 && box[i].top < y + 70 &&
                          box[i].bottom > y - 70,
                      "spot %d: label %d is far away", spot, i);
            for (int k = 0; k < i; k++)
                L1T_CHECK(!overlap(&box[i], &box[k]), "spot %d: labels %d and %d overlap", spot, i,
                          k);
        }
    }
}

static void a_label_leaves_marks_alone(void)
{
    struct l1t_labels labels = {.frame = {0, 0, 400, 400}};
    const struct l1t_box mark = {190, 190, 210, 210}, right = {210, 150, 280, 250};
    const struct l1t_box free_side = l1t_labels_place(&labels, &mark, "jet");
    CU_ASSERT_TRUE(free_side.left >= mark.right);
    labels.n = 0;
    l1t_labels_mark(&labels, &right, 1);
    const struct l1t_box other_side = l1t_labels_place(&labels, &mark, "jet");
    CU_ASSERT_TRUE(other_side.right <= mark.left);
}

static void more_marks_than_there_is_room_for(void)
{
    struct l1t_labels labels = {.frame = {0, 0, 400, 400}};
    const struct l1t_box mark = {190, 190, 210, 210};
    for (int i = 0; i < L1T_MOST_LABELS + 5; i++)
        l1t_labels_mark(&labels, &mark, 1);
    L1T_ASSERT_INT(labels.n, L1T_MOST_LABELS);
    CU_ASSERT_TRUE(l1t_labels_place(&labels, &mark, "jet").left >= mark.right);
}

L1T_TEST_MAIN("report_event", {"tables hold what was found", tables_hold_what_was_found},
              {"without a crossing there are no rows", without_a_crossing_there_are_no_rows},
              {"every jet is in its ring", every_jet_is_in_its_ring},
              {"windows are nine rings wide", windows_are_nine_rings_wide},
              {"labels of one spot keep apart", labels_of_one_spot_keep_apart},
              {"a label leaves marks alone", a_label_leaves_marks_alone},
              {"more marks than there is room for", more_marks_than_there_is_room_for})
