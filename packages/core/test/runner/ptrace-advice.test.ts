import { expect, test } from 'vitest';
import { ptraceAdvice } from '../../src/process/ptrace.js';

const yama = '/proc/sys/kernel/yama/ptrace_scope';
const status = (seccomp: number) => ({ '/proc/self/status': `Name:\tnode\nSeccomp:\t${seccomp}\nSeccomp_filters:\t1` });

test.each<[string, Record<string, string>, RegExp]>([
  ['Yama, for good', { [yama]: '3', ...status(2) }, /until the next boot.*reboot/],
  ['Yama, but for administrators', { [yama]: '2', ...status(2) }, /sudo sysctl kernel\.yama\.ptrace_scope=1/],
  ['SELinux', { '/sys/fs/selinux/booleans/deny_ptrace': '1 1', ...status(0) }, /setsebool deny_ptrace off/],
  ['a seccomp filter', { [yama]: '1', ...status(2) }, /seccomp filter.*--cap-add SYS_PTRACE/],
  ['nothing that it tells', { [yama]: '1', ...status(0) }, /allow ptrace/],
  ['nothing, without /proc', {}, /allow ptrace/],
])('the advice is for what forbids it: %s', (_, files, advice) => {
  expect(ptraceAdvice((path) => files[path] ?? null)).toMatch(advice);
});
