// SPDX-License-Identifier: GPL-3.0-or-later
// Event stores: what was written is what is read, in any order and by any thread; and files that
// are not what they should be are refused by name. Damage is done with HDF5 itself.
#include "l1t/sample.h"
#include "l1t_test.h"
#include "sample/store.h"
#include "shards.h"

enum { MOST = 3 * L1T_STORE_ROWS + 100 };

// ---- random crossings ----

static uint64_t state;
static uint64_t next_random(void)
{
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

// Members by name, not through the columns that are tested; both ends of every range come up.
static int pick(int minimum, int maximum)
{
    const uint64_t r = next_random();
    if (r % 8 == 0)
        return minimum;
    if (r % 8 == 1)
        return maximum;
    return minimum + (int)((r >> 8) % (unsigned)(maximum - minimum + 1));
}

static struct l1t_gt_object object_of(unsigned type)
{
    static const int most[L1T_GT_TYPES] = {511,  511,  511,  2047, 4095, 4095, 4095, 4095,
                                           4095, 4095, 4095, 4095, 255,  255,  255,  255,
                                           15,   15,   15,   15,   1023, 1023, 65535};
    struct l1t_gt_object o = {.et = (uint16_t)pick(0, most[type])};
    const bool calo = type == L1T_GT_EG || type == L1T_GT_TAU || type == L1T_GT_JET;
    if (type == L1T_GT_MU) {
        o.eta = (int16_t)pick(-256, 255);
        o.phi = (uint16_t)pick(0, 575);
        o.upt = (uint8_t)pick(0, 255);
        o.index = (uint8_t)pick(0, 127);
        o.quality = (uint8_t)pick(0, 15);
        o.iso = (uint8_t)pick(0, 3);
        o.ip = (uint8_t)pick(0, 3);
        o.charge = (uint8_t)pick(0, 3);
    }
    if (calo)
        o.eta = (int16_t)pick(-128, 127);
    if (calo || (type >= L1T_GT_ETM && type <= L1T_GT_HTMHF))
        o.phi = (uint16_t)pick(0, 143);
    if (type == L1T_GT_EG || type == L1T_GT_TAU)
        o.iso = (uint8_t)pick(0, 3);
    if (type == L1T_GT_JET)
        o.displaced = (uint8_t)pick(0, 1);
    return o;
}

static struct l1t_gt_event event[MOST];
static int64_t weight[MOST];
static uint8_t pileup[MOST];
static uint32_t section[MOST];
static uint16_t crossing[MOST];

// Types of the mask; from the given crossing on.
static void make_events(uint64_t seed, size_t n, uint32_t types, size_t from)
{
    state = seed;
    memset(event, 0, sizeof event);
    for (size_t i = 0; i < n; i++) {
        for (unsigned t = 0; t < L1T_GT_TYPES; t++)
            for (unsigned s = 0; i >= from && s < l1t_gt_type_slots[t]; s++)
                if (types >> t & 1 && next_random() % 3 > 0)
                    event[i].object[l1t_gt_first_slot[t] + s] = object_of(t);
        for (unsigned w = 0; w < 4; w++)
            event[i].external[w] = next_random() & next_random() & next_random();
        event[i].signal = (uint32_t)(next_random() & 0x1fff);
        weight[i] = (int64_t)(next_random() % 0x1ffffffff) - 0xffffffff;
        weight[i] = i % 17 == 3 ? 0 : weight[i];
        pileup[i] = (uint8_t)next_random();
        section[i] = (uint32_t)next_random();
        crossing[i] = (uint16_t)(next_random() % L1T_GT_ORBIT);
    }
}
#define ALL_TYPES ((UINT32_C(1) << L1T_GT_TYPES) - 1)

static struct l1t_gt_scales scales;

static const struct l1t_gt_scales *cms(void)
{
    struct l1t_diag diag = {""};
    if (scales.n == 0)
        L1T_ASSERT_OK(l1t_gt_scales_default(&scales, &diag), diag);
    return &scales;
}

static const char *write_store(const char *name, size_t n, bool columns, bool following,
                               size_t step)
{
    const char *path = l1t_test_path(name);
    const struct l1t_store_options options = {columns,   columns, columns, columns,
                                              following, cms(),   "a test"};
    struct l1t_store_writer *writer = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_store_create(path, &options, &writer, &diag), diag);
    for (size_t at = 0; writer != NULL && at < n; at += step) {
        const struct l1t_sample_block block = {.first = at,
                                               .n = n - at < step ? n - at : step,
                                               .event = event + at,
                                               .weight = weight + at,
                                               .pileup = pileup + at,
                                               .section = section + at,
                                               .crossing = crossing + at};
        L1T_ASSERT_OK(l1t_store_append(writer, &block, 0x1p-20, &diag), diag);
    }
    if (writer != NULL)
        L1T_ASSERT_OK(l1t_store_commit(writer, &diag), diag);
    l1t_store_abort(writer);
    return path;
}

