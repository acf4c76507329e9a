// SPDX-License-Identifier: GPL-3.0-or-later
// YAML: the tree, then a bind of every type.
#include "fuzz.h"
#include "l1t/yaml.h"

static const char *const seeds[] = {
    "study: run2\nseed: 20260725\nevents: 20_000_000\nbudget: 100 kHz\n",
    "a: {b: [1, 2, {c: d}], e: 'x'}\nf: \"q\\tr\\x41\\u00e9\"\ng: |\n  text\n  more\nh: >-\n  "
    "folded\n",
    "seeds:\n  - name: L1_SingleMu22\n    cuts: {pt: 22 GeV, eta: '-2.4..2.4'}\n  - {x: 28.2 %}\n",
    "energy: 22 GeV\nrate: 11245.6 Hz\nlumi: 2.0e34 cm-2 s-1\nxsec: 69.2 mb\nangle: 30 deg\n"
    "percent: 28.2 %\nnumber: -1.5e-3\nint: 1e6\nbool: true\nchoice: two\ntext: x\n",
    "? complex\n: value\n--- !tag &anchor\n*alias : <<\n...\n# end\n",
    NULL};

static const char *const choices[] = {"one", "two", NULL};

static void bind(const struct l1t_yaml *yaml, const struct l1t_node *map, struct l1t_diag *diag)
{
    union {
        double real;
        long long integer;
        const char *text;
        bool yes;
        int choice;
        const struct l1t_node *node;
    } value;
    for (size_t i = 0; i < l1t_node_len(map); i++)
        for (int type = L1T_STRING; type <= L1T_MAP; type++) {
            const struct l1t_key key = {
                l1t_node_key(map, i), (enum l1t_type)type, 0, false, 0, 0, choices};
            diag->text[0] = '\0';
            if (l1t_yaml_value(yaml, l1t_node_at(map, i), &key, &value, diag) != L1T_OK)
                (void)l1t_fuzz_refused(diag);
        }
    const struct l1t_key key = {"study", L1T_STRING, 0, true, 0, 0, NULL};
    diag->text[0] = '\0';
    if (l1t_yaml_bind(yaml, map, &key, 1, &value, diag) != L1T_OK)
        (void)l1t_fuzz_refused(diag);
}

L1T_FUZZ(yaml, seeds)
{
    struct l1t_yaml *yaml = NULL;
    struct l1t_diag diag = {""};
    if (l1t_yaml_parse("fuzz.yaml", (const char *)data, size, &yaml, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    bind(yaml, l1t_yaml_root(yaml), &diag);
    l1t_yaml_free(yaml);
    return 1;
}
