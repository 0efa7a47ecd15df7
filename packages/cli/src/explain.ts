import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { explainFinding, explainViolation, findFinding, findViolation, NetauditError, printable, readReport } from '@netaudit/core';

/** What is known of an id of the report in `file`, or the page of a code. Throws USAGE for what is neither. */
export const explain = (what: string, file: string): string => {
  if (/^v-[0-9a-f]{8}$/.test(what)) {
    const read = readReport(file);
    return explainViolation(
      findViolation(read, what),
      (read.report.baseline?.known ?? []).some(({ id }) => id === what),
    );
  }
  if (/^f-[0-9a-f]{8}$/.test(what)) {
    const finding = findFinding(readReport(file), what);
    return explainFinding(finding, pageOf(finding.code));
  }
  const page = pageOf(what);
  if (page !== null) return page.trimEnd();
  throw new NetauditError('USAGE', {
    found: `'${printable(what)}' is neither an id of a report nor a code`,
    allowed: `an id such as v-0123abcd or f-0123abcd, or one of ${codes().join(', ')}`,
  });
};

/** The pages of docs/ that the build puts beside this file. */
const pageOf = (code: string): string | null => {
  const known = codes().find((each) => each.toLowerCase() === code.toLowerCase());
  const folder = folders.find((each) => existsSync(`${each}/${known}.md`));
  return known === undefined || folder === undefined ? null : readFileSync(`${folder}/${known}.md`, 'utf8');
};

const codes = (): string[] =>
  folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.md') && name !== 'README.md')
          .map((name) => name.slice(0, -3))
          .toSorted()
      : [],
  );

const folders = ['findings', 'errors'].map((name) => fileURLToPath(new URL(`docs/${name}`, import.meta.url)));