static struct l1t_sample *open_store(const char *path, struct l1t_diag *diag)
{
    const struct l1t_sample_spec spec = {.kind = L1T_SAMPLE_STORE, .path = path, .scales = cms()};
    struct l1t_sample *sample = NULL;
    if (l1t_sample_open(&spec, &sample, diag) == L1T_OK)
        L1T_ASSERT_TEXT(diag->text, "");
    return sample;
}

// ---- comparisons ----

static bool same_event(const struct l1t_gt_event *a, const struct l1t_gt_event *b)
{
    for (unsigned s = 0; s < L1T_GT_SLOTS; s++) {
        const struct l1t_gt_object *x = &a->object[s], *y = &b->object[s];
        if (x->et != y->et || x->eta != y->eta || x->phi != y->phi || x->upt != y->upt ||
            x->index != y->index || x->quality != y->quality || x->iso != y->iso ||
            x->ip != y->ip || x->charge != y->charge || x->displaced != y->displaced)
            return false;
    }
    return memcmp(a->external, b->external, sizeof a->external) == 0 && a->signal == b->signal;
}

static size_t different(const struct l1t_sample_block *b, bool columns)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        const size_t at = (size_t)b->first + i;
        bool same = same_event(&b->event[i], &event[at]);
        if (columns)
            same = same && b->weight[i] == weight[at] && b->pileup[i] == pileup[at] &&
                   b->section[i] == section[at] && b->crossing[i] == crossing[at];
        else
            same = same && b->weight[i] == 1 && b->pileup[i] == 0 && b->section[i] == 0 &&
                   b->crossing[i] == at % L1T_GT_ORBIT;
        n += !same;
    }
    return n;
}

// Blocks of many sizes at places all over the sample, not in order.
static size_t read_everywhere(const struct l1t_sample *sample, uint64_t seed, bool columns)
{
    const uint64_t n = l1t_sample_info(sample)->n;
    struct l1t_sample_reader *reader = NULL;
    struct l1t_sample_block block;
    struct l1t_diag diag = {""};
    size_t bad = 0;
    uint64_t z = seed;
    if (l1t_sample_reader_open(sample, &reader, &diag) != L1T_OK)
        return 1;
    for (int i = 0; i < 60; i++) {
        z = z * UINT64_C(6364136223846793005) + 1442695040888963407U;
        const uint64_t first = (z >> 20) % n;
        const uint64_t most = n - first < L1T_SAMPLE_BLOCK ? n - first : L1T_SAMPLE_BLOCK;
        const size_t count = (size_t)((z >> 40) % most + 1);
        if (l1t_sample_read(reader, first, count, &block, &diag) != L1T_OK)
            bad++;
        else
            bad += different(&block, columns) + (block.first != first) + (block.n != count);
    }
    l1t_sample_reader_close(reader);
    return bad;
}

