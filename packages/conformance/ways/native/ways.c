/* Ways to get data out of a process that no library of JavaScript takes. Usage: ways WAY ADDRESS PORT [EXTRA]. Sends the text "way-WAY".
 * Exit status: 0 sent, 1 failed (the error is on standard error), 77 this machine can not do it. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/io_uring.h>
#include <linux/seccomp.h>
#include <linux/vm_sockets.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef TCP_FASTOPEN_CONNECT
#define TCP_FASTOPEN_CONNECT 30
#endif

static char text[80];
static struct sockaddr_in to;
static const char *extra;

static int fail(const char *what) {
  int absent = errno == ENOSYS || errno == EAFNOSUPPORT || errno == EPROTONOSUPPORT || errno == ENODEV || errno == EPERM;
  perror(what);
  return absent ? 77 : 1;
}

static int put(int fd) { return write(fd, text, strlen(text)) == (ssize_t)strlen(text) ? 0 : fail("write"); }

static int tcp(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  return connect(fd, (void *)&to, sizeof to) == 0 ? fd : -1;
}

static int way_syscall(void) {
  int fd = syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
  if (syscall(SYS_connect, fd, &to, sizeof to) != 0) return fail("connect");
  return syscall(SYS_write, fd, text, strlen(text)) > 0 ? 0 : fail("write");
}

static int way_sendto(void) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  return sendto(fd, text, strlen(text), 0, (void *)&to, sizeof to) > 0 ? 0 : fail("sendto");
}

static struct iovec vector;
static struct msghdr header(void) {
  vector = (struct iovec){text, strlen(text)};
  return (struct msghdr){.msg_name = &to, .msg_namelen = sizeof to, .msg_iov = &vector, .msg_iovlen = 1};
}

static int way_sendmsg(void) {
  struct msghdr message = header();
  return sendmsg(socket(AF_INET, SOCK_DGRAM, 0), &message, 0) > 0 ? 0 : fail("sendmsg");
}

static int way_sendmmsg(void) {
  struct mmsghdr messages[1] = {{.msg_hdr = header()}};
  return sendmmsg(socket(AF_INET, SOCK_DGRAM, 0), messages, 1, 0) == 1 ? 0 : fail("sendmmsg");
}

/* Linux takes AF_UNSPEC for AF_INET here (net/ipv4/udp.c, udp_sendmsg). */
static int way_unspec(void) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  to.sin_family = AF_UNSPEC;
  return sendto(fd, text, strlen(text), 0, (void *)&to, sizeof to) > 0 ? 0 : fail("sendto");
}

static int way_fastopen(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  return sendto(fd, text, strlen(text), MSG_FASTOPEN, (void *)&to, sizeof to) > 0 ? 0 : fail("sendto");
}

static int way_fastopen_connect(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  if (setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &on, sizeof on) != 0) return fail("setsockopt");
  return connect(fd, (void *)&to, sizeof to) == 0 ? put(fd) : fail("connect");
}

static int way_mptcp(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 262);
  if (fd < 0) return fail("socket");
  return connect(fd, (void *)&to, sizeof to) == 0 ? put(fd) : fail("connect");
}

static int way_nonblocking(void) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), error = 0;
  socklen_t size = sizeof error;
  connect(fd, (void *)&to, sizeof to);
  usleep(50000);
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  return put(fd);
}

/* One operation on a ring, through its memory (io_uring(7)). */
static int ring(int fd, unsigned *tail, unsigned *array, struct io_uring_sqe *entries, struct io_uring_sqe entry) {
  entries[0] = entry;
  array[*tail & 7] = 0;
  __atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
  return syscall(SYS_io_uring_enter, fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0);
}

static int way_io_uring(void) {
  struct io_uring_params params = {0};
  int fd = syscall(SYS_io_uring_setup, 8, &params);
  if (fd < 0) return fail("io_uring_setup");
  char *queue = mmap(0, params.sq_off.array + 8 * 4, PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_SQ_RING);
  struct io_uring_sqe *entries = mmap(0, 8 * sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_SQES);
  unsigned *tail = (unsigned *)(queue + params.sq_off.tail), *array = (unsigned *)(queue + params.sq_off.array);
  int out = socket(AF_INET, SOCK_STREAM, 0);
  ring(fd, tail, array, entries, (struct io_uring_sqe){.opcode = IORING_OP_CONNECT, .fd = out, .addr = (__u64)(size_t)&to, .off = sizeof to});
  return ring(fd, tail, array, entries, (struct io_uring_sqe){.opcode = IORING_OP_SEND, .fd = out, .addr = (__u64)(size_t)text, .len = strlen(text)}) == 1
             ? 0
             : fail("io_uring_enter");
}

