/** The summary of a step: Markdown, a table of counts and one of violations. `report` is the JSON report, null where there was no audit. */
export function summaryOf(report, code) {
  if (!report) return `### netaudit: no audit\n\nIt ended with exit code ${code}; the log says why.\n\n`;
  const { verdict, violations, findings, gaps, provenance } = report;
  const shown = violations.slice(0, mostRows);
  const lines = [
    `### netaudit: ${verdict}`,
    '',
    '| violations | findings | gaps | exit code | commit |',
    '| ---: | ---: | ---: | ---: | --- |',
    `| ${violations.length} | ${findings.length} | ${gaps.length} | ${code} | ${provenance?.commit ?? 'unknown'} |`,
    '',
    ...(shown.length > 0 ? ['| destination | by | times |', '| --- | --- | ---: |', ...shown.map(rowOf), ''] : []),
    ...(violations.length > shown.length ? [`And ${violations.length - shown.length} more, which the JSON report has.`, ''] : []),
    ...gaps.slice(0, mostGaps).map(({ kind, reason }) => `- not complete: ${kind}: ${plain(reason)}`),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

const rowOf = ({ family, addr, port, host, count, scopes }) => {
  const place = `${host ?? addr ?? family}${port === null ? '' : `:${port}`}${host === null || addr === null ? '' : ` (${addr})`}`;
  const owners = [...new Set(scopes.map(ownerOf))];
  const more = owners.length > mostOwners ? `, and ${owners.length - mostOwners} more` : '';
  return `| ${plain(place)} | ${plain(owners.slice(0, mostOwners).join(', '))}${more} | ${count} |`;
};

const ownerOf = ({ scope, candidates }) => {
  if (scope) return titleOf(scope);
  return candidates.length > 0 ? `one of ${candidates.slice(0, mostOwners).map(titleOf).join(', ')}` : 'nobody';
};

const titleOf = ({ kind, file, names }) => [...(file === null ? [] : [file]), ...names].join(' > ') || `the ${kind}`;

/** Text that is no Markdown and no HTML, on one line, and not too long: names of tests and hosts are not ours. */
const plain = (text) =>
  [...text]
    .slice(0, mostCharacters)
    .map((character) => (/[\p{L}\p{N} .,:;/()-]/u.test(character) ? character : `&#${character.codePointAt(0)};`))
    .join('')
    .replaceAll(/&#(?:\d|[12]\d|3[01]|127);/g, ' ');

/** The summary of a step may have 1 MiB. */
const mostRows = 100;
const mostGaps = 20;
const mostOwners = 3;
const mostCharacters = 400;
