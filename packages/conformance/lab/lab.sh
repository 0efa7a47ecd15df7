#!/usr/bin/env bash
# lab.sh [--] CMD [ARGS...]
#
# Runs CMD in a network namespace of its own, in which the documentation addresses (RFC 5737, RFC 3849) are real.
# No interface leads out of it, so no packet can leave. Works as root and as an ordinary user (user namespaces).
#
#   192.0.2.2, 2001:db8::2                     CMD's own addresses
#   192.0.2.53, 2001:db8::53                   DNS server, UDP and TCP, for *.example.test (zone.mjs)
#   203.0.113.0/24, 2001:db8:1::/48            every address answers or refuses
#     .80 ::80   HTTP on 80, HTTPS on 443        .82 ::82   resets at the first byte, or after 1 s
#     .81 ::81   refused (nothing listens)       .83 ::83   accepts, never answers
#     .84 ::84   HTTP on 80, always 204
#   198.51.100.0/25,   2001:db8:dead::/48      black hole: ETIMEDOUT after about 3 s
#   198.51.100.128/26, 2001:db8:3::/48         unreachable: EHOSTUNREACH
#   198.51.100.192/26, 2001:db8:4::/48         prohibited: EACCES
#   everything else                            unreachable: EHOSTUNREACH
#
# CMD's environment gains NETAUDIT_LAB=1, and the path of the lab's certificate authority in NETAUDIT_LAB_CA,
# NODE_EXTRA_CA_CERTS, SSL_CERT_FILE and CURL_CA_BUNDLE.
#
# Exit status: CMD's own (128+n for a signal); 125 = the lab itself failed. When CMD ends, whatever still runs in the
# namespace is ended too. The lab's files live on a tmpfs in a private mount namespace, over lab/scratch, so they go
# with it: nothing can be left behind, and nothing outside is changed.
set -u

main() {
  if [ "${1:-}" = --inside-lab ]; then
    shift
    inside "$@"
  fi
  case "${1:-}" in
    -h | --help) sed -n '2,/^set -u/s/^# \{0,1\}//p' "$self"; exit 0 ;;
    --) shift ;;
  esac
  [ $# -gt 0 ] || fail 'no command given. Usage: lab.sh [--] CMD [ARGS...]'
  require_tools
  [ -d "$scratch" ] || fail "the folder $scratch is missing. Create it: mkdir $scratch"
  enter_namespaces "$@"
}

fail() {
  echo "lab.sh: $*" >&2
  exit 125
}

require_tools() {
  need unshare util-linux
  need mount mount
  need setpriv util-linux
  need ip iproute2
  need openssl openssl
  [ -n "$node" ] || fail 'node is not in PATH. With sudo, keep the path: sudo env "PATH=$PATH" lab.sh CMD'
}

need() {
  command -v "$1" >/dev/null || fail "$1 is missing. Install it: sudo apt-get install -y $2"
}

# Replaces this shell: from here to CMD's end, the process that the caller started is the lab.
enter_namespaces() {
  if [ "$(id -u)" = 0 ] && unshare -n -m true 2>/dev/null; then
    exec unshare -n -m -- "$self" --inside-lab root "${SUDO_UID:-0}" "${SUDO_GID:-0}" "$@"
  fi
  if unshare -U -r -n -m ip link set lo up 2>/dev/null; then
    exec unshare -U -r -n -m -- "$self" --inside-lab user "$(id -u)" "$(id -g)" "$@"
  fi
  fail "this machine does not let us create a network namespace. $(namespace_advice)"
}

namespace_advice() {
  if [ "$(setting kernel/apparmor_restrict_unprivileged_userns)" = 1 ]; then
    echo 'AppArmor restricts user namespaces: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or sudo env "PATH=$PATH" lab.sh CMD'
  elif [ "$(setting kernel/unprivileged_userns_clone)" = 0 ]; then
    echo 'User namespaces are off: sudo sysctl -w kernel.unprivileged_userns_clone=1'
  elif [ "$(setting user/max_user_namespaces)" = 0 ]; then
    echo 'User namespaces are off: sudo sysctl -w user.max_user_namespaces=10000'
  else
    echo 'In a container, start it with: docker run --privileged'
  fi
}

setting() {
  cat "/proc/sys/$1" 2>/dev/null
}

# ---- Everything below runs in the new namespaces, as their root.

inside() {
  local mode=$1 uid=$2 gid=$3
  shift 3
  refuse_a_network_in_use
  run mount -t tmpfs -o mode=755 netaudit-lab "$scratch"
  make_certificates >"$scratch/openssl.log" 2>&1 &
  local certificates=$!
  lay_network
  tune_kernel
  redirect_names
  wait "$certificates" || fail "openssl failed: $(tail -n 1 "$scratch/openssl.log")"
  choose_identity "$mode" "$uid" "$gid"
  PATH=$caller_path exec "$node" "$here/run.mjs" "$scratch" "${identity[@]}" "$@"
}

# What we were told proves nothing; a fresh namespace shows it: no interface is up, and our starter is not in it.
refuse_a_network_in_use() {
  local up
  up=$(ip -o link show up) || fail 'cannot list the network interfaces'
  if [ -n "$up" ] || [ "/proc/$PPID/ns/net" -ef /proc/self/ns/net ]; then
    fail 'this network is in use, and only a namespace of our own may be changed. Start the lab without --inside-lab'
  fi
}

