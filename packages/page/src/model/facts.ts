import { commandText } from '../text/place.js';
import { printable } from '../text/printable.js';
import { counted, dateText, numberText, spanText } from '../text/time.js';
import type { ReportDocument } from './document.js';

export type Fact = { readonly name: string; readonly value: string; readonly warn?: boolean };

/** What the verdict rests on, in the order of its weight: the first ones are shown at once. Facts that the report does not have are left out. */
export const factsOf = (report: ReportDocument): readonly Fact[] => [
  ...evidenceFacts(report),
  ...runFacts(report),
  ...versionFacts(report),
];

const evidenceFacts = ({ coverage, gaps }: ReportDocument): Fact[] => {
  const lost = gaps.reduce((sum, { count = 1 }) => sum + count, 0);
  return [
    { name: 'Evidence', value: printable(`${coverage.tool ?? coverage.source}, ${modes[coverage.mode] ?? coverage.mode}`) },
    { name: 'Seen', value: `${counted(coverage.events, 'event')} in ${counted(coverage.lines, 'line')}` },
    {
      name: 'Losses and gaps',
      value:
        lost === 0 ? 'none' : `${counted(lost, 'gap')}${coverage.unreadLines ? `, ${counted(coverage.unreadLines, 'line')} unread` : ''}`,
      warn: lost > 0,
    },
    ...(coverage.uncovered.length > 0 ? [{ name: 'Not audited', value: counted(coverage.uncovered.length, 'part'), warn: true }] : []),
  ];
};

const runFacts = ({ command, provenance = {}, exitCode, coverage }: ReportDocument): Fact[] => {
  const { started, ended } = provenance;
  const ending = command && (command.signal ? `ended by ${printable(command.signal)}` : `exit code ${command.exitCode ?? 'unknown'}`);
  return [
    ...(command
      ? [{ name: 'Command', value: `${commandText(command.argv)} (${ending})` }]
      : [{ name: 'Command', value: 'none: a saved trace was read' }]),
    ...(started
      ? [{ name: coverage.mode === 'log' ? 'Read' : 'Run', value: `${dateText(started)}${ended ? `, ${spanText(ended - started)}` : ''}` }]
      : []),
    { name: 'Exit code of the audit', value: String(exitCode) },
  ];
};

const versionFacts = ({ provenance = {}, runId, coverage }: ReportDocument): Fact[] => {
  const { netaudit, node, tool, kernel, arch, commit, dirty, policySha256, traceSha256 } = provenance;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['netaudit', netaudit],
    ['Node', node],
    ['Tracer', tool],
    ['Kernel', kernel && [kernel, arch].filter(Boolean).join(', ')],
    ['Commit', commit && `${commit}${dirty ? ', with changes that are not committed' : ''}`],
    ['Policy (SHA-256)', policySha256],
    ['Trace (SHA-256)', traceSha256],
    ['Lines that are no evidence', numberText(coverage.ignoredLines)],
    ['Run id', runId],
  ];
  return facts.filter(([, value]) => value).map(([name, value]) => ({ name, value: printable(String(value)) }));
};

const modes: Record<string, string> = { command: 'the whole command', wrap: 'worker processes only', log: 'a saved trace' };
