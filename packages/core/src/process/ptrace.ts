import { type ReadSetting, readSetting } from './setting.js';

/** Why this machine forbids ptrace(2), as far as it tells, and what to do about it. */
export const ptraceAdvice = (read: ReadSetting = readSetting): string => {
  const scope = read('/proc/sys/kernel/yama/ptrace_scope');
  if (scope === '3')
    return 'Yama forbids ptrace until the next boot (kernel.yama.ptrace_scope is 3): set it to 1 in /etc/sysctl.d, and reboot';
  if (scope === '2')
    return 'Yama allows ptrace to administrators alone (kernel.yama.ptrace_scope is 2): sudo sysctl kernel.yama.ptrace_scope=1 on the host';
  if (read('/sys/fs/selinux/booleans/deny_ptrace')?.startsWith('1')) return 'SELinux forbids ptrace: sudo setsebool deny_ptrace off';
  if (/^Seccomp:\s*[12]$/m.test(read('/proc/self/status') ?? ''))
    return 'a seccomp filter, as containers have one, forbids ptrace: docker run --cap-add SYS_PTRACE, or in Kubernetes securityContext.capabilities.add: [SYS_PTRACE]';
  return 'allow ptrace: docker run --cap-add SYS_PTRACE, or sysctl kernel.yama.ptrace_scope=1 on the host';
};