#ifdef __x86_64__
static long int80(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory", "r8", "r9", "r10", "r11");
  return result;
}

/* The calls of i386 by interrupt; addresses must be below 4 GiB. */
static int way_int80(void) {
  char *low = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
  memcpy(low, &to, sizeof to);
  strcpy(low + 100, text);
  long fd = int80(359, AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || int80(362, fd, (long)low, sizeof to) != 0) { errno = ENOSYS; return fail("int 0x80"); }
  return int80(4, fd, (long)low + 100, strlen(text)) > 0 ? 0 : 1;
}
#else
static int way_int80(void) { errno = ENOSYS; return fail("int 0x80"); }
#endif

static int send_by_tcp(void *unused) {
  (void)unused;
  int fd = tcp();
  return fd < 0 ? 1 : put(fd);
}

static int way_untraced(void) {
  static char stack[1 << 16];
  int status = 0;
  pid_t pid = clone(send_by_tcp, stack + sizeof stack, CLONE_UNTRACED | SIGCHLD, NULL);
  if (pid < 0) return fail("clone");
  waitpid(pid, &status, 0);
  return WEXITSTATUS(status);
}

static int way_daemon(void) {
  if (fork() > 0) { wait(NULL); return 0; }
  setsid();
  if (fork() > 0) _exit(0);
  usleep(200000);
  _exit(send_by_tcp(NULL));
}

static void *run_thread(void *unused) { return (void *)(long)send_by_tcp(unused); }
static int way_thread(void) {
  pthread_t thread;
  void *result;
  pthread_create(&thread, NULL, run_thread, NULL);
  pthread_join(thread, &result);
  return (int)(long)result;
}

/* EXTRA: the Unix socket of a helper outside, which sends a connected socket (unix(7), SCM_RIGHTS). */
static int way_scm_rights(void) {
  struct sockaddr_un helper = {.sun_family = AF_UNIX};
  strncpy(helper.sun_path, extra, sizeof helper.sun_path - 1);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0), got = -1;
  if (connect(fd, (void *)&helper, sizeof helper) != 0) return fail("connect");
  char byte, control[CMSG_SPACE(sizeof(int))];
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  if (recvmsg(fd, &message, 0) != 1) return fail("recvmsg");
  memcpy(&got, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof got);
  return put(got);
}

/* EXTRA: PID,FD of a helper outside, which holds a connected socket. */
static int way_pidfd_getfd(void) {
  int pid = atoi(extra), fd = atoi(strchr(extra, ',') + 1);
  int handle = syscall(SYS_pidfd_open, pid, 0);
  int got = syscall(SYS_pidfd_getfd, handle, fd, 0);
  return got < 0 ? fail("pidfd_getfd") : put(got);
}

static unsigned short checksum(unsigned short *words, int count) {
  unsigned long sum = 0;
  while (count-- > 0) sum += *words++;
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum;
}

/* An IPv4 and UDP header, and the text. The sender is none of the machine's own addresses, as those are refused on input. */
static int datagram(char *packet) {
  struct iphdr *ip = (void *)packet;
  struct udphdr *udp = (void *)(packet + 20);
  int size = 28 + strlen(text);
  *ip = (struct iphdr){.version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_UDP, .tot_len = htons(size), .saddr = inet_addr("198.51.100.9"), .daddr = to.sin_addr.s_addr};
  ip->check = checksum((void *)ip, 10);
  *udp = (struct udphdr){.source = htons(40000), .dest = to.sin_port, .len = htons(size - 20)};
  memcpy(packet + 28, text, strlen(text));
  return size;
}

static int way_raw(void) {
  char packet[256];
  int fd = socket(AF_INET, SOCK_RAW, IPPROTO_RAW), size = datagram(packet);
  if (fd < 0) return fail("socket");
  struct sockaddr_in place = to;
  place.sin_port = 0;
  return sendto(fd, packet, size, 0, (void *)&place, sizeof place) > 0 ? 0 : fail("sendto");
}

static int packet_socket(struct sockaddr_ll *link) {
  *link = (struct sockaddr_ll){.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP), .sll_ifindex = if_nametoindex("lo"), .sll_halen = 6};
  return socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_IP));
}

