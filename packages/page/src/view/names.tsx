import { useMemo, useState } from 'preact/hooks';
import type { DnsEntry, ReportDocument, Scope } from '../model/document.js';
import { scopesOf } from '../model/rows.js';
import { startOf } from '../model/start.js';
import { printable } from '../text/printable.js';
import { scopeTitle } from '../text/scope.js';
import { counted, numberText, sinceText } from '../text/time.js';
import { Pager, within } from './pager.js';
import { Section } from './section.js';

type Props = { readonly report: ReportDocument; readonly printing: boolean };

/** What was asked of name services, and answered. */
export const Names = ({ report, printing }: Props) => {
  const { dns } = report;
  return (
    <Section id="names" title={dns === undefined ? 'DNS names' : `DNS names (${numberText(dns.length)})`}>
      {dns === undefined && <p class="none">This report does not list what was asked of DNS.</p>}
      {dns?.length === 0 && <p class="none">No name service was asked.</p>}
      {dns && dns.length > 0 && <Asked report={report} dns={dns} printing={printing} />}
      <Unused report={report} />
    </Section>
  );
};

const Asked = ({ report, dns, printing }: Props & { readonly dns: readonly DnsEntry[] }) => {
  const [wanted, setWanted] = useState('');
  const [asked, setPage] = useState(0);
  const scopes = useMemo(() => scopesOf(report), [report]);
  const found = useMemo(() => dns.filter((entry) => textOf(entry).includes(wanted.toLowerCase())), [dns, wanted]);
  const size = printing ? 200 : PAGE;
  const page = within(asked, size, found.length);
  const start = startOf(report, dns);
  return (
    <>
      <div class="bar-of-tools">
        <input
          type="search"
          placeholder="Search names"
          aria-label="Search names"
          value={wanted}
          onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        />
        <Pager page={page} size={size} count={found.length} of="questions" turn={setPage} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Table of names">
        <table class="list plain">
          <thead>
            <tr>
              {['Time (s)', 'Name', 'Type', 'Status', 'Addresses', 'Server', 'Test'].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slice(page * size, (page + 1) * size).map((entry, index) => (
              <NameRow key={index} entry={entry} start={start} scopes={scopes} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
};

type RowProps = { readonly entry: DnsEntry; readonly start: number; readonly scopes: ReadonlyMap<string, Scope> };

const NameRow = ({ entry: { at, name, type, status, addresses, server, scope }, start, scopes }: RowProps) => {
  const owner = scopes.get(scope ?? '');
  return (
    <tr>
      <td class="number">{at === undefined ? '' : sinceText(at, start)}</td>
      <td class="place">
        <bdi>{printable(name)}</bdi>
      </td>
      <td>{printable(type)}</td>
      <td>{status === null ? 'no answer seen' : printable(status)}</td>
      <td class="place">{addresses.map(printable).join(', ')}</td>
      <td>{printable(server)}</td>
      <td class="owner">
        <bdi>{owner ? scopeTitle(owner) : ''}</bdi>
      </td>
    </tr>
  );
};

const Unused = ({ report: { queriesWithoutConnection = [] } }: { readonly report: ReportDocument }) => {
  if (queriesWithoutConnection.length === 0) return null;
  const more = queriesWithoutConnection.length - MOST_UNUSED;
  return (
    <details>
      <summary>
        {counted(queriesWithoutConnection.length, 'name was', 'names were')} asked for, and not connected to: a question can carry data out
      </summary>
      <ul>
        {queriesWithoutConnection.slice(0, MOST_UNUSED).map(({ name, types, status, allowed, count }) => (
          <li key={`${name} ${types.join()}`}>
            <bdi>{printable(name)}</bdi>{' '}
            <span class="small">
              {types.map(printable).join(', ')}, {printable(status ?? 'no answer seen')}, {counted(count, 'time')}
              {allowed ? '' : ', of a server that no rule allows'}
            </span>
          </li>
        ))}
        {more > 0 && <li class="small">and {more} more</li>}
      </ul>
    </details>
  );
};

const textOf = ({ name, type, status, addresses, server }: DnsEntry): string =>
  [name, type, status, ...addresses, server].join(' ').toLowerCase();

const PAGE = 20;
const MOST_UNUSED = 100;
