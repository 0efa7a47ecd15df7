import type { ComponentChildren } from 'preact';
import type { ReportDocument } from '../model/document.js';
import type { Row } from '../model/rows.js';
import { lineageOf } from '../model/tree.js';
import { type Choose, linkTo } from '../state/use-view.js';
import type { View } from '../state/view.js';
import { shortCommandText } from '../text/place.js';
import { printable } from '../text/printable.js';
import { scopeTitle } from '../text/scope.js';
import { dateText, sinceText, spanText } from '../text/time.js';
import { Copy } from './copy.js';
import { meanings, StatusMark } from './status.js';
import { Rule } from './violations.js';

type Props = { readonly row: Row; readonly report: ReportDocument; readonly view: View; readonly choose: Choose; readonly start: number };

/** All that the report has of one event, with its evidence. */
export const Detail = ({ row, report, view, choose, start }: Props) => {
  const link = new URL(linkTo(view, { event: row.number }), location.href).href;
  return (
    <aside class="detail" aria-label={`Event ${row.number}`}>
      <div class="head">
        <h3>
          #{row.number} <bdi>{row.place}</bdi>
        </h3>
        <button type="button" onClick={() => choose({ event: null })} aria-label="Close the event">
          ×
        </button>
      </div>
      <p>
        <StatusMark status={row.status} /> <span class="small">{meanings[row.status]}</span>
      </p>
      <dl>
        <Target row={row} />
        <Time row={row} start={start} />
        <Owner row={row} choose={choose} />
        <Process row={row} report={report} choose={choose} />
      </dl>
      {row.entry.line === undefined || row.entry.line === '' ? (
        <p class="none">The report does not have the line of the trace.</p>
      ) : (
        <>
          <h4>Evidence: the line of the trace</h4>
          <pre class="evidence">{printable(row.entry.line)}</pre>
        </>
      )}
      {row.violation && (
        <>
          <h4>The rule that would allow it</h4>
          <Rule rule={row.violation.suggestedRule} />
        </>
      )}
      <p class="bar-of-tools">
        <Copy text={link} label="Copy link" />
        {row.entry.line && <Copy text={row.entry.line} label="Copy line" />}
      </p>
    </aside>
  );
};

const Target = ({ row }: { readonly row: Row }) => {
  const { entry, place, address, rule, outcome, took, violation } = row;
  const { names = [], result } = entry;
  return (
    <>
      {place !== address && <Fact name="Address">{address}</Fact>}
      <Fact name="Family">
        {[entry.family, entry.transport]
          .filter((text): text is string => !!text)
          .map(printable)
          .join(', ')}
      </Fact>
      {names.length > 0 && (
        <Fact name="Known as">{names.map(({ name, source }) => `${printable(name)} (${printable(source)})`).join(', ')}</Fact>
      )}
      {outcome && (
        <Fact name="Result">
          {outcome}
          {result ? ` (${result})` : ''}
          {took === null ? '' : ` after ${spanText(took)}`}
        </Fact>
      )}
      {rule !== null && <Fact name="Rule">{rule === '' ? 'a rule without a name' : printable(rule)}</Fact>}
      {violation && <Fact name="Violation">{printable(violation.id)}</Fact>}
    </>
  );
};

const Time = ({ row, start }: { readonly row: Row; readonly start: number }) =>
  row.at === null ? null : (
    <Fact name="Time">
      {dateText(row.at)} ({sinceText(row.at, start)} s)
    </Fact>
  );

const Owner = ({ row, choose }: { readonly row: Row; readonly choose: Choose }) => {
  const { scope, candidates, usedBy, owner, origin, entry } = row;
  return (
    <>
      <Fact name="Charged to">
        {owner || 'not told in this report'}
        {scope && (
          <button type="button" class="link" onClick={() => choose({ test: scope.id, page: 0 })}>
            only these
          </button>
        )}
      </Fact>
      {candidates.length > 0 && <Fact name="Candidates">{candidates.slice(0, MOST).map(scopeTitle).join(' | ')}</Fact>}
      {usedBy.length > 0 && <Fact name="Also used by">{usedBy.slice(0, MOST).map(scopeTitle).join(' | ')}</Fact>}
      {entry.method && <Fact name="Known by">{printable([entry.method, entry.timing].filter(Boolean).join(', '))}</Fact>}
      {origin && <Fact name="Code">{origin}</Fact>}
    </>
  );
};

const Process = ({ row, report, choose }: { readonly row: Row; readonly report: ReportDocument; readonly choose: Choose }) => {
  const { pid, at, entry } = row;
  if (pid === null) return null;
  const line = lineageOf(report, pid, at);
  return (
    <Fact name="Process">
      {line.length === 0 ? pid : line.map((process) => `${shortCommandText(process.argv, process.file)} (${process.pid})`).join(' › ')}
      {entry.tid !== undefined && entry.tid !== pid ? `, thread ${entry.tid}` : ''}
      <button type="button" class="link" onClick={() => choose({ pid, page: 0 })}>
        only these
      </button>
    </Fact>
  );
};

const Fact = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <bdi>{children}</bdi>
    </dd>
  </div>
);

const MOST = 20;
