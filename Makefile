# SPDX-License-Identifier: GPL-3.0-or-later
# One non-recursive makefile; everything it makes is under build/.
#
#   make run      the main job: build/run2/report.html      make test   all tests
#   make help     every target                              make VARIANT=san test-unit
#   make WITH_MPI=1 build/mpi/l1twin                        mpirun -n 4 build/mpi/l1twin rate ...
#
# CFLAGS, CXXFLAGS, CPPFLAGS, LDFLAGS, DESTDIR and prefix are yours; V=1 shows commands.

# WITH_MPI=1 is the release with ranks, in build/mpi; Verilated models are the release's.
WITH_MPI ?= 0
VARIANT ?= $(if $(filter 1,$(WITH_MPI)),mpi,release)
BUILD   ?= build
B       := $(BUILD)/$(VARIANT)
SIMB    := $(if $(filter mpi,$(VARIANT)),$(BUILD)/release,$(B))
prefix  ?= /usr/local
V       ?= 0
Q       := $(if $(filter 0,$(V)),@,)

.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif

# ---- flags ---------------------------------------------------------------------------------------
ifneq ($(filter release mpi,$(VARIANT)),)
CFLAGS ?= -O3 -g
SIMOPT  = OPT_FAST=-O2 OPT_SLOW=-O0 OPT_GLOBAL=-O2
else ifeq ($(VARIANT),debug)
CFLAGS ?= -Og -g
SIMOPT  = OPT_FAST=-O1 OPT_SLOW=-O0 OPT_GLOBAL=-O1
else ifeq ($(VARIANT),san)
SAN    := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS ?= -O1 -g
SIMOPT  = OPT_FAST=-O1 OPT_SLOW=-O0 OPT_GLOBAL=-O1
else
$(error unknown VARIANT '$(VARIANT)': release, debug, san or mpi)
endif
CXXFLAGS ?= -O2 -g
WERROR   ?= $(if $(CI),-Werror)
WARN     := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Wundef -Wwrite-strings $(WERROR)
STD      := -std=c17 -D_POSIX_C_SOURCE=200809L
INC      := -Icsrc -Imodels -Isim -I$(B)/gen
DATADIR  := $(prefix)/share/l1twin
# Looked up when a recipe runs, that is after the packages are there.
PKGS     := yaml-0.1 expat gsl jansson zlib libmd hdf5 nlopt libdeflate $(if $(filter mpi,$(VARIANT)),ompi-c)
LIBS      = $(shell pkg-config --libs $(PKGS)) -llinear -lm -lpthread
SIM_ROOT  = $(shell verilator --getenv VERILATOR_ROOT)
COMPILE   = $(CC) $(STD) $(WARN) $(INC) $(CPPFLAGS) -fPIC $(SAN) $(CFLAGS) -MMD -MP