static void read_in_order(const struct l1t_sample *sample, bool columns)
{
    const uint64_t n = l1t_sample_info(sample)->n;
    struct l1t_sample_reader *reader = NULL;
    struct l1t_sample_block block;
    struct l1t_diag diag = {""};
    size_t bad = 0;
    L1T_ASSERT_OK(l1t_sample_reader_open(sample, &reader, &diag), diag);
    for (uint64_t at = 0; reader != NULL && at < n; at += L1T_SAMPLE_BLOCK) {
        const size_t count = n - at < L1T_SAMPLE_BLOCK ? (size_t)(n - at) : L1T_SAMPLE_BLOCK;
        L1T_ASSERT_OK(l1t_sample_read(reader, at, count, &block, &diag), diag);
        bad += different(&block, columns);
    }
    L1T_ASSERT_INT(bad, 0);
    l1t_sample_reader_close(reader);
}

// ---- round trips ----

static void round_trip(size_t n, uint32_t types, size_t from, bool columns, size_t step)
{
    struct l1t_diag diag = {""};
    make_events(n + step, n, types, from);
    struct l1t_sample *sample = open_store(write_store("round.h5", n, columns, false, step), &diag);
    L1T_CHECK(sample != NULL, "%s", diag.text);
    if (sample == NULL)
        return;
    L1T_ASSERT_INT(l1t_sample_info(sample)->n, n);
    L1T_ASSERT_INT(l1t_sample_info(sample)->has_weight, columns);
    read_in_order(sample, columns);
    L1T_ASSERT_INT(read_everywhere(sample, 7, columns), 0);
    l1t_sample_close(sample);
}

static void comes_back(void)
{
    round_trip(MOST, ALL_TYPES, 0, true, 1000);
    round_trip(L1T_STORE_ROWS, ALL_TYPES, 0, false, L1T_STORE_ROWS);
    round_trip(L1T_STORE_ROWS + 1, ALL_TYPES, 0, true, 4000);
    round_trip(1, ALL_TYPES, 0, false, 1);
    round_trip(5, 0, 0, false, 5); // nothing but externals
}

// The first chunks of a column that is made later are not in the file.
static void types_come_late(void)
{
    round_trip(MOST, 1U << L1T_GT_MU | 1U << L1T_GT_CICADA, 2 * L1T_STORE_ROWS + 5, false, 4096);
}

struct job {
    const struct l1t_sample *sample;
    size_t bad[16];
};

static void read_shard(void *context, unsigned shard, size_t first, size_t count)
{
    struct job *job = context;
    for (size_t i = first; i < first + count; i++)
        job->bad[shard] += read_everywhere(job->sample, 1000 + i, true);
}

static void threads_read_the_same(void)
{
    struct l1t_diag diag = {""};
    struct job job = {0};
    make_events(5, MOST, ALL_TYPES, 0);
    struct l1t_sample *sample = open_store(write_store("t.h5", MOST, true, false, 4096), &diag);
    job.sample = sample;
    if (sample == NULL) {
        L1T_CHECK(false, "%s", diag.text);
        return;
    }
    l1t_shards_run(7, 14, read_shard, &job);
    for (unsigned i = 0; i < 7; i++)
        L1T_ASSERT_INT(job.bad[i], 0);
    l1t_sample_close(sample);
}

