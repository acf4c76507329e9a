/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What all shims share: clock, reset, feeding, collecting, latency, waveform. A shim
 * (l1t_X_dut.cpp) gives a Path with what is its own:
 *
 *   typedef ... Top;                       the Verilated top; ports clk_i, rst_i, valid_i
 *   static constexpr size_t in_rows;       input rows of one event
 *   static constexpr size_t n_stages;
 *   static const unsigned rows[], words[]; of each stage: rows an event, 32-bit words a row
 *   static const char *const mem_file[];   memory images, NULL at the end
 *   static void bind(Top &, l1t_dut_probe *);             where each stage's row and strobe are
 *   static void configure(Top &, const uint32_t *settings);  static inputs
 *   static void feed(Top &, const uint32_t *in, size_t row);
 *   static void garble(Top &, uint32_t noise);            data of a clock that is not valid
 *   static int latency(const Top &, size_t stage);        what the RTL states
 *
 * and names the table with L1T_DUT_OPS. Rows go from the model's ports to the job's memory with one
 * memcpy; nothing is done for single records. Latency is the number of clock edges from the one
 * that takes an event's first row to the one after which a stage's first row is to be seen, both
 * counted.
 */
#ifndef L1T_DUT_HPP
#define L1T_DUT_HPP

#include "l1t_dut.h"

#include <verilated.h>
#if VM_TRACE
#include <verilated_fst_c.h>
#endif

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <sys/stat.h>
#include <vector>

/* The build says how many faults the RTL has; a user's own has none. */
#ifndef L1T_DUT_FAULTS
#define L1T_DUT_FAULTS 0
#endif

/* A stage's port and its strobe. A port of up to 16 bits is smaller than a word. */
struct l1t_dut_probe {
    const void *row = nullptr;
    size_t size = 0;
    const CData *valid = nullptr;

    l1t_dut_probe() = default;
    template <class Port>
    l1t_dut_probe(const Port *port, const CData *strobe)
        : row(port), size(sizeof *port), valid(strobe)
    {
    }
};

