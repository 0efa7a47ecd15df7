/* What stands outside of the audit. Usage:
 *   helper pass PATH ADDRESS PORT   listens on a Unix socket; each who connects is sent a socket that is connected to the address
 *   helper hold ADDRESS PORT        connects, prints "PID,FD" and waits
 *   helper vsock PORT FILE          listens on a local vsock port; what comes is appended to FILE
 * Prints "ready" (or what is said above) when it is. Exit status 77: this machine can not do it. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/vm_sockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int connected(const char *address, const char *port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  inet_pton(AF_INET, address, &to.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  return connect(fd, (void *)&to, sizeof to) == 0 ? fd : -1;
}

static void say(const char *words) {
  puts(words);
  fflush(stdout);
}

static int pass(const char *path, const char *address, const char *port) {
  struct sockaddr_un here = {.sun_family = AF_UNIX};
  strncpy(here.sun_path, path, sizeof here.sun_path - 1);
  int server = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(server, (void *)&here, sizeof here) != 0 || listen(server, 5) != 0) return 1;
  say("ready");
  for (;;) {
    int client = accept(server, NULL, NULL), sent = connected(address, port);
    char control[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec part = {"x", 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    *rights = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
    memcpy(CMSG_DATA(rights), &sent, sizeof sent);
    sendmsg(client, &message, 0);
    close(client);
    close(sent);
  }
}

static int hold(const char *address, const char *port) {
  char words[40];
  prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
  snprintf(words, sizeof words, "%d,%d", getpid(), connected(address, port));
  say(words);
  pause();
  return 0;
}

static int vsock(const char *port, const char *file) {
  struct sockaddr_vm here = {.svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_ANY, .svm_port = atoi(port)};
  int server = socket(AF_VSOCK, SOCK_STREAM, 0), out = open(file, O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (server < 0 || bind(server, (void *)&here, sizeof here) != 0 || listen(server, 5) != 0) return 77;
  say("ready");
  for (;;) {
    char bytes[200];
    int client = accept(server, NULL, NULL);
    ssize_t count = read(client, bytes, sizeof bytes);
    if (count > 0 && write(out, bytes, count) < 0) return 1;
    close(client);
  }
}

int main(int argc, char **argv) {
  if (argc == 5 && strcmp(argv[1], "pass") == 0) return pass(argv[2], argv[3], argv[4]);
  if (argc == 4 && strcmp(argv[1], "hold") == 0) return hold(argv[2], argv[3]);
  if (argc == 4 && strcmp(argv[1], "vsock") == 0) return vsock(argv[2], argv[3]);
  return 2;
}