static int way_packet(void) {
  char packet[256];
  struct sockaddr_ll link;
  int fd = packet_socket(&link), size = datagram(packet);
  if (fd < 0) return fail("socket");
  return sendto(fd, packet, size, 0, (void *)&link, sizeof link) > 0 ? 0 : fail("sendto");
}

/* Bound once, nothing more names a destination. */
static int way_packet_bound(void) {
  char frame[256] = {0};
  struct sockaddr_ll link;
  packet_socket(&link);
  int fd = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_IP)), size = datagram(frame + 14);
  if (fd < 0) return fail("socket");
  frame[12] = 8;
  if (bind(fd, (void *)&link, sizeof link) != 0) return fail("bind");
  return write(fd, frame, size + 14) > 0 ? 0 : fail("write");
}

static int way_vsock(void) {
  struct sockaddr_vm place = {.svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_LOCAL, .svm_port = ntohs(to.sin_port)};
  struct timeval wait = {0, 200000};
  int fd = socket(AF_VSOCK, SOCK_STREAM, 0);
  if (fd < 0) return fail("socket");
  setsockopt(fd, AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &wait, sizeof wait);
  return connect(fd, (void *)&place, sizeof place) == 0 ? put(fd) : fail("connect");
}

/* EXTRA: the tracer's pid is read from /proc. */
static int way_kill_tracer(void) {
  char line[200];
  int tracer = 0;
  FILE *status = fopen("/proc/self/status", "r");
  while (fgets(line, sizeof line, status)) sscanf(line, "TracerPid: %d", &tracer);
  if (tracer > 0) kill(tracer, SIGKILL);
  usleep(100000);
  return send_by_tcp(NULL);
}

static int install(struct sock_filter *filter, int length, unsigned flags) {
  struct sock_fprog program = {.len = length, .filter = filter};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

/* connect fails with EACCES before the tracer sees it, so nothing leaves by it; what it does not name still can. */
static int way_seccomp_filter(void) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_connect, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  if (install(filter, 4, 0) != 0) return fail("seccomp");
  return tcp() < 0 && errno == EACCES ? 0 : 1;
}

/* connect is handed to a supervisor, here another thread, which lets it go on: the tracer is not asked. */
static int listener = -1;
static void *supervise(void *unused) {
  struct seccomp_notif request = {0};
  syscall(SYS_ioctl, listener, SECCOMP_IOCTL_NOTIF_RECV, &request);
  struct seccomp_notif_resp answer = {.id = request.id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
  syscall(SYS_ioctl, listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
  return unused;
}

static int way_seccomp_notify(void) {
  pthread_t thread;
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_connect, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  listener = install(filter, 4, SECCOMP_FILTER_FLAG_NEW_LISTENER);
  if (listener < 0) return fail("seccomp");
  pthread_create(&thread, NULL, supervise, NULL);
  return send_by_tcp(NULL);
}

/* Standard input is a socket that somebody outside connected. */
static int way_inherited(void) { return put(0); }

static const struct { const char *name; int (*take)(void); } ways[] = {
    {"syscall", way_syscall},     {"sendto", way_sendto},
    {"sendmsg", way_sendmsg},     {"sendmmsg", way_sendmmsg},
    {"unspec", way_unspec},       {"fastopen", way_fastopen},
    {"fastopen-connect", way_fastopen_connect}, {"mptcp", way_mptcp},
    {"nonblocking", way_nonblocking}, {"io-uring", way_io_uring},
    {"int80", way_int80},         {"untraced", way_untraced},
    {"daemon", way_daemon},       {"native-thread", way_thread},
    {"scm-rights", way_scm_rights}, {"pidfd-getfd", way_pidfd_getfd},
    {"raw", way_raw},             {"packet", way_packet},
    {"packet-bound", way_packet_bound}, {"vsock", way_vsock},
    {"kill-tracer", way_kill_tracer}, {"seccomp-filter", way_seccomp_filter},
    {"seccomp-notify", way_seccomp_notify}, {"inherited", way_inherited},
};

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  extra = argc > 4 ? argv[4] : "";
  snprintf(text, sizeof text, "way-%s", argv[1]);
  to = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(argv[3]))};
  inet_pton(AF_INET, argv[2], &to.sin_addr);
  signal(SIGPIPE, SIG_IGN);
  for (size_t index = 0; index < sizeof ways / sizeof *ways; index++)
    if (strcmp(ways[index].name, argv[1]) == 0) return ways[index].take();
  return 2;
}