template <class Path> class l1t_dut
{
  public:
    typedef typename Path::Top Top;

    static constexpr size_t stage_words()
    {
        size_t n = 0;
        for (size_t s = 0; s < Path::n_stages; s++)
            n += size_t(Path::rows[s]) * Path::words[s];
        return n;
    }

    explicit l1t_dut(const l1t_dut_options &options) : context(new VerilatedContext)
    {
        const std::string dir = std::string("+l1t_mem_dir=") + options.mem_dir;
        const std::string fault = "+l1t_fault=" + std::to_string(options.fault);
        const char *argv[] = {"l1twin", dir.c_str(), fault.c_str()};
        context->commandArgs(3, argv);
        context->randReset(2);
        context->randSeed(int(options.reset_seed % 0x7ffffffe) + 1); // 0 would mean the time of day
#if VM_TRACE
        if (options.trace_file != nullptr)
            context->traceEverOn(true);
#endif
        top.reset(new Top(context.get()));
#if VM_TRACE
        if (options.trace_file != nullptr) {
            wave.reset(new VerilatedFstC);
            top->trace(wave.get(), 99);
            wave->open(options.trace_file);
        }
#endif
        Path::bind(*top, probe);
        Path::configure(*top, options.settings);
        // The first eval() sees no edge, so it must not be the one of the first clock.
        top->clk_i = 0;
        top->rst_i = 1;
        top->valid_i = 0;
        top->eval();
        reset(4);
    }

    ~l1t_dut()
    {
#if VM_TRACE
        if (wave)
            wave->close();
#endif
        top->final();
    }

    void reset(unsigned n)
    {
        top->rst_i = 1;
        for (unsigned i = 0; i < n; i++)
            idle();
        top->rst_i = 0;
    }

    void feed_part(const uint32_t *in, size_t n_rows)
    {
        job = nullptr;
        for (size_t r = 0; r < n_rows && r < Path::in_rows; r++)
            feed(in, r);
    }

    size_t run(const l1t_dut_job &new_job)
    {
        start(new_job);
        const size_t in_words = Path::in_words;
        for (size_t e = 0; e < job->n_events; e++) {
            for (unsigned i = 0; job->gap != nullptr && i < job->gap[e]; i++)
                idle();
            for (size_t r = 0; r < Path::in_rows; r++) {
                for (unsigned i = 0; row_gap(e, r) > i; i++)
                    idle();
                if (r == 0)
                    fed_at[e] = clocks;
                feed(job->in + e * in_words, r);
            }
        }
        for (unsigned i = 0; i < drain_clocks && complete() < job->n_events; i++)
            idle();
        for (unsigned i = 0; i < extra_clocks; i++) // strobes too many
            idle();
        const size_t n = complete();
        job = nullptr;
        return n;
    }

    void status(l1t_dut_status *to) const
    {
        memset(to, 0, sizeof *to);
        to->clocks = clocks;
        for (size_t s = 0; s < Path::n_stages; s++) {
            to->rows_seen[s] = seen[s];
            to->latency_min[s] = latency_min[s];
            to->latency_max[s] = latency_max[s];
            to->latency_stated[s] = Path::latency(*top, s);
        }
    }

  private:
    static constexpr unsigned drain_clocks = 4096, extra_clocks = 8;

    std::unique_ptr<VerilatedContext> context; // outlives the model
    std::unique_ptr<Top> top;
#if VM_TRACE
    std::unique_ptr<VerilatedFstC> wave;
#endif
    l1t_dut_probe probe[Path::n_stages];
    const l1t_dut_job *job = nullptr;
    std::vector<uint64_t> fed_at; // clock of each event's first row
    uint64_t clocks = 0;
    uint32_t noise = 1;
    size_t seen[Path::n_stages] = {};
    unsigned row[Path::n_stages] = {}; // row of its event that a stage shows next
    size_t event[Path::n_stages] = {}; // and the event
    uint32_t *to[Path::n_stages] = {}; // and where it goes
    int latency_min[Path::n_stages], latency_max[Path::n_stages];

    void start(const l1t_dut_job &new_job)
    {
        job = &new_job;
        fed_at.assign(job->n_events, 0);
        size_t offset = 0;
        for (size_t s = 0; s < Path::n_stages; s++) {
            seen[s] = event[s] = row[s] = 0;
            latency_min[s] = latency_max[s] = -1;
            to[s] = job->out + offset;
            offset += size_t(Path::rows[s]) * Path::words[s];
        }
    }

    unsigned row_gap(size_t e, size_t r) const
    {
        return job->row_gap != nullptr ? job->row_gap[e * Path::in_rows + r] : 0;
    }

    // Gaps inside an event hold up its end and the end of the one before.
    bool gapless(size_t e) const
    {
        if (job->row_gap == nullptr)
            return true;
        const size_t end = std::min(e + 2, job->n_events) * Path::in_rows;
        return std::all_of(job->row_gap + e * Path::in_rows, job->row_gap + end,
                           [](uint8_t gap) { return gap == 0; });
    }

    size_t complete() const
    {
        size_t n = job->n_events;
        for (size_t s = 0; s < Path::n_stages; s++)
            n = std::min(n, event[s]);
        return n;
    }

    void measure(size_t s)
    {
        if (!gapless(event[s]))
            return;
        const int latency = int(clocks - fed_at[event[s]]) + 1;
        latency_max[s] = std::max(latency_max[s], latency);
        latency_min[s] = latency_min[s] < 0 ? latency : std::min(latency_min[s], latency);
    }

    void collect()
    {
        for (size_t s = 0; s < Path::n_stages; s++) {
            if (!*probe[s].valid)
                continue;
            seen[s]++;
            if (event[s] >= job->n_events)
                continue;
            *to[s] = 0;
            memcpy(to[s], probe[s].row, std::min(probe[s].size, Path::words[s] * sizeof(uint32_t)));
            to[s] += Path::words[s];
            if (row[s] == 0)
                measure(s);
            if (++row[s] == Path::rows[s]) {
                row[s] = 0;
                event[s]++;
                to[s] += stage_words() - size_t(Path::rows[s]) * Path::words[s];
            }
        }
    }

    void clock()
    {
        top->clk_i = 1;
        top->eval();
        dump(2 * clocks + 1);
        if (job != nullptr)
            collect();
        top->clk_i = 0;
        top->eval();
        dump(2 * clocks + 2);
        clocks++;
    }

    void dump(uint64_t time)
    {
#if VM_TRACE
        if (wave)
            wave->dump(time);
#else
        (void)time;
#endif
    }

    void feed(const uint32_t *in, size_t r)
    {
        top->valid_i = 1;
        Path::feed(*top, in, r);
        clock();
    }

    void idle()
    {
        top->valid_i = 0;
        noise = noise * 1664525u + 1013904223u;
        Path::garble(*top, noise);
        clock();
    }
};