# ---- sources: found by folder, one idea a file ------------------------------------------------------
MODEL_C  := $(wildcard models/*.c models/*/*.c)
LIB_C    := $(MODEL_C) $(wildcard csrc/*.c csrc/gt/*.c csrc/sample/*.c csrc/rate/*.c csrc/paths/*.c csrc/report/*.c)
CMD_C    := $(wildcard csrc/cmd/*.c)
PAGE_C   := $(wildcard csrc/report/page_*.c)
PATH_C   := $(shell grep -l 'l1t_twin l1t_.*_twin' csrc/paths/*.c 2>/dev/null)
# Fewer tops make a smaller program sooner: make TOPS="sort jet".
TOPS     := $(patsubst sim/l1t_%_dut.cpp,%,$(wildcard sim/l1t_*_dut.cpp))
DUT_CPP  := $(TOPS:%=sim/l1t_%_dut.cpp)
RTL_PKG  := $(wildcard rtl/common/*_pkg.sv) $(filter-out $(wildcard rtl/common/*_pkg.sv),$(wildcard rtl/*/*_pkg.sv))
RTL_SV   := $(filter-out $(RTL_PKG),$(wildcard rtl/*/*.sv))
# Faults are numbered through all lists in this order, whatever the locale.
FAULTS   := $(sort $(wildcard tests/cosim/*.faults))
RTL_ALL  := $(RTL_PKG) $(sort $(RTL_SV))
RTL_DIR  := $(sort $(patsubst %/,%,$(dir $(RTL_ALL))))
HEADERS  := $(wildcard csrc/l1t/*.h)

obj       = $(patsubst %.c,$(B)/obj/%.o,$(1))
LIB_O    := $(call obj,$(LIB_C)) $(B)/gen/twins.o $(B)/gen/pages.o
CMD_O    := $(call obj,$(CMD_C)) $(B)/gen/cmds.o
# HDF5's header is not on the compiler's path.
$(B)/obj/csrc/sample/%.o $(B)/obj/csrc/rate/%.o: CPPFLAGS += $(shell pkg-config --cflags-only-I hdf5 | sed 's/-I/-isystem /g')
ifeq ($(VARIANT),mpi)
$(B)/obj/csrc/rate/comm_mpi.o: CPPFLAGS += -DL1T_WITH_MPI $(shell pkg-config --cflags-only-I ompi-c | sed 's/-I/-isystem /g')
$(B)/obj/csrc/rate/comm_mpi.o: | $(BUILD)/deps-mpi.ok
endif
$(B)/tests/unit/test_sample_store $(B)/tests/bench/bench_sample: CPPFLAGS += $(shell pkg-config --cflags-only-I hdf5 | sed 's/-I/-isystem /g')
LIB_A    := $(B)/libl1twin.a
LIB_SO   := $(B)/libl1twin.so.0
PROGRAM  := $(B)/l1twin
WAVE     := $(B)/l1twin-wave
FAULTY   := $(B)/l1twin-faulty

UNIT     := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))
GOLDEN   := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/golden/test_*.c))
BENCH    := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/bench/bench_*.c))
RANDOM_MENU := $(B)/tests/cosim/gt/random_menu

TEST_C  := $(filter-out $(wildcard tests/unit/test_*.c),$(wildcard tests/unit/*.c))
TEST_A  := $(B)/tests/support.a
CLI_T   := $(sort $(wildcard tests/cli/test_*.sh))
COSIM_T := $(sort $(wildcard tests/cosim/test_*.sh))
SAN_T   := $(UNIT:$(B)/%=$(BUILD)/san/%) $(BUILD)/san/tests/fuzz/replay

# ---- the two commands --------------------------------------------------------------------------------
run: $(PROGRAM) ## the main job: spectra, rates, co-simulation -> build/run2/report.html
	$(Q)$(PROGRAM) run configs/studies/run2.yaml -o $(BUILD)/run2 $(RUNFLAGS)

test: WERROR := -Werror
test: $(BUILD)/deps-lint.ok all $(UNIT) $(GOLDEN) $(FAULTY) test-san-build ## all tests
	$(Q)L1TWIN=$(abspath $(PROGRAM)) L1TWIN_FAULTY=$(abspath $(FAULTY)) tests/run.sh \
	  $(UNIT) $(GOLDEN) $(COSIM_T) $(CLI_T) $(SAN_T) tests/lint.sh

all: $(PROGRAM) $(LIB_A) $(LIB_SO) $(B)/l1twin.1 $(B)/l1twin.bash $(B)/l1twin.pc ## everything

help: ## this list
	$(Q)awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' Makefile

# ---- packages ----------------------------------------------------------------------------------------
# In a chain, so that two make jobs never run apt-get at once.
$(BUILD)/deps-build.ok: tools/packages.txt
	$(Q)tools/deps.sh build $@
$(BUILD)/deps-test.ok: tools/packages.txt $(BUILD)/deps-build.ok
	$(Q)tools/deps.sh test $@
$(BUILD)/deps-lint.ok: tools/packages.txt $(BUILD)/deps-test.ok
	$(Q)tools/deps.sh lint $@
$(BUILD)/deps-mpi.ok: tools/packages.txt $(BUILD)/deps-build.ok
	$(Q)tools/deps.sh mpi $@
deps: $(BUILD)/deps-lint.ok ## install missing Debian packages (tools/packages.txt)

# ---- generated C ---------------------------------------------------------------------------------------
# Rewritten on every run but touched only when it changes, so that a new commit recompiles one file.
$(B)/gen/l1t_version.h: FORCE | $(BUILD)/deps-build.ok
	$(Q)mkdir -p $(@D)
	$(Q)tools/gen_version.sh '$(strip $(CFLAGS) $(SAN))' '$(DATADIR)' >$@.new
	$(Q)cmp -s $@.new $@ && rm $@.new || mv $@.new $@

REGISTRY = $(Q)mkdir -p $(@D) && tools/gen_registry.sh
$(B)/gen/cmds.c: $(wildcard csrc/cmd/cmd_*.c) tools/gen_registry.sh Makefile
	$(REGISTRY) 'struct l1t_cmd' cmd_ '' l1t_cmd_list cmd/cmd.h $(wildcard csrc/cmd/cmd_*.c) >$@
$(B)/gen/pages.c: $(PAGE_C) tools/gen_registry.sh Makefile
	$(REGISTRY) 'struct l1t_page' l1t_page_ '' l1t_page_list l1t/report.h $(PAGE_C) >$@
$(B)/gen/twins.c: $(PATH_C) tools/gen_registry.sh Makefile
	$(REGISTRY) 'struct l1t_twin' l1t_ _twin l1t_twin_list l1t/twin.h $(PATH_C) >$@
$(B)/gen/tops: FORCE
	$(Q)mkdir -p $(@D); echo '$(TOPS)' | cmp -s - $@ || echo '$(TOPS)' >$@
$(B)/gen/duts.c: $(B)/gen/tops $(DUT_CPP) tools/gen_registry.sh Makefile
	$(REGISTRY) 'struct l1t_dut_ops' l1t_ _dut l1t_dut_list l1t_dut.h $(DUT_CPP) >$@

# ---- C ---------------------------------------------------------------------------------------------------
$(B)/obj/%.o: %.c | $(B)/gen/l1t_version.h
	$(Q)mkdir -p $(@D)
	@$(if $(filter 0,$(V)),echo "  CC      $<")
	$(Q)$(COMPILE) -c $< -o $@
$(B)/gen/%.o: $(B)/gen/%.c | $(B)/gen/l1t_version.h
	$(Q)$(COMPILE) -c $< -o $@

$(LIB_A): $(LIB_O)
	$(Q)rm -f $@ && ar rcs $@ $^
$(LIB_SO): $(LIB_O)
	$(Q)$(CC) -shared -Wl,-soname,libl1twin.so.0 $(SAN) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(LIBS)

# ---- Verilated twins, and the programs they are linked into -----------------------------------------
# Three flavours of the same program: l1twin (fast), l1twin-faulty (RTL with all injected faults, one
# chosen at run time) and l1twin-wave (the same RTL, writes waveforms, so that it shows faults too).
# gnu++17 is what Verilator's headers need; -isystem keeps our warnings out of them. Debian's Verilator
# ships its runtime as source.
LINK       = $(CXX) $(SAN) $(CFLAGS) $(LDFLAGS)
SIM_INC    = -isystem $(SIM_ROOT)/include -isystem $(SIM_ROOT)/include/vltstd
# Loops over slots and lanes (18 and more) stay loops, with code that fits the processor's caches; those
# over members of a cluster and rings of a window are unrolled.
SIM_FLAGS  = -O3 --x-assign fast --x-initial unique --noassert --expand-limit 12 --unroll-count 16 -Wno-lint -Wno-style
# clang makes Verilated models run about twice as fast as gcc 12 does; sanitizers do not mix.
SIM_CXX    = $(if $(SAN),$(CXX),clang++)
VERILATE   = env -u MAKEFLAGS -u MFLAGS verilator --cc --build -j 0 $(SIM_FLAGS) --CFLAGS '$(SAN) -fPIC' -MAKEFLAGS 'CXX=$(SIM_CXX) $(SIMOPT)'
CXX_SIM    = $(CXX) -std=gnu++17 -Wall -Wextra $(WERROR) -Isim $(SIM_INC) $(SAN) -fPIC $(CXXFLAGS)

# A top is made again when a file changes that it was made of: Verilator looks for modules by name and
# lists those that it read.
# $(call flavour,NAME,PROGRAM,RTL FOLDER,FILES TO WAIT FOR,VERILATOR OPTIONS,TRACE 0|1,RUNTIME,LIBRARIES,
#   NUMBER OF FAULTS,MORE PACKAGES)
define flavour
$(SIMB)/sim/$(1)/%/model.a: | $(4) $(BUILD)/deps-build.ok
	@$$(if $$(filter 0,$$(V)),echo "  VERILATE l1t_$$* ($(1))")
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(VERILATE) $(5) --top-module l1t_$$* --prefix Vl1t_$$* --Mdir $$(@D) \
	  $(RTL_DIR:rtl/%=-y $(3)/%) $(10) $(RTL_PKG:rtl/%=$(3)/%) $$(patsubst rtl/%,$(3)/%,$$(wildcard rtl/*/l1t_$$*.sv)) \
	  >$$(@D)/log 2>&1 || { cat $$(@D)/log >&2; exit 1; }
	$$(Q)sed 's|.* : |$$@: |' $$(@D)/Vl1t_$$*__ver.d >$$(@D)/model.d
	$$(Q)tr ' ' '\n' <$$(@D)/model.d | sed -n '/\.sv$$$$/s/$$$$/:/p' >>$$(@D)/model.d
	$$(Q)cp $$(@D)/Vl1t_$$*__ALL.a $$@
