/** seccomp(2) by prctl(2): ptrace fails with EPERM, all else is allowed. Numbers: linux/audit.h, asm/unistd.h. */
const { arch, ptrace, prctl } =
  process.arch === 'arm64' ? { arch: 0xc00000b7, ptrace: 117, prctl: 167 } : { arch: 0xc000003e, ptrace: 101, prctl: 157 };

export const withoutPtrace = `
  my @filter = ([0x20, 0, 0, 4], [0x15, 0, 3, ${arch}], [0x20, 0, 0, 0], [0x15, 0, 1, ${ptrace}], [0x06, 0, 0, 0x50001], [0x06, 0, 0, 0x7fff0000]);
  my $code = join '', map { pack 'SCCL', @$_ } @filter;
  my $program = pack 'S x6 P', scalar @filter, $code;
  syscall(${prctl}, 38, 1, 0, 0, 0) == 0 or die "no_new_privs: $!";
  syscall(${prctl}, 22, 2, $program) == 0 or die "seccomp: $!";
  exec @ARGV or die $!;`;
