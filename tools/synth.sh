#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Resources and depth of the RTL by Yosys, vendor-free: `synth -lut 6`, no carry chains, no DSP, no
# block RAM. An open estimate to compare versions with, not what a vendor's tool will report.
#
#   tools/synth.sh            table: module, parameters, LUT6, FF, LUT levels, seconds (TSV)
#   tools/synth.sh --all      the slow rows too
#   tools/synth.sh --check    every top elaborates, and no wire is undriven or driven twice
#
# Wide blocks are cut down, as the second column says: window maxima to one of 72 lanes, sums and tiles to
# 12 of 72 columns, blocks behind them to one of 36 slots, the muon sorters to 20 of 74 bits a muon;
# they grow in proportion.
set -u
cd "$(dirname "$0")/.." || exit 3
limit=${SYNTH_SECONDS:-600}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

packages=$(echo "$PWD"/rtl/*/*_pkg.sv)
modules=
for file in "$PWD"/rtl/*/*.sv; do
    case $file in
    *_pkg.sv) ;;
    *) modules="$modules $file" ;;
    esac
done

# Deferred: a module is elaborated only with the parameters it is used with.
read_rtl="read_verilog -sv -defer $packages $modules"

if [ "${1:-}" = --check ]; then
    blank='verilog_defines -DL1T_ROM_BLANK; '
    bad=0
    for shim in sim/l1t_*_dut.cpp; do
        top=$(basename "$shim" _dut.cpp)
        if ! timeout "$limit" yosys -q -p "$blank$read_rtl; hierarchy -check -top $top; proc;
                check -assert" >"$work/log" 2>&1; then
            echo "$top: Yosys failed or took more than $limit s"
            cat "$work/log"
            bad=1
        fi
    done
    exit $bad
fi

# row MODULE [PARAMETER VALUE]...
row() {
    module=$1
    shift
    what='' set_parameters=''
    while [ $# -gt 0 ]; do
        what="$what${what:+ }$1=$2"
        set_parameters="$set_parameters -chparam $1 $2"
        shift 2
    done
    start=$(date +%s)
    if ! (cd "$work" && timeout "$limit" yosys -p "$read_rtl;
            hierarchy -check -top $module$set_parameters;
            synth -lut 6 -flatten -top $module; stat; ltp -noff") >"$work/log" 2>&1; then
        printf '%s\t%s\t-\t-\t-\t%s\n' "$module" "$what" $(($(date +%s) - start))
        return
    fi
    awk -v module="$module" -v what="$what" -v seconds=$(($(date +%s) - start)) '
        /Printing statistics/ { lut = 0; ff = 0 }
        $1 == "$lut" { lut = $2 }
        $1 ~ /^\$_.*DFF/ { ff += $2 }
        match($0, /length=[0-9]+/) { levels = substr($0, RSTART + 7, RLENGTH - 7) }
        END { print module "\t" what "\t" lut "\t" ff "\t" levels "\t" seconds }' OFS='\t' "$work/log"
}

# Tables full of noise in place of memory images, so that nothing is optimised away.
image() {
    awk -v depth="$2" -v width="$3" 'BEGIN { srand(1)
        for (i = 0; i < depth; i++) printf "%x\n", int(rand() * 2 ^ width) }' >"$work/$1.mem"
}
image l1t_jet_pt_bin 256 4
image l1t_jet_eta_bin 64 4
image l1t_jet_calibration 2048 18
image l1t_egamma_compress 1024 12
image l1t_egamma_trimming 4096 7
image l1t_egamma_calibration 4096 10
image l1t_egamma_isolation_0 8192 9
image l1t_egamma_isolation_1 8192 9
image l1t_sums_ntt_bin 256 5
image l1t_sums_met_min 2048 9
image l1t_tau_compress 4096 5
image l1t_tau_calibration 512 10
image l1t_tau_isolation 4096 9
for pair in ob oe oo ee; do image l1t_ugmt_match_${pair}_plus 512 1; done
image l1t_ugmt_eta_barrel 4096 4
image l1t_ugmt_phi_barrel 4096 4
image l1t_ugmt_rank 8192 10
image l1t_ugmt_eta_region 512 5
image l1t_ugmt_phi_region 1024 6
image l1t_ugmt_absolute 32 1
image l1t_gt_calo_calo_deta 230 14
image l1t_gt_calo_calo_dphi 73 12
image l1t_gt_calo_calo_cosh 230 24
image l1t_gt_calo_calo_cos 73 11
image l1t_gt_pt_eg 512 12
image l1t_ugmt_relative 16384 1

printf 'module\tparameters\tlut6\tff\tlevels\tseconds\n'
row l1t_jet_max Phis 9 Lanes 1
row l1t_jet_sums Phis 12
row l1t_jet_pus Lanes 1
row l1t_jet_cal Lanes 1
row l1t_bitonic_merge N 16 Width 21
row l1t_jet_select
row l1t_tau_secondary Slots 1
row l1t_tau_merge Lanes 1
row l1t_tau_bins Lanes 1
row l1t_tau_cal Lanes 1
row l1t_tau_iso Lanes 1
row l1t_sort_chain
row l1t_sort
row l1t_jet_sort
row l1t_ntt
row l1t_cluster_max Phis 9 Lanes 1
row l1t_cluster_tile Phis 12
row l1t_cluster_members Lanes 1
row l1t_cluster_measure Lanes 1
row l1t_egtau_window Phis 12
row l1t_egamma_trim Lanes 1
row l1t_egamma_cal Lanes 1
row l1t_egamma_id Lanes 1
row l1t_egamma_iso Lanes 1
row l1t_egtau_sort
row l1t_egtau_demux
row l1t_sums_threshold
row l1t_sums_columns
row l1t_sums_ring
row l1t_sums_flags
row l1t_sums_jets
row l1t_cordic
row l1t_sums_asymmetry
row l1t_sums_demux
row l1t_ugmt_decode
row l1t_ugmt_extrapolate Lanes 1
row l1t_ugmt_rank Lanes 1
row l1t_ugmt_near
row l1t_ugmt_address Finder 0
row l1t_ugmt_address Finder 2
row l1t_ugmt_sort N 18 Best 4 Width 20
row l1t_ugmt_sums Lanes 1
row l1t_ugmt_isolate Lanes 1
row l1t_ugmt_words
row l1t_gt_decode
row l1t_gt_history Width 4112
row l1t_gt_signs
row l1t_gt_leg Slots 12 Threshold 70
row l1t_gt_pair_values N1 1 N2 1 Mass 0
row l1t_gt_pair_values N1 1 N2 1 Delta 0
row l1t_gt_window N1 1 N2 1 Width 57
row l1t_gt_comb Legs 4 Slots 12
row l1t_gt_pair N1 12 N2 12 Same 1
row l1t_gt_pair N1 12 N2 12 Same 1 Copies 12
row l1t_gt_triple_values N 8
row l1t_gt_triple N 8
row l1t_gt_overlap
row l1t_gt_prescaler N 1
row l1t_gt_counters N 2
row l1t_gt_final N 8 Orbit 64
[ "${1:-}" = --all ] || exit 0
row l1t_jet_demux
row l1t_ugmt_sort N 24 Best 8 Width 20
row l1t_ugmt_sort N 36 Best 8 Width 20
row l1t_ugmt_side
row l1t_gt_triple_values N 12
