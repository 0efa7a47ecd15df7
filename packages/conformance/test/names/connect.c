/* connect NAME [4]: looks the name up as the C library does (IPv4 only with a second argument), and connects to port 80 of its first address. */
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

int main(int count, char **words) {
  struct addrinfo hints, *found;
  memset(&hints, 0, sizeof hints);
  hints.ai_family = count > 2 ? AF_INET : AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(words[1], "80", &hints, &found) != 0) return 0;
  connect(socket(found->ai_family, SOCK_STREAM, 0), found->ai_addr, found->ai_addrlen);
  return 0;
}