run() {
  local said
  said=$("$@" 2>&1) || fail "\"$*\" failed: $said"
}

lay_network() {
  run ip link set lo up
  add_interface
  [ -w /proc/sys/net/ipv6/conf/all/disable_ipv6 ] && echo 0 >/proc/sys/net/ipv6/conf/all/disable_ipv6
  batch -4 < <(addresses_v4)
  if [ -d /proc/sys/net/ipv6 ]; then batch -6 < <(addresses_v6); fi
}

# An interface that swallows packets: dummy, or else one end of a veth pair whose other end has no address.
add_interface() {
  if ! ip link add lab0 type dummy 2>/dev/null; then
    run ip link add lab0 type veth peer name lab0peer
    run ip link set lab0 arp off
    run ip link set lab0peer arp off up
  fi
  run ip link set lab0 up
}

batch() {
  local said
  said=$(ip "$1" -batch - 2>&1) || fail "laying the routes failed (ip $1): $said"
}

addresses_v4() {
  cat <<'END'
addr add 192.0.2.53/32 dev lo
addr add 192.0.2.2/24 dev lab0
route add local 203.0.113.0/24 dev lo src 192.0.2.2
route add 198.51.100.0/25 dev lab0
route add unreachable 198.51.100.128/26
route add prohibit 198.51.100.192/26
route add unreachable default
END
}

# bind() to an IPv6 address wants it assigned; a local route is not enough, as it is for IPv4. Without nodad the
# addresses are unusable for a second.
addresses_v6() {
  cat <<'END'
addr add 2001:db8::53/128 dev lo nodad
addr add 2001:db8::2/64 dev lab0 nodad
addr add 2001:db8:1::80/128 dev lo nodad
addr add 2001:db8:1::82/128 dev lo nodad
addr add 2001:db8:1::83/128 dev lo nodad
addr add 2001:db8:1::84/128 dev lo nodad
route add local 2001:db8:1::/48 dev lo src 2001:db8::2
route add 2001:db8:dead::/48 dev lab0
route add unreachable 2001:db8:3::/48
route add prohibit 2001:db8:4::/48
route add unreachable default
END
}

# These belong to the namespace, not to the machine. One SYN retry makes the black hole answer ETIMEDOUT in 3 s.
tune_kernel() {
  [ -w /proc/sys/net/ipv4/tcp_syn_retries ] || mount -o remount,bind,rw /proc/sys 2>/dev/null
  tune net/ipv4/tcp_syn_retries 1
  tune net/ipv4/ip_unprivileged_port_start 0
  tune net/ipv4/ping_group_range '0 2147483647'
}

tune() {
  { echo "$2" >"/proc/sys/$1"; } 2>/dev/null || true
}

# Unix sockets cross network namespaces, so the machine's own resolvers are covered as well.
redirect_names() {
  mkdir "$scratch/covered"
  printf 'nameserver 192.0.2.53\noptions timeout:1 attempts:2\n' >"$scratch/resolv.conf"
  cp "$scratch/resolv.conf" "$scratch/covered/resolv.conf"
  cp "$scratch/resolv.conf" "$scratch/covered/stub-resolv.conf"
  local folder
  for folder in /run/systemd/resolve /run/nscd /var/run/nscd /run/dbus; do
    [ -d "$folder" ] && run mount --bind "$scratch/covered" "$folder"
  done
  [ -e /etc/resolv.conf ] || fail '/etc/resolv.conf is missing. Create it: sudo touch /etc/resolv.conf'
  grep -qx 'nameserver 192.0.2.53' /etc/resolv.conf || run mount --bind "$scratch/resolv.conf" /etc/resolv.conf
  if [ -e /etc/nsswitch.conf ]; then
    sed 's/^hosts:.*/hosts: files dns/' /etc/nsswitch.conf >"$scratch/nsswitch.conf"
    run mount --bind "$scratch/nsswitch.conf" /etc/nsswitch.conf
  fi
}

# A throw-away authority and one certificate for all names of the lab.
make_certificates() {
  cd "$scratch" || return
  local key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
  # shellcheck disable=SC2086
  openssl req -x509 $key -keyout ca.key -out ca.pem -days 30 -subj '/CN=netaudit lab authority' &&
    openssl req $key -keyout key.pem -out request.pem -subj '/CN=example.test' &&
    echo 'subjectAltName=DNS:example.test,DNS:*.example.test,IP:203.0.113.80,IP:2001:db8:1::80' >names &&
    openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -out cert.pem -days 30 -extfile names
}

# The words to put before CMD so that it runs as the caller, not as the namespace's root.
choose_identity() {
  local mode=$1 uid=$2 gid=$3
  identity=()
  [ "$uid" = 0 ] && return
  if [ "$mode" = user ]; then
    identity=(unshare -U "--map-user=$uid" "--map-group=$gid" --)
  elif getent passwd "$uid" >/dev/null; then
    export HOME
    HOME=$(getent passwd "$uid" | cut -d: -f6)
    identity=(setpriv "--reuid=$uid" "--regid=$gid" --init-groups --)
  else
    identity=(setpriv "--reuid=$uid" "--regid=$gid" --clear-groups --)
  fi
}

caller_path=$PATH
PATH=$PATH:/usr/sbin:/sbin # ordinary users often lack the folder of ip
self=$(readlink -f "${BASH_SOURCE[0]}")
here=$(dirname "$self")
scratch=$here/scratch
node=$(command -v node)
main "$@"
