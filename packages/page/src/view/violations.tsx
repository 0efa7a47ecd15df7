import { useState } from 'preact/hooks';
import type { ReportDocument, Violation, ViolationScope } from '../model/document.js';
import type { Choose } from '../state/use-view.js';
import { noFilter } from '../state/view.js';
import { placeText } from '../text/place.js';
import { printable } from '../text/printable.js';
import { scopeTitle } from '../text/scope.js';
import { counted } from '../text/time.js';
import { goTo } from './bar.js';
import { Copy } from './copy.js';
import { Pager, within } from './pager.js';
import { Section } from './section.js';

type Props = { readonly report: ReportDocument; readonly choose: Choose; readonly printing: boolean };

/** Every destination that the policy does not allow, who made the connections, and the rule that would allow it. */
export const Violations = ({ report, choose, printing }: Props) => {
  const [asked, setPage] = useState(0);
  const { violations, omitted } = report;
  const size = printing ? MOST_PRINTED : PAGE;
  const page = within(asked, size, violations.length);
  const note = omitted?.violating
    ? `${counted(omitted.violating, 'more connection')} that no rule allows went to destinations that are not listed.`
    : '';
  return (
    <Section id="violations" title={`Violations (${violations.length})`} note={note}>
      {violations.length === 0 && (
        <p class="none">None: no connection broke the policy{report.verdict === 'incomplete' ? ', as far as the audit saw' : ''}.</p>
      )}
      <div class="cards">
        {violations.slice(page * size, (page + 1) * size).map((violation) => (
          <Card key={violation.id} violation={violation} choose={choose} hasEvents={report.events !== undefined} />
        ))}
      </div>
      {violations.length > size && <Pager page={page} size={size} count={violations.length} of="violations" turn={setPage} />}
    </Section>
  );
};

const Card = ({ violation, choose, hasEvents }: { violation: Violation; choose: Choose; hasEvents: boolean }) => {
  const { id, family, addr, port, host, count, scopes, suggestedRule, deniedBy } = violation;
  const place = placeText(host ?? addr, port);
  const show = () => {
    choose({ ...noFilter, q: `${placeText(addr, port)}`, status: ['violation'] });
    goTo('events');
  };
  return (
    <article class="card" aria-label={place}>
      <div class="head">
        <h3>
          <span class="status violation" aria-hidden="true">
            ◆
          </span>{' '}
          <bdi>{addr === null ? printable(family) : place}</bdi>
        </h3>
        <code class="id">{printable(id)}</code>
      </div>
      <p class="small">
        {host !== null && <bdi>{placeText(addr, port)}, </bdi>}
        {printable(family)}, {counted(count, 'connection')}
        {hasEvents && (
          <button type="button" class="link" onClick={show}>
            show events
          </button>
        )}
      </p>
      <Owners scopes={scopes} />
      {deniedBy && <p class="small">denied by {deniedBy.map(printable).join(', ')}</p>}
      <Rule rule={suggestedRule} />
    </article>
  );
};

const Owners = ({ scopes }: { readonly scopes: readonly ViolationScope[] }) => (
  <ul class="owners">
    {scopes.slice(0, MOST_OWNERS).map((owner, index) => (
      <li key={index}>
        <bdi class="owner">{ownerText(owner)}</bdi>
        <span class="small">
          {' '}
          {printable([owner.method, owner.timing, counted(owner.count, 'time')].filter((part) => part && part !== 'none').join(', '))}
        </span>
        {siteOf(owner) && <div class="small site">{siteOf(owner)}</div>}
      </li>
    ))}
    {scopes.length > MOST_OWNERS && <li class="small">and {scopes.length - MOST_OWNERS} more</li>}
  </ul>
);

/** The rule that would allow it, to copy. */
export const Rule = ({ rule }: { readonly rule: string | null }) => {
  if (rule === null) return <p class="small">No rule can allow it.</p>;
  return (
    <div class="rule">
      <pre>{rule.split('\n').map(printable).join('\n')}</pre>
      <Copy text={`${rule}\n`} label="Copy rule" />
    </div>
  );
};

const ownerText = ({ scope, candidates }: ViolationScope): string => {
  if (scope !== null) return scopeTitle(scope);
  if (candidates.length > 0)
    return `one of ${candidates.length}: ${candidates.slice(0, 5).map(scopeTitle).join(' | ')}${candidates.length > 5 ? ' …' : ''}`;
  return 'outside any test';
};

const siteOf = ({ origins = [] }: ViolationScope): string => {
  const site = origins.find((origin) => origin.site !== null)?.site;
  return site ? `${printable(site.file)}:${site.line}:${site.column}${site.function ? ` ${printable(site.function)}` : ''}` : '';
};

const PAGE = 12;
const MOST_PRINTED = 500;
const MOST_OWNERS = 6;
