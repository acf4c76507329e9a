#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/examples/rate_array.sh on a Slurm of one node, which this test starts for itself. Optional: needs
# root and Debian's slurmctld, slurmd, slurm-client and munge, which are in no list of packages.
set -u
cd "$(dirname "$0")/../.." || exit 3
root=$(pwd)
l1twin=${L1TWIN:?the program to test}
case $l1twin in /*) ;; *) l1twin=$root/$l1twin ;; esac
for program in slurmctld slurmd munged sbatch sinfo; do
    if [ "$(id -u)" -ne 0 ] || ! command -v $program >/dev/null 2>&1; then
        echo "SKIPPED Slurm: needs root and $program"
        exit 0
    fi
done
work=$(mktemp -d) || exit 3
chmod 755 "$work"
stop() {
    for pid in "$work"/*.pid; do
        [ -s "$pid" ] && kill "$(cat "$pid")" 2>/dev/null
    done
    sleep 1
    rm -rf "$work"
}
trap stop EXIT

host=$(hostname -s)
port=$((20000 + $$ % 20000))
mkdir "$work/state" "$work/spool" "$work/run"
head -c 1024 /dev/urandom >"$work/key"
chmod 600 "$work/key"
cat >"$work/slurm.conf" <<EOF
ClusterName=l1twin
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
CryptoType=crypto/munge
AuthInfo=socket=$work/run/munge.socket
SlurmUser=root
SlurmdUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
EOF
export SLURM_CONF="$work/slurm.conf"
munged --force --key-file="$work/key" --socket="$work/run/munge.socket" --pid-file="$work/munged.pid" \
    --log-file="$work/munged.log" --seed-file="$work/seed" >"$work/log" 2>&1 &&
    slurmctld -c >>"$work/log" 2>&1 && slurmd >>"$work/log" 2>&1
ready=1
for _ in 1 2 3 4 5 6 7 8 9 10; do
    timeout 5 sinfo -h -o %T 2>/dev/null | grep -q idle && ready=0 && break
    sleep 1
done
if [ $ready -ne 0 ]; then
    echo "SKIPPED Slurm: it does not start here: $(tail -1 "$work/log")"
    exit 0
fi

cat >"$work/study.yaml" <<EOF
study: array
seed: 5
rates:
  menu: $root/configs/menus/run3.yaml
  beam: {bunches: 2544}
  samples:
    one: {spectra: $root/configs/spectra/run2.yaml, events: 60_000, externals: [BPTX_OR]}
EOF
export L1TWIN="$l1twin"
cd "$work" || exit 3
"$root/docs/examples/rate_array.sh" --submit 5 study.yaml out >ids 2>log
tries=0
while [ ! -e out/rates.tsv ] && [ $tries -lt 60 ]; do
    sleep 1
    tries=$((tries + 1))
done
if [ "$(find out -name 'shard-*.h5' | wc -l)" -eq 5 ] && "$l1twin" rate study.yaml --format tsv 2>log | cmp - out/rates.tsv; then
    echo "ok - a Slurm array of five shards and its merge: the bytes of one process"
else
    echo "not ok - a Slurm array of five shards and its merge"
    tail -5 log out/*.log slurmctld.log
    exit 1
fi
