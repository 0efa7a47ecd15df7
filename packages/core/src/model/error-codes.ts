/** What a code stands for. `number` is how messages and documentation name it, for good; the texts are Markdown. */
export type ErrorMeaning = { readonly number: `NA${number}`; readonly about: string; readonly fix: string };

/** Every mistake that a user can make, and what can be wrong with the machine. docs/errors is made of this. */
export const errorMeanings = {
  STRACE_NOT_FOUND: {
    number: 'NA001',
    about: 'strace is not on PATH.',
    fix: 'Install it: `apt install strace` (Debian, Ubuntu), `dnf install strace` (Fedora), `apk add strace` (Alpine).',
  },
  STRACE_UNUSABLE: {
    number: 'NA002',
    about: 'strace is there and may not trace: ptrace is forbidden here, or something else traces already.',
    fix: 'The message names what forbids it (Yama, SELinux, a seccomp filter, an outer tracer) and what to do.',
  },
  PLATFORM: {
    number: 'NA003',
    about: 'Running a command under audit needs Linux.',
    fix: 'Run it in a Linux container or CI job. `netaudit analyze` reads a saved trace on any platform.',
  },
  TEMPORARY_FOLDER: {
    number: 'NA005',
    about: 'The folder for temporary files is missing, full, or may not be written.',
    fix: 'Make room there, or name another by the variable `TMPDIR`.',
  },
  COMMAND_NOT_FOUND: {
    number: 'NA004',
    about: 'The program to run under audit is not there.',
    fix: 'Check its name and PATH.',
  },
  ALLOWLIST_READ: {
    number: 'NA101',
    about:
      'The policy can not be read: there is no such file, it may not be read, it is no UTF-8, or it is larger than 1 MiB. A policy that was named and can not be read is never replaced by a default.',
    fix: 'Check the path; write the file as UTF-8.',
  },
  ALLOWLIST_SYNTAX: {
    number: 'NA102',
    about: 'The file is no YAML, holds several documents, is nested too deeply, or uses aliases to become very large.',
    fix: 'Mend it where the frame points.',
  },
  ALLOWLIST_VERSION: {
    number: 'NA103',
    about: 'The file does not say which version of the format it has, or says one that is not known.',
    fix: 'Begin with `version: 1`.',
  },
  ALLOWLIST_KEY: {
    number: 'NA104',
    about: 'A key is not known, is written twice, does not belong to this kind of rule, is missing, or says the same as another.',
    fix: 'Take the key that the message offers; [policy.md](../policy.md) lists all.',
  },
  ALLOWLIST_VALUE: {
    number: 'NA105',
    about: 'A value is of another type than its key takes, or is none of its words.',
    fix: 'The message says what is allowed.',
  },
  ALLOWLIST_FAMILY: {
    number: 'NA106',
    about: 'A rule has no family, host or preset, or a family that is not known.',
    fix: 'Write `family: AF_INET`, `AF_INET6`, `AF_UNIX` or `AF_NETLINK`; or `host:`; or `preset:`.',
  },
  ALLOWLIST_ADDRESS: {
    number: 'NA107',
    about: 'An address or a block of addresses is none, or is one of another family.',
    fix: 'Write such as `10.20.0.0/16`, `10.20.0.1`, `2001:db8::/32`.',
  },
  ALLOWLIST_PORT: {
    number: 'NA108',
    about: 'A port is none.',
    fix: 'Write a number from 0 to 65535, a range such as `"8000-8100"`, or a list of these.',
  },
  ALLOWLIST_HOST: {
    number: 'NA109',
    about: 'A host is none: it is an address, an URL, or has a star elsewhere than before its first dot.',
    fix: 'Write such as `api.example.com`, or `*.example.com` for every name below example.com; addresses go to `addr:`.',
  },
  ALLOWLIST_EXTENDS: {
    number: 'NA110',
    about: 'A policy extends a file or package that is not there or can not be read, or, by way of others, itself.',
    fix: 'Write a path that begins with `./` or `../`, or the name of a package that is installed.',
  },
  BASELINE_READ: {
    number: 'NA201',
    about: 'The baseline can not be read: there is no such file, or it may not be read.',
    fix: 'Check the path; `netaudit baseline` writes the file.',
  },
  BASELINE_SYNTAX: {
    number: 'NA202',
    about: 'The baseline is not as `netaudit baseline` writes it.',
    fix: 'Mend it where the message points, or write it anew.',
  },
  PERMISSION: {
    number: 'NA301',
    about: 'A permission in a test file (`netaudit-allow HOST:PORT reason`) can not be understood.',
    fix: 'Write a host with a port or `*`, or `unix:` and a path, and a reason.',
  },
  TRACE_READ: {
    number: 'NA401',
    about: 'A saved trace can not be read.',
    fix: 'Check the path; name the file that strace wrote, its folder, or `-` for standard input.',
  },
  REPORT_READ: {
    number: 'NA402',
    about: 'A report can not be read, or is none that netaudit wrote.',
    fix: 'Name a report in JSON (`--format json --output FILE`).',
  },
  REPORT_WRITE: {
    number: 'NA403',
    about: 'A file can not be written.',
    fix: 'Check the folder and its permissions. This is found out before the command runs.',
  },
  USAGE: {
    number: 'NA501',
    about: 'The command line is wrong.',
    fix: 'See `netaudit --help` and `netaudit COMMAND --help`.',
  },
  OPTION: {
    number: 'NA502',
    about: 'An option in the configuration of a framework, or the variable NETAUDIT, is wrong.',
    fix: 'Take one of those that the message lists.',
  },
} as const satisfies Record<string, ErrorMeaning>;

/** Stable codes of what a user can get wrong. */
export type ErrorCode = keyof typeof errorMeanings;
