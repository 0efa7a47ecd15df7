/** Where the way sends to is made from its place in this list: an address and a port of its own. */
const place = (index) => ({ address: `203.0.113.${100 + index}`, port: 21_000 + index });

const javascript = (id, title) => ({ id, title, by: 'JavaScript', run: 'javascript' });
const child = (id, title, needs) => ({ id, title, by: 'a child', run: 'javascript', needs });
const native = (id, title, more = {}) => ({ id, title, by: 'native code', run: 'native', ...more });

/**
 * Every way out. `needs`: a program that must be there. `helper`: what stands outside of the audit for it. `alone`: it is run by itself, as it ends or
 * darkens the audit. `recorded`: in a trace that was made without the auditor.
 */
export const ways = [
  javascript('fetch', 'fetch'),
  javascript('http', 'http.request'),
  javascript('https', 'https.request'),
  javascript('http2', 'http2.connect'),
  javascript('websocket', 'WebSocket, over http'),
  javascript('net', 'net.connect'),
  javascript('tls', 'tls.connect'),
  javascript('dgram', 'dgram, send'),
  javascript('dgram-connected', 'dgram, connect and send'),
  javascript('quic', 'QUIC-like datagrams (HTTP/3)'),
  javascript('dns-resolve', 'dns.resolve'),
  javascript('dns-lookup', 'dns.lookup'),
  javascript('dns-tunnel', 'data in the names of DNS queries'),
  javascript('worker', 'net.connect in a worker thread'),
  javascript('late', 'net.connect after the end of the test'),
  javascript('accepted', 'data to who connects to a server of the test'),
  javascript('door', 'a daemon with docker.sock'),
  child('curl', 'curl', 'curl'),
  child('fork', 'child_process.fork'),
  child('cluster', 'a cluster worker'),
  child('python', 'Python, socket', 'python3'),
  child('shell', 'bash, /dev/tcp', 'bash'),
  native('syscall', 'connect by syscall(2)'),
  native('nonblocking', 'connect that is in progress'),
  native('native-thread', 'connect on a thread of its own'),
  native('sendto', 'sendto with an address'),
  native('sendmsg', 'sendmsg with an address'),
  native('sendmmsg', 'sendmmsg with an address'),
  native('unspec', 'sendto with AF_UNSPEC'),
  native('fastopen', 'TCP fast open, MSG_FASTOPEN'),
  native('fastopen-connect', 'TCP fast open, TCP_FASTOPEN_CONNECT'),
  native('mptcp', 'MPTCP'),
  native('int80', '32-bit calls by int 0x80'),
  native('daemon', 'a daemon that forks twice'),
  native('raw', 'raw socket'),
  native('packet', 'packet socket, sendto'),
  native('packet-bound', 'packet socket, bind and write'),
  native('vsock', 'vsock', { helper: 'vsock' }),
  native('scm-rights', 'a socket received from outside (SCM_RIGHTS)', { helper: 'pass' }),
  native('pidfd-getfd', 'a socket taken from outside (pidfd_getfd)', { helper: 'hold' }),
  native('io-uring', 'io_uring'),
  native('io-uring', 'io_uring, in a trace recorded elsewhere', { recorded: true }),
  native('seccomp-filter', 'connect behind a seccomp filter of its own'),
  native('seccomp-notify', 'connect by a seccomp supervisor', { alone: true }),
  native('untraced', 'clone with CLONE_UNTRACED', { alone: true }),
  native('inherited', 'a socket inherited as standard input', { alone: true, helper: 'stdin' }),
  native('kill-tracer', 'connect after SIGKILL to the tracer', { alone: true }),
].map((way, index) => ({ ...way, ...place(index) }));
