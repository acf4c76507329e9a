/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kinematics of real events from CSV: a heading with column names, then one event a line. Objects
 * are found by their columns, pt1,eta1,phi1 and so on, or px1,py1,pz1 when those are missing;
 * without numbers (pt,eta,phi) a line has one object. Upper or lower case, other columns do not
 * matter. Momenta in GeV, angles in radians. Blank cells of all three columns: that object is
 * absent. Columns q1 or charge1 (q, charge), when there, are its charge. Plain or gzip.
 */
#ifndef L1T_REAL_EVENTS_H
#define L1T_REAL_EVENTS_H

#include "l1t/err.h"

#include <stddef.h>
#include <stdint.h>

enum { L1T_REAL_OBJECTS = 8 };

struct l1t_real_object {
    double pt_gev, eta, phi; /* 0 < pt <= 1000, phi -pi..pi */
    int charge;              /* -1, 1; 0: not known */
};

struct l1t_real_event {
    uint64_t line;
    unsigned n;
    struct l1t_real_object object[L1T_REAL_OBJECTS];
};

struct l1t_real_events {
    size_t n;
    struct l1t_real_event *event;
    unsigned objects;      /* sets of columns in use */
    char columns[200];     /* their names: "pt1,eta1,phi1,pt2,eta2,phi2" */
    uint64_t out_of_range; /* objects left out: pt above 1000 GeV or |eta| above 5 */
    uint64_t no_charge;    /* objects whose charge is not known: no column, or neither -1 nor 1 */
};

/*
 * columns: NULL to find them, or names by threes, "lep_pt,lep_eta,lep_phi"; threes that begin with
 * a name starting with "px" are momenta. L1T_E_INPUT with "file:line: ..." for anything else than
 * a table of numbers in those columns.
 */
enum l1t_err l1t_real_events_load(struct l1t_real_events *events, const char *path,
                                  const char *columns, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_real_events_free(struct l1t_real_events *events);

#endif
