/** What `netaudit` exits with: `about` is a line of the help, `meaning` (Markdown) one of the table in README.md. */
export const exitCodes = [
  { code: '0', about: 'nothing happened that is not allowed, and the command succeeded', meaning: 'clean, and the command succeeded' },
  { code: '1', about: 'violations', meaning: 'violations (also when the command failed too: both are said)' },
  {
    code: '2',
    about: 'the audit is not complete, or could not start',
    meaning:
      'could not audit: strace missing, tracing not permitted, lines unread, events lost, the tracer died. Verdict `incomplete`; it outranks violations',
  },
  { code: '3', about: 'wrong usage or configuration', meaning: 'wrong usage or configuration, also in a permission in a test file' },
  {
    code: 'otherwise',
    about: 'the exit code of the command, 128 + n for signal n',
    meaning: 'no violations, and the command failed: its own code, 128 + n for signal n',
  },
] as const;

/** For the end of the help. */
export const exitCodesText = (): string => {
  const lines = exitCodes.map(({ code, about }) => (code.length === 1 ? `  ${code}  ${about}` : `  ${code} ${about}`));
  return `\nExit codes:\n${lines.join('\n')}`;
};
