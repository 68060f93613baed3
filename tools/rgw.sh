#!/usr/bin/env bash
# A real S3 server for the tests: one node of Ceph's object gateway on loopback, from Debian's own packages.
#   rgw.sh up DIR PORT      make it in DIR (first time) or start it again: http on PORT, https on PORT+1, its monitor on PORT+2
#   rgw.sh stop DIR         end it
#   rgw.sh crash DIR        kill all three daemons: what a power cut looks like to a client
#   rgw.sh hold DIR PORT    up; when standard input ends, kill it and remove DIR. Whoever holds the other end may die in any way.
# `up` and `hold` print one line: ready PORT CA-FILE ACCESS-KEY SECRET-KEY. The keys open nothing but this server.
# STORE=memstore keeps everything in memory (the default here); STORE=bluestore on a sparse file of SIZE bytes.
set -euo pipefail
command=${1:?up|stop|crash|hold}
dir=$(realpath -m "${2:?folder}")
port=${3:-17480}
conf=(-c "$dir/ceph.conf")

pids() { # gateway first; only a process that was started on this very folder, for a pid file outlives its process
  local file pid
  for file in client.rgw osd.0 mon.a; do
    [ -s "$dir/run/$file.pid" ] || continue
    pid=$(tr -d ' \n' <"$dir/run/$file.pid")
    { tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$dir/ceph.conf"; } 2>/dev/null && echo "$pid" || true
  done
}

gone() {
  for _ in $(seq 200); do [ -z "$(pids)" ] && return; sleep 0.1; done
  return 1
}

crash() {
  for pid in $(pids); do kill -9 "$pid"; done
  gone && rm -f "$dir"/run/*
}

stop() { # radosgw keeps no state and hangs at SIGTERM when its store goes first: it is ended first, and for good
  local pid
  for pid in $(pids); do
    if grep -q radosgw "/proc/$pid/cmdline"; then kill -9 "$pid"; else kill "$pid"; fi
  done
  gone && rm -f "$dir"/run/*
}

write_config() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$dir/key.pem" -out "$dir/ca.pem"
  cat "$dir/ca.pem" "$dir/key.pem" >"$dir/tls.pem"
  cat >"$dir/ceph.conf" <<X
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon_host = [v2:127.0.0.1:$((port + 2))/0]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
run_dir = $dir/run
log_file = $dir/log/\$name.log
crash_dir = $dir/log
admin_socket = $dir/run/\$name.asok
pid_file = $dir/run/\$name.pid
mon_data = $dir/mon
osd_data = $dir/osd
osd_objectstore = ${STORE:-memstore}
bluestore_block_size = ${SIZE:-4294967296}
bluestore_cache_autotune = false
bluestore_cache_size = 134217728
memstore_device_bytes = 2147483648
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 2
osd_pool_default_pgp_num = 2
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
osd_fast_shutdown = true
# a restarted osd waits out its old read lease (0.8 x grace) before it serves: 16 s by default
osd_heartbeat_grace = 3
osd_heartbeat_interval = 1
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
mon_data_avail_warn = 2
mon_data_avail_crit = 1
[client.rgw]
# radosgw's own defaults ask for cephx over a secure link; without these two it never gets past the monitor
ms_mon_client_mode = crc
auth_client_required = none
# it may start from a map that is older than the osd: ask again after 1 s instead of 10
objecter_tick_interval = 0.5
objecter_timeout = 1
rgw_frontends = beast endpoint=127.0.0.1:$port ssl_endpoint=127.0.0.1:$((port + 1)) ssl_certificate=$dir/tls.pem tcp_nodelay=1
rgw_dns_name = localhost
rgw_enable_apis = s3, admin
X
}

make_cluster() {
  local fsid
  fsid=$(sed -n 's/^fsid = //p' "$dir/ceph.conf")
  # without a map of its own the monitor sits at its well-known ports and never forms a quorum
  monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$((port + 2))]" "$dir/monmap"
  ceph-mon "${conf[@]}" -i a --mkfs --monmap "$dir/monmap"
  ceph-mon "${conf[@]}" -i a
  local uuid
  uuid=$(cat /proc/sys/kernel/random/uuid)
  ceph "${conf[@]}" --connect-timeout 30 osd new "$uuid"
  ceph-osd "${conf[@]}" -i 0 --mkfs --osd-uuid "$uuid"
}

answers() {
  for _ in $(seq 600); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") && return
    sleep 0.1
  done
  return 1
}

up() {
  local new=0
  [ -f "$dir/ceph.conf" ] || new=1
  mkdir -p "$dir"/{mon,osd,run,log}
  {
    if [ $new = 1 ]; then
      write_config
      make_cluster
    else
      ceph-mon "${conf[@]}" -i a
    fi
    ceph-osd "${conf[@]}" -i 0
    radosgw "${conf[@]}" -n client.rgw
    answers
    [ $new = 0 ] || radosgw-admin "${conf[@]}" user create --uid=test --display-name=test \
      --access-key=testkey --secret-key=testsecret0
  } </dev/null >>"$dir/log/up.log" 2>&1
  echo "ready $port $dir/ca.pem testkey testsecret0"
}

case $command in
  up) up ;;
  stop) stop ;;
  crash) crash ;;
  hold)
    trap 'crash || true; rm -rf "$dir"' EXIT # nothing is kept, so nothing need end in order
    trap '' INT PIPE
    up
    cat >/dev/null || true # until whoever holds the other end lets go of it
    ;;
esac