$(SIMB)/sim/$(1)/%_dut.o: sim/l1t_%_dut.cpp $(wildcard sim/*.h sim/*.hpp) $(SIMB)/sim/$(1)/%/model.a
	$$(Q)$$(CXX_SIM) -DVM_TRACE=$(6) -DL1T_DUT_FAULTS=$(9) -isystem $(SIMB)/sim/$(1)/$$* -c $$< -o $$@
$(SIMB)/sim/$(1)/runtime.a: | $(BUILD)/deps-build.ok
	@$$(if $$(filter 0,$$(V)),echo "  CXX     verilated.cpp ($(1))")
	$$(Q)mkdir -p $$(@D)
	$$(Q)for f in $(7); do $(CXX) -std=gnu++17 $$(SIM_INC) -DVM_TRACE=$(6) -DVM_TRACE_FST=$(6) $(SAN) \
	  -fPIC -O2 -c $$(SIM_ROOT)/include/$$$$f.cpp -o $$(@D)/$$$$f.o || exit 1; done
	$$(Q)ar rcs $$@ $$(patsubst %,$$(@D)/%.o,$(7))
$(2): $(CMD_O) $(B)/gen/duts.o $(TOPS:%=$(SIMB)/sim/$(1)/%_dut.o) $(TOPS:%=$(SIMB)/sim/$(1)/%/model.a) \
      $(SIMB)/sim/$(1)/runtime.a $(LIB_A)
	@$$(if $$(filter 0,$$(V)),echo "  LINK    $$@")
	$$(Q)$$(LINK) $$^ -o $$@ $$(LIBS) $(8) -latomic
endef

RUNTIME    := verilated verilated_threads
N_FAULTS   := $(words $(shell awk '/^[a-z]/ {print "x"}' $(FAULTS) /dev/null))
FAULT_PKG  := $(B)/faulty/common/l1t_fault_pkg.sv
$(eval $(call flavour,fast,$(PROGRAM),rtl,,,0,$(RUNTIME),,0,))
$(eval $(call flavour,wave,$(WAVE),$(B)/faulty,$(B)/faulty/rtl.ok,--trace-fst,1,$(RUNTIME) verilated_fst_c,-lz,$(N_FAULTS),$(FAULT_PKG)))
$(eval $(call flavour,faulty,$(FAULTY),$(B)/faulty,$(B)/faulty/rtl.ok,,0,$(RUNTIME),,$(N_FAULTS),$(FAULT_PKG)))
-include $(wildcard $(SIMB)/sim/*/*/model.d)

