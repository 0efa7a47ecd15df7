import type { ComponentChildren } from 'preact';
import type { Gap, ReportDocument } from '../model/document.js';
import { commandText } from '../text/place.js';
import { printable } from '../text/printable.js';
import { scopeTitle } from '../text/scope.js';
import { counted } from '../text/time.js';
import { Section } from './section.js';

/** Why the audit is not complete: first of all where it is not. */
export const Gaps = ({ report: { gaps } }: { readonly report: ReportDocument }) =>
  gaps.length === 0 ? null : (
    <Section id="gaps" title={`Why the audit is incomplete (${gaps.length})`}>
      <ul class="gaps">{limited(gaps.map((gap) => <GapItem key={JSON.stringify(gap)} gap={gap} />))}</ul>
    </Section>
  );

const GapItem = ({ gap: { kind, reason, line, count } }: { readonly gap: Gap }) => (
  <li>
    <code>{printable(kind)}</code> <bdi>{printable(reason)}</bdi>
    <span class="small">
      {line === undefined ? '' : ` line ${line}`}
      {count === undefined ? '' : `, ${counted(count, 'time')}`}
    </span>
  </li>
);

/** What was found beside violations, and whatever else the report has to say. */
export const Notes = ({ report }: { readonly report: ReportDocument }) => {
  const { coverage, notices = [], unusedRules, leftRunning, accepted = [], inlinePermissions = [] } = report;
  const permissions = inlinePermissions.map(
    ({ target, reason, at, used }) => `${target} (${reason}), ${at}, ${used === 0 ? 'unused' : counted(used, 'use')}`,
  );
  const lists = [
    ['Not audited', coverage.uncovered],
    ['Done in another way', coverage.fallbacks],
    ['Notices', notices],
    [
      'Lines that could not be read, and are accepted',
      accepted.map(({ reason, line }) => (line === undefined ? reason : `line ${line}: ${reason}`)),
    ],
    ['Stopped at the end', leftRunning.map(({ pid, argv }) => `${pid} ${commandText(argv)}`)],
    ['Rules that matched nothing', unusedRules],
    ['Permissions in test files', permissions],
    [
      'Entries of the baseline that are gone',
      (report.baseline?.gone ?? []).map(({ file, title, to }) => [file, title, to].filter(Boolean).join(' > ')),
    ],
  ] as const;
  const filled = lists.filter(([, items]) => items.length > 0);
  const findings = report.findings ?? [];
  return (
    <Section id="notes" title="Findings and notes">
      {filled.length === 0 && findings.length === 0 && <p class="none">There is nothing more to say of this run.</p>}
      <Findings findings={findings} />
      {filled.map(([title, items]) => (
        <div key={title}>
          <h3>{title}</h3>
          <ul>
            {limited(
              items.map((item) => (
                <li key={item}>
                  <bdi>{printable(item)}</bdi>
                </li>
              )),
            )}
          </ul>
        </div>
      ))}
    </Section>
  );
};

const Findings = ({ findings }: { readonly findings: NonNullable<ReportDocument['findings']> }) => (
  <ul class="findings">
    {limited(
      findings.map(({ id, code, level, message, count, scopes, evidence }) => (
        <li key={id}>
          <span class={`status ${level === 'fail' ? 'violation' : 'known'}`}>
            <span aria-hidden="true">{level === 'fail' ? '◆' : '▲'}</span> {level === 'fail' ? 'error' : 'warning'}
          </span>{' '}
          <code>{printable(code)}</code> <bdi>{printable(message)}</bdi> <span class="small">{counted(count, 'time')}</span>
          <div class="small">
            {scopes
              .slice(0, 3)
              .map(({ scope }) => (scope === null ? 'outside any test' : scopeTitle(scope)))
              .join(' | ')}
          </div>
          {evidence.length > 0 && <pre class="evidence">{evidence.map(printable).join('\n')}</pre>}
        </li>
      )),
    )}
  </ul>
);

/** The first of a list, and how many more there are. */
const limited = (items: readonly ComponentChildren[]) => (
  <>
    {items.slice(0, MOST)}
    {items.length > MOST && <li class="small">and {items.length - MOST} more; the JSON report has all</li>}
  </>
);

const MOST = 200;