/*
 * Verilator's writer is silent when it cannot write, and it deletes what has the name: a device
 * must not be given to it.
 */
static inline bool l1t_dut_can_write(const char *path)
{
    struct stat found;
    if (path != nullptr && stat(path, &found) == 0 && !S_ISREG(found.st_mode)) {
        errno = EINVAL;
        return false;
    }
    FILE *file = path != nullptr ? fopen(path, "wb") : nullptr;
    return path == nullptr || (file != nullptr && fclose(file) == 0);
}

template <class Path>
static void *l1t_dut_create(const l1t_dut_options *options, char *message, size_t message_size)
{
#if !VM_TRACE
    if (options->trace_file != nullptr) {
        snprintf(message, message_size,
                 "this program writes no waveforms; make wave builds l1twin-wave, which does");
        return nullptr;
    }
#endif
    if (!l1t_dut_can_write(options->trace_file)) {
        snprintf(message, message_size, "%s: %s", options->trace_file, strerror(errno));
        return nullptr;
    }
    // Verilator would end the process at a missing image.
    for (const char *const *name = Path::mem_file; *name != nullptr; name++) {
        const std::string path =
            std::string(options->mem_dir != nullptr ? options->mem_dir : ".") + "/" + *name;
        FILE *file = fopen(path.c_str(), "r");
        if (file == nullptr) {
            snprintf(message, message_size, "%s: cannot open memory image", path.c_str());
            return nullptr;
        }
        fclose(file);
    }
    l1t_dut_options checked = *options;
    if (checked.mem_dir == nullptr)
        checked.mem_dir = ".";
    void *dut = new (std::nothrow) l1t_dut<Path>(checked);
    if (dut == nullptr)
        snprintf(message, message_size, "out of memory");
    return dut;
}

template <class Path> static void l1t_dut_destroy(void *dut)
{
    delete static_cast<l1t_dut<Path> *>(dut);
}

template <class Path> static void l1t_dut_reset(void *dut, unsigned clocks)
{
    static_cast<l1t_dut<Path> *>(dut)->reset(clocks);
}

template <class Path> static void l1t_dut_feed_part(void *dut, const uint32_t *in, size_t rows)
{
    static_cast<l1t_dut<Path> *>(dut)->feed_part(in, rows);
}

template <class Path> static size_t l1t_dut_run(void *dut, const l1t_dut_job *job)
{
    return static_cast<l1t_dut<Path> *>(dut)->run(*job);
}

template <class Path> static void l1t_dut_get_status(void *dut, l1t_dut_status *status)
{
    static_cast<const l1t_dut<Path> *>(dut)->status(status);
}

/* Initialiser of the table of functions. */
#define L1T_DUT_OPS(Path, path_name)                                                               \
    {                                                                                              \
        path_name, VERILATOR_PRODUCT " " VERILATOR_VERSION, Path::in_words,                        \
            l1t_dut<Path>::stage_words(), Path::n_stages, L1T_DUT_FAULTS, l1t_dut_create<Path>,    \
            l1t_dut_destroy<Path>, l1t_dut_reset<Path>, l1t_dut_feed_part<Path>,                   \
            l1t_dut_run<Path>, l1t_dut_get_status<Path>                                            \
    }

#endif
