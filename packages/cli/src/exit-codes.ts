/** What `netaudit` exits with. `about` is a line of the help; `more` is for the documentation, in Markdown. */
export const exitCodes = [
  { code: '0', about: 'nothing happened that is not allowed, and the command succeeded', more: '' },
  { code: '1', about: 'violations', more: 'Also when the command failed too: both are said.' },
  {
    code: '2',
    about: 'the audit is not complete, or could not start',
    more: 'strace is missing, tracing is not permitted, lines are unread, events were lost, the tracer died. The verdict is `incomplete`; it outranks violations.',
  },
  { code: '3', about: 'wrong usage or configuration', more: 'Also in a permission in a test file.' },
  { code: 'otherwise', about: 'the exit code of the command, 128 + n for signal n', more: 'No violations, and the command failed.' },
] as const;

/** For the end of the help. */
export const exitCodesText = (): string => {
  const lines = exitCodes.map(({ code, about }) => (code.length === 1 ? `  ${code}  ${about}` : `  ${code} ${about}`));
  return `\nExit codes:\n${lines.join('\n')}`;
};
