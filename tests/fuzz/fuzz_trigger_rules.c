// SPDX-License-Identifier: GPL-3.0-or-later
// Trigger rules as YAML and, by their first line, as text; what is accepted can be simulated.
#include "fuzz.h"
#include "l1t/deadtime.h"

#include <stdlib.h>
#include <string.h>

static const char *const seeds[] = {
    "rules: [[1, 3], [2, 25], [3, 100], [4, 240]]\n",
    "rules:\n  - {accepts: 1, window: 3}\n  - [64, 3564]\nbuffer: {depth: 8, service: 120}\n",
    "1/3,2/25,3/100,4/240", "64/3564", NULL};

static int try_rules(const struct l1t_trigger_rules *rules)
{
    struct l1t_filling filling;
    struct l1t_deadtime result;
    struct l1t_diag diag;
    if (l1t_filling_parse("8b4e", 0, &filling, &diag) != L1T_OK ||
        l1t_deadtime_simulate(rules, &filling, 1e6, 11245.6, 1, 1, 1, &result, &diag) != L1T_OK ||
        result.accepts > result.requests)
        abort();
    return 1;
}

L1T_FUZZ(trigger_rules, seeds)
{
    struct l1t_trigger_rules rules = {.n = 0};
    struct l1t_diag diag = {""};
    char line[200];
    const size_t n = size < sizeof line - 1 ? size : sizeof line - 1;
    memcpy(line, data, n);
    line[n] = '\0';
    if (l1t_trigger_rules_parse(line, &rules, &diag) == L1T_OK ||
        l1t_trigger_rules_load(l1t_fuzz_file(data, size), &rules, &diag) == L1T_OK)
        return try_rules(&rules);
    return l1t_fuzz_refused(&diag);
}
