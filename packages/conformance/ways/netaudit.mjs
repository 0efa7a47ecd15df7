import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = join(realpathSync(fileURLToPath(new URL('../node_modules/netaudit', import.meta.url))), 'dist/main.js');

/** netaudit as the auditor of the suite. Another one has at least `words`, the command that comes before the one that is audited. */
export const netaudit = {
  words: (report) => [process.execPath, cli, 'run', '--format', 'json', '--output', report, '--'],
  /** Modules that the suite's Node loads first, by which tests are told apart. */
  require: ['@netaudit/node-test'],
  /** It makes io_uring_setup fail. */
  refuses: ['io-uring'],
  analyze: (trace, report) => [process.execPath, cli, 'analyze', '--format', 'json', '--output', report, trace],
  /** What the report says of the way: texts, and the owners that it charges; null when there is no report. */
  judge: (way, report) => {
    if (!existsSync(report)) return null;
    const { verdict, violations, findings, gaps } = JSON.parse(readFileSync(report, 'utf8'));
    const alone = way.alone || way.recorded;
    const mine = (scopes) =>
      scopes.filter(({ scope, candidates }) => alone || [scope, ...candidates].some((each) => each?.names.at(-1) === way.title));
    const told = [
      ...violations.map(({ family, addr, port, scopes }) => ({
        text: `violation ${family}${addr === null ? '' : ` ${placeText(addr, port)}`}`,
        scopes: addr === way.address ? scopes : mine(scopes),
      })),
      ...findings.map(({ code, subject, scopes }) => ({ text: `finding ${code}${spotOf(code, subject)}`, scopes: mine(scopes) })),
    ].filter(({ scopes }) => scopes.length > 0);
    const incomplete =
      alone && verdict === 'incomplete' ? [`verdict incomplete (${[...new Set(gaps.map(({ kind }) => kind))].join(', ')})`] : [];
    return {
      texts: [...new Set([...told.map(({ text }) => text), ...incomplete])],
      owners: [...new Set(told.flatMap(({ scopes }) => scopes.map((scope) => ownerText(scope, way))))],
    };
  },
};

const placeText = (addr, port) => (port === null ? addr : `${addr}:${port}`);

/** Blind spots by their name; other subjects differ from run to run. */
const spotOf = (code, subject) => (code === 'blind-spot' ? ` ${subject.replace(/ .*/, '')}` : '');

const ownerText = ({ scope, candidates, timing }, { title }) => {
  const who = scope?.names.at(-1) === title ? 'its test' : candidates.length > 0 ? 'its test, as a candidate' : 'the run';
  return timing === null ? who : `${who}, ${timing}`;
};