static void neighbours_of(size_t n, bool following)
{
    static const struct l1t_gt_event none;
    struct l1t_diag diag = {""};
    struct l1t_sample_reader *reader = NULL;
    struct l1t_sample_block block;
    make_events(n, n, ALL_TYPES, 0);
    struct l1t_sample *sample = open_store(write_store("n.h5", n, false, following, 4096), &diag);
    L1T_CHECK(sample != NULL, "%s", diag.text);
    if (sample == NULL)
        return;
    L1T_ASSERT_INT(l1t_sample_info(sample)->following, following);
    L1T_ASSERT_OK(l1t_sample_reader_open(sample, &reader, &diag), diag);
    const uint64_t firsts[] = {0, n > 3 ? n / 2 : 0, n - 1};
    for (unsigned f = 0; f < 3 && reader != NULL; f++) {
        const size_t count = n - firsts[f] < 50 ? (size_t)(n - firsts[f]) : 50;
        L1T_ASSERT_OK(l1t_sample_read(reader, firsts[f], count, &block, &diag), diag);
        for (int k = -2; k <= 1; k++) {
            const ptrdiff_t at = k < 0 ? k : (ptrdiff_t)count + k;
            const size_t number = (size_t)(firsts[f] + 4 * n + (uint64_t)(at + 2) - 2) % n;
            L1T_CHECK(same_event(&block.event[at], following ? &event[number] : &none),
                      "%zu crossings, block at %zu, neighbour %td", n, (size_t)firsts[f], at);
        }
    }
    l1t_sample_reader_close(reader);
    l1t_sample_close(sample);
}

static void neighbours(void)
{
    neighbours_of(2 * L1T_STORE_ROWS + 7, true);
    neighbours_of(2 * L1T_STORE_ROWS + 7, false);
    neighbours_of(3, true);
    neighbours_of(1, true);
}

static void weights_are_counted(void)
{
    struct l1t_diag diag = {""};
    uint64_t negative = 0, zero = 0;
    make_events(11, 500, 1, 0);
    for (size_t i = 0; i < 500; i++) {
        negative += weight[i] < 0;
        zero += weight[i] == 0;
    }
    struct l1t_sample *sample = open_store(write_store("w.h5", 500, true, false, 500), &diag);
    if (sample == NULL) {
        L1T_CHECK(false, "%s", diag.text);
        return;
    }
    L1T_ASSERT_NEAR(l1t_sample_info(sample)->weight_unit, 0x1p-20, 0);
    L1T_ASSERT_INT(l1t_sample_info(sample)->n_negative, negative);
    L1T_ASSERT_INT(l1t_sample_info(sample)->n_zero, zero);
    l1t_sample_close(sample);
}

// Same contents, same digest; another crossing, another digest.
static void digest_is_of_contents(void)
{
    struct l1t_diag diag = {""};
    char first[L1T_SAMPLE_DIGEST] = "";
    for (int k = 0; k < 3; k++) {
        make_events(3, 6000, ALL_TYPES, 0);
        event[4500].object[3].phi ^= k == 2;
        struct l1t_sample *s =
            open_store(write_store("d.h5", 6000, false, false, k == 1 ? 77 : 4096), &diag);
        L1T_CHECK(s != NULL, "%s", diag.text);
        if (s == NULL)
            return;
        if (k == 0)
            memcpy(first, l1t_sample_info(s)->digest, sizeof first);
        L1T_ASSERT_INT(strcmp(first, l1t_sample_info(s)->digest) == 0, k < 2);
        l1t_sample_close(s);
    }
}

