// SPDX-License-Identifier: GPL-3.0-or-later
// Kinematics of real events. What is accepted is within the limits the generator relies on.
#include "fuzz.h"
#include "l1t/real_events.h"

#include <math.h>
#include <stdlib.h>

static const char *const seeds[] = {
    "Run,Event,pt1,eta1,phi1,Q1,pt2,eta2,phi2\n1,2,37.5667,2.28918,2.0526,-1,45.4,1.47,-1.16\n",
    "E,px,py,pz\n50.1,-12.4,-27.2,43\n9,1,2,3\n", "# comment\r\npt,eta,phi\r\n30,1.5,-2\r\n,,\r\n",
    NULL};

L1T_FUZZ(real_events, seeds)
{
    struct l1t_real_events events;
    struct l1t_diag diag = {""};
    if (l1t_real_events_load(&events, l1t_fuzz_file(data, size), NULL, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    if (events.n == 0 || events.objects == 0)
        abort();
    for (size_t i = 0; i < events.n; i++)
        for (unsigned k = 0; k < events.event[i].n; k++) {
            const struct l1t_real_object *o = &events.event[i].object[k];
            if (!(o->pt_gev > 0 && o->pt_gev <= 1000 && fabs(o->eta) <= 5 && fabs(o->phi) < 3.1416))
                abort();
        }
    l1t_real_events_free(&events);
    return 1;
}