$(B)/faulty/rtl.ok: $(RTL_ALL) $(FAULTS) tools/inject_faults.sh
	$(Q)rm -rf $(@D).new && tools/inject_faults.sh $(@D).new $(FAULTS) >/dev/null
	$(Q)cd $(@D).new && for f in */*.sv; do \
	  cmp -s $$f $(abspath $(@D))/$$f || { mkdir -p $(abspath $(@D))/$${f%/*} && cp $$f $(abspath $(@D))/$$f; } || exit 1; done
	$(Q)rm -rf $(@D).new && touch $@
# Files that stay the same keep their time, and what was made of them stays.
$(FAULT_PKG) $(RTL_ALL:rtl/%=$(B)/faulty/%): $(B)/faulty/rtl.ok ;
wave: $(WAVE) ## the program that writes waveforms: l1twin-wave cosim jet --wave FILE.fst

# ---- tests -------------------------------------------------------------------------------------------------

$(call obj,$(TEST_C)): | $(BUILD)/deps-test.ok
$(TEST_A): $(call obj,$(TEST_C))
	$(Q)mkdir -p $(@D) && rm -f $@ && ar rcs $@ $^
$(B)/tests/%: tests/%.c $(TEST_A) $(LIB_A) | $(BUILD)/deps-test.ok
	$(Q)mkdir -p $(@D)
	@$(if $(filter 0,$(V)),echo "  TEST    $<")
	$(Q)$(COMPILE) -Itests/unit -I. $< $(TEST_A) $(LIB_A) -o $@ -lcunit $(LIBS)

$(B)/tests/fuzz/replay: $(wildcard tests/fuzz/*.c) $(LIB_A) | $(BUILD)/deps-test.ok
	$(Q)mkdir -p $(@D)
	@$(if $(filter 0,$(V)),echo "  TEST    tests/fuzz/replay.c")
	$(Q)$(COMPILE) -Itests/unit -I. $(wildcard tests/fuzz/*.c) $(LIB_A) -o $@ $(LIBS)

test-san-build: $(BUILD)/deps-test.ok
	$(Q)$(MAKE) --no-print-directory VARIANT=san WERROR=$(WERROR) san-programs
san-programs: $(UNIT) $(B)/tests/fuzz/replay

test-unit: $(UNIT) ## unit tests alone
	$(Q)tests/run.sh $(UNIT)
test-golden: $(GOLDEN) ## golden data alone
	$(Q)tests/run.sh $(GOLDEN)
test-cli: $(PROGRAM) ## command line alone
	$(Q)L1TWIN=$(abspath $(PROGRAM)) tests/run.sh $(CLI_T)
test-cosim: $(PROGRAM) $(FAULTY) ## co-simulation alone
	$(Q)L1TWIN=$(abspath $(PROGRAM)) L1TWIN_FAULTY=$(abspath $(FAULTY)) tests/run.sh $(COSIM_T)

conformance: $(PROGRAM) $(FAULTY) $(WAVE) $(GOLDEN) $(RANDOM_MENU) ## every golden record, model and RTL
	$(Q)L1TWIN=$(abspath $(PROGRAM)) L1TWIN_RANDOM_MENU=$(abspath $(RANDOM_MENU)) \
	  L1T_TEST_TIMEOUT=$${L1T_TEST_TIMEOUT:-3600} tests/run.sh $(GOLDEN) tests/cosim/conformance.sh \
	  tests/cosim/conformance_gt.sh tests/cosim/conformance_gt_random.sh \
	  tests/cli/conformance_rates.sh tests/cosim/wave.sh
soak: $(PROGRAM) ## long co-simulation on generated events (SOAK_EVENTS=20000)
	$(Q)L1TWIN=$(abspath $(PROGRAM)) tests/run.sh tests/cosim/soak.sh
bench: $(BENCH) $(PROGRAM) ## speed, as ratios measured in one run; never pass or fail
	$(Q)for b in $(BENCH); do echo "== $$(basename $$b)"; $$b || exit 1; done
	$(Q)L1TWIN=$(abspath $(PROGRAM)) tests/bench/bench_cosim.sh

# Printed from models/l1t_formats.def and committed, for readers of rtl/; a unit test compares.
formats: $(B)/tests/gen_formats ## rewrite rtl/common/l1t_formats_pkg.sv
	$(Q)$< >rtl/common/l1t_formats_pkg.sv
$(B)/tests/gen_formats: tools/gen_formats.c $(LIB_A)
	$(Q)mkdir -p $(@D)
	$(Q)$(COMPILE) $< $(LIB_A) -o $@ $(LIBS)

# ---- style, analysis, synthesis ------------------------------------------------------------------------
lint: $(BUILD)/deps-lint.ok all ## formatting, two compilers, clang-tidy, cppcheck, RTL lint, layers
	$(Q)tools/lint.sh full
lint-quick: $(BUILD)/deps-lint.ok ## what of it takes under two minutes
	$(Q)tools/lint.sh quick
format: $(BUILD)/deps-lint.ok ## clang-format in place
	$(Q)git ls-files '*.c' '*.h' '*.cpp' '*.hpp' | xargs clang-format -i
synth: $(BUILD)/deps-lint.ok ## resources and depth of the RTL by Yosys
	$(Q)tools/synth.sh

# ---- install -----------------------------------------------------------------------------------------------
$(B)/l1twin.1: $(PROGRAM)
	$(Q)$(PROGRAM) help --man >$@
$(B)/l1twin.bash: $(PROGRAM)
	$(Q)$(PROGRAM) completion bash >$@
$(B)/l1twin.pc: l1twin.pc.in FORCE
	$(Q)mkdir -p $(@D)
	$(Q)sed 's|@prefix@|$(prefix)|; s|@version@|$(shell sed -n 's/^## \([0-9.]*\).*/\1/p' CHANGELOG.md | head -1)|' $< >$@