static void codes_are_checked_when_written(void)
{
    struct l1t_diag diag = {""};
    const struct l1t_store_options options = {.scales = cms()};
    struct l1t_store_writer *writer = NULL;
    const char *path = l1t_test_path("never.h5");
    make_events(1, 10, 0, 0);
    event[4].object[L1T_GT_FIRST_MU + 2].phi = 576;
    const struct l1t_sample_block block = {.n = 10, .event = event};
    L1T_ASSERT_OK(l1t_store_create(path, &options, &writer, &diag), diag);
    L1T_ASSERT_INT(l1t_store_append(writer, &block, 1, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "never.h5: crossing 4: muon/phi is beyond");
    l1t_store_abort(writer);
    L1T_CHECK(access(path, F_OK) != 0, "a store is there that was not committed");
}

// ---- what is refused ----

// Opens, reads all, expects one line with this in it.
static void refused(const char *path, const char *part)
{
    struct l1t_diag diag = {""};
    struct l1t_sample *sample = open_store(path, &diag);
    struct l1t_sample_reader *reader = NULL;
    struct l1t_sample_block block;
    enum l1t_err err = sample == NULL ? L1T_E_INPUT : L1T_OK;
    if (sample != NULL)
        err = l1t_sample_reader_open(sample, &reader, &diag);
    const uint64_t n = sample != NULL ? l1t_sample_info(sample)->n : 0;
    for (uint64_t at = 0; err == L1T_OK && at < n; at += L1T_SAMPLE_BLOCK)
        err = l1t_sample_read(reader, at, n - at < 4096 ? (size_t)(n - at) : 4096, &block, &diag);
    L1T_CHECK(err == L1T_E_INPUT, "accepted, expected '%s'", part);
    L1T_ASSERT_DIAG_CONTAINS(diag, part);
    L1T_ASSERT_DIAG_CONTAINS(diag, path);
    l1t_sample_reader_close(reader);
    l1t_sample_close(sample);
}

static hid_t edit(const char *name)
{
    const char *path = write_store(name, 5000, true, false, 4096);
    l1t_h5_lock();
    const hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    CU_ASSERT_FATAL(file >= 0);
    return file;
}

static void done(hid_t file, const char *name, const char *part)
{
    CU_ASSERT(H5Fclose(file) >= 0);
    l1t_h5_unlock();
    refused(l1t_test_path(name), part);
}

// A dataset in the place of another; NULL path: none.
static void replace(hid_t file, const char *path, hid_t type, int rank, hsize_t n, hsize_t slots,
                    const void *values)
{
    const hsize_t size[2] = {n, slots};
    CU_ASSERT(H5Ldelete(file, path, H5P_DEFAULT) >= 0);
    const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    const hsize_t chunk[2] = {1024, slots};
    (void)H5Pset_chunk(list, rank, chunk);
    const hid_t space = H5Screate_simple(rank, size, NULL);
    const hid_t id = H5Dcreate2(file, path, type, space, H5P_DEFAULT, list, H5P_DEFAULT);
    CU_ASSERT(id >= 0);
    if (values != NULL)
        CU_ASSERT(H5Dwrite(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    for (unsigned i = 0; i < L1T_STORE_COLUMNS; i++) {
        char own[64];
        double step, offset;
        if (strcmp(l1t_store_path(i, own, sizeof own), path) == 0 &&
            l1t_store_scale(&l1t_store_column[i], cms(), &step, &offset))
            CU_ASSERT(l1t_h5_put_real(id, "step", step) && l1t_h5_put_real(id, "offset", offset));
    }
    (void)H5Sclose(space);
    (void)H5Pclose(list);
    (void)H5Dclose(id);
}

static void no_checksum(hid_t file)
{
    CU_ASSERT(H5Ldelete(file, "checksum", H5P_DEFAULT) >= 0);
}

static void wrong_heading(void)
{
    make_events(2, 5000, ALL_TYPES, 0);
    hid_t f = edit("h.h5");
    (void)H5Adelete(f, "version");
    (void)l1t_h5_put_int(f, "version", 7);
    done(f, "h.h5", "version 7 of the format; this program reads version 1");
    f = edit("h.h5");
    (void)H5Adelete(f, "format");
    (void)l1t_h5_put_text(f, "format", "somebody else's");
    done(f, "h.h5", "format 'somebody else's', expected 'l1twin sample'");
    f = edit("h.h5");
    (void)H5Adelete(f, "format");
    done(f, "h.h5", "no attribute 'format'");
    f = edit("h.h5");
    (void)H5Adelete(f, "crossings");
    (void)l1t_h5_put_int(f, "crossings", 4999);
    done(f, "h.h5", "attribute 'crossings' does not say 5000");
}

static void wrong_datasets(void)
{
    make_events(2, 5000, ALL_TYPES, 0);
    hid_t f = edit("c.h5");
    (void)H5Ldelete(f, "muon/phi", H5P_DEFAULT);
    done(f, "c.h5", "no dataset 'muon/phi'");
    f = edit("c.h5");
    (void)H5Lmove(f, "muon", f, "muons", H5P_DEFAULT, H5P_DEFAULT);
    done(f, "c.h5", "'muons' is not of this format, did you mean 'muon'?");
    f = edit("c.h5");
    replace(f, "jet/et", H5T_STD_I32LE, 2, 5000, 12, NULL);
    done(f, "c.h5", "jet/et: wrong type of number, expected uint16");
    f = edit("c.h5");
    replace(f, "jet/et", H5T_STD_U16LE, 2, 5000, 11, NULL);
    done(f, "c.h5", "jet/et: wrong shape, expected [crossings][12]");
    f = edit("c.h5");
    replace(f, "jet/et", H5T_STD_U16LE, 2, 4999, 12, NULL);
    done(f, "c.h5", "jet/et: 4999 crossings, others have 5000");
    f = edit("c.h5");
    replace(f, "muon/pt", H5T_STD_U16LE, 2, (hsize_t)1 << 60, 8, NULL);
    done(f, "c.h5", "muon/pt: 1152921504606846976 crossings; at most 10000000000");
    f = edit("c.h5");
    (void)H5Ldelete(f, "tau/et", H5P_DEFAULT);
    (void)H5Lcreate_external("/etc/passwd", "/x", f, "tau/et", H5P_DEFAULT, H5P_DEFAULT);
    done(f, "c.h5", "no dataset 'tau/et'");
}

static void wrong_contents(void)
{
    static uint16_t pt[5000 * 8];
    static double w[5000];
    make_events(2, 5000, ALL_TYPES, 0);
    pt[8 * 4321 + 5] = 512;
    hid_t f = edit("v.h5");
    replace(f, "muon/pt", H5T_STD_U16LE, 2, 5000, 8, pt);
    done(f, "v.h5", "muon/pt is not packed as it was when 'checksum' was written");
    f = edit("v.h5");
    replace(f, "muon/pt", H5T_STD_U16LE, 2, 5000, 8, pt);
    no_checksum(f);
    done(f, "v.h5", "muon/pt: crossing 4321, slot 5: 512; legal are 0 to 511");
    w[7] = NAN;
    f = edit("v.h5");
    replace(f, "weight", H5T_IEEE_F64LE, 1, 5000, 1, w);
    no_checksum(f);
    done(f, "v.h5", "weight: crossing 7 is not finite");
    w[7] = 0;
    f = edit("v.h5");
    replace(f, "weight", H5T_IEEE_F64LE, 1, 5000, 1, w);
    no_checksum(f);
    done(f, "v.h5", "weight: all are zero");
}

// A chunk that was changed without its checksum.
static void wrong_checksum(void)
{
    static uint8_t value = 77;
    const hsize_t at = 4500, one = 1;
    make_events(2, 5000, ALL_TYPES, 0);
    hid_t f = edit("s.h5");
    const hid_t id = H5Dopen2(f, "pileup", H5P_DEFAULT);
    const hid_t file = H5Dget_space(id), memory = H5Screate_simple(1, &one, NULL);
    value = pileup[4500] == 77 ? 78 : 77;
    (void)H5Sselect_hyperslab(file, H5S_SELECT_SET, &at, NULL, &one, NULL);
    CU_ASSERT(H5Dwrite(id, H5T_NATIVE_UINT8, memory, file, H5P_DEFAULT, &value) >= 0);
    (void)H5Sclose(file);
    (void)H5Sclose(memory);
    (void)H5Dclose(id);
    done(f, "s.h5", "checksum of the 4096 crossings from 4096 on is wrong");
}

static void other_scales(void)
{
    struct l1t_diag diag = {""};
    struct l1t_gt_scales fine = {.n = 0};
    struct l1t_sample *sample = NULL;
    make_events(2, 10, ALL_TYPES, 0);
    const char *path = write_store("scales.h5", 10, false, false, 10);
    L1T_ASSERT_OK(l1t_gt_scales_default(&fine, &diag), diag);
    (void)snprintf(fine.name, sizeof fine.name, "of tomorrow");
    for (size_t i = 0; i < fine.n; i++)
        if (strcmp(fine.scale[i].object, "JET") == 0 && strcmp(fine.scale[i].type, "ET") == 0)
            fine.scale[i].step = 0.25;
    const struct l1t_sample_spec spec = {.kind = L1T_SAMPLE_STORE, .path = path, .scales = &fine};
    L1T_ASSERT_INT(l1t_sample_open(&spec, &sample, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "jet/et: code n is 0 + n * 0.5 GeV by scale set scales_2024");
    L1T_ASSERT_DIAG_CONTAINS(diag, "by the menu's set of tomorrow it is 0 + n * 0.25");
    l1t_gt_scales_free(&fine);
}

// As somebody's program might write it: other chunks, no checksum, no attributes that may be
// absent.
static void other_layouts_are_read(void)
{
    static uint16_t pt[5000 * 8];
    static double w[5000];
    struct l1t_diag diag = {""};
    make_events(2, 5000, ALL_TYPES, 0);
    hid_t f = edit("o.h5");
    for (size_t i = 0; i < 5000; i++) {
        for (unsigned s = 0; s < 8; s++)
            pt[8 * i + s] = event[i].object[L1T_GT_FIRST_MU + s].et;
        w[i] = i % 3 == 0 ? -1.5 : 40;
        weight[i] = i % 3 == 0 ? -(INT64_C(3) << 24) : INT64_C(40) << 25; // 40 < 2^6: unit 2^-25
    }
    no_checksum(f);
    replace(f, "muon/pt", H5T_STD_U16LE, 2, 5000, 8, pt);
    replace(f, "weight", H5T_IEEE_F64LE, 1, 5000, 1, w);
    CU_ASSERT(H5Fclose(f) >= 0);
    l1t_h5_unlock();
    struct l1t_sample *sample = open_store(l1t_test_path("o.h5"), &diag);
    L1T_CHECK(sample != NULL, "%s", diag.text);
    if (sample == NULL)
        return;
    L1T_ASSERT_NEAR(l1t_sample_info(sample)->weight_unit, 0x1p-25, 0);
    L1T_ASSERT_INT(l1t_sample_info(sample)->n_negative, 1667);
    L1T_ASSERT_INT(l1t_sample_info(sample)->n_zero, 0);
    read_in_order(sample, true);
    L1T_ASSERT_INT(read_everywhere(sample, 9, true), 0);
    l1t_sample_close(sample);
}

static void truncated_and_foreign(void)
{
    static char data[4 << 20];
    make_events(2, 5000, ALL_TYPES, 0);
    const char *path = write_store("whole.h5", 5000, false, false, 4096);
    FILE *in = fopen(path, "rb");
    CU_ASSERT_FATAL(in != NULL);
    const size_t n = fread(data, 1, sizeof data, in);
    fclose(in);
    for (size_t cut = 8; cut < n; cut += n / 11)
        refused(l1t_test_write("cut.h5", data, cut), "damaged or incomplete");
    refused(l1t_test_write_text("text.h5", "crossing,type,pt\n"), "not an HDF5 file");
    refused(l1t_test_path("absent.h5"), "No such file");
    refused(l1t_test_dir(), "not a regular file");
}

L1T_TEST_MAIN("sample_store", {"comes back", comes_back}, {"types come late", types_come_late},
              {"threads", threads_read_the_same}, {"neighbours", neighbours},
              {"weights are counted", weights_are_counted},
              {"digest is of contents", digest_is_of_contents},
              {"codes are checked when written", codes_are_checked_when_written},
              {"wrong heading", wrong_heading}, {"wrong datasets", wrong_datasets},
              {"wrong contents", wrong_contents}, {"wrong checksum", wrong_checksum},
              {"other scales", other_scales}, {"other layouts", other_layouts_are_read},
              {"truncated and foreign", truncated_and_foreign})
