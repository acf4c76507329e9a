#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A rate study as a Slurm array: every task decides one shard, a last job merges them.
#   sbatch --array=1-8 docs/examples/rate_array.sh study.yaml OUT       the shards
#   docs/examples/rate_array.sh --submit 8 study.yaml OUT               shards and merge
# A task that is run again leaves a shard alone that is there and complete, so after a failure the same
# command does what is missing. Merging waits until all tasks ended well.
#SBATCH --job-name=l1twin-rate
#SBATCH --ntasks=1
set -eu
l1twin=${L1TWIN:-l1twin}

if [ "${1:-}" = --submit ]; then
    shards=${2:?number of shards} study=${3:?study file} out=${4:?folder of the results}
    mkdir -p "$out"
    array=$(sbatch --parsable --array="1-$shards" --output="$out/shard-%a.log" "$0" "$study" "$out")
    sbatch --parsable --dependency="afterok:$array" --output="$out/merge.log" "$0" --merge "$out"
    exit
fi
if [ "${1:-}" = --merge ]; then
    out=${2:?folder of the shards}
    exec "$l1twin" merge "$out"/shard-*.h5 --format tsv -o "$out/rates.tsv"
fi
study=${1:?study file} out=${2:?folder of the results}
exec "$l1twin" rate "$study" --shard "${SLURM_ARRAY_TASK_ID:?run by sbatch --array}/${SLURM_ARRAY_TASK_COUNT:?}" \
    -o "$out/shard-$SLURM_ARRAY_TASK_ID.h5" --threads "${SLURM_CPUS_PER_TASK:-1}"