install: all ## to DESTDIR/prefix
	$(Q)install -d $(DESTDIR)$(prefix)/bin $(DESTDIR)$(prefix)/lib/pkgconfig \
	  $(DESTDIR)$(prefix)/include/l1t $(DESTDIR)$(prefix)/include/l1twin/calo \
	  $(DESTDIR)$(prefix)/include/l1twin/muon $(DESTDIR)$(prefix)/include/l1twin/gt \
	  $(DESTDIR)$(prefix)/share/man/man1 $(DESTDIR)$(prefix)/share/bash-completion/completions
	$(Q)install $(PROGRAM) $(DESTDIR)$(prefix)/bin/
	$(Q)install -m 644 $(LIB_A) $(DESTDIR)$(prefix)/lib/
	$(Q)install $(LIB_SO) $(DESTDIR)$(prefix)/lib/
	$(Q)ln -sf libl1twin.so.0 $(DESTDIR)$(prefix)/lib/libl1twin.so
	$(Q)install -m 644 $(B)/l1twin.pc $(DESTDIR)$(prefix)/lib/pkgconfig/
	$(Q)install -m 644 $(HEADERS) $(DESTDIR)$(prefix)/include/l1t/
	$(Q)install -m 644 sim/l1t_dut.h sim/l1t_gt_menu.h $(DESTDIR)$(prefix)/include/l1twin/
	$(Q)install -m 644 $(wildcard models/*.h models/*.def) $(DESTDIR)$(prefix)/include/l1twin/
	$(Q)install -m 644 $(wildcard models/calo/*.h) $(DESTDIR)$(prefix)/include/l1twin/calo/
	$(Q)install -m 644 $(wildcard models/muon/*.h) $(DESTDIR)$(prefix)/include/l1twin/muon/
	$(Q)install -m 644 $(filter-out %_internal.h %_quantity.h,$(wildcard models/gt/*.h)) $(DESTDIR)$(prefix)/include/l1twin/gt/
	$(Q)install -m 644 $(B)/l1twin.1 $(DESTDIR)$(prefix)/share/man/man1/
	$(Q)install -m 644 $(B)/l1twin.bash \
	  $(DESTDIR)$(prefix)/share/bash-completion/completions/l1twin
	$(Q)for d in curves menus paths scales spectra studies; do \
	  install -d $(DESTDIR)$(DATADIR)/$$d; \
	  install -m 644 configs/$$d/* $(DESTDIR)$(DATADIR)/$$d/; done
uninstall: ## what install put there
	$(Q)rm -rf $(DESTDIR)$(prefix)/bin/l1twin $(DESTDIR)$(prefix)/lib/libl1twin.* \
	  $(DESTDIR)$(prefix)/lib/pkgconfig/l1twin.pc $(DESTDIR)$(prefix)/include/l1t \
	  $(DESTDIR)$(prefix)/include/l1twin $(DESTDIR)$(prefix)/share/man/man1/l1twin.1 \
	  $(DESTDIR)$(prefix)/share/bash-completion/completions/l1twin $(DESTDIR)$(DATADIR)
clean: ## everything made
	$(Q)rm -rf $(BUILD)

.PHONY: FORCE all run test test-unit test-golden test-cosim test-cli test-san-build san-programs \
        conformance soak bench wave formats lint lint-quick format synth install uninstall clean help deps
.SECONDARY:
FORCE:

-include $(shell find $(B) -name '*.d' 2>/dev/null)
