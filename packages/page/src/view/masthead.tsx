import { useMemo } from 'preact/hooks';
import type { ReportDocument } from '../model/document.js';
import { factsOf } from '../model/facts.js';
import type { Row } from '../model/rows.js';
import { namesTests, verdictWords } from '../model/verdict.js';

type Props = { readonly report: ReportDocument; readonly rows: readonly Row[]; readonly printing: boolean };

/** The verdict, what it means, and what it rests on. */
export const Verdict = ({ report, rows, printing }: Props) => {
  const { sign, title, meaning } = verdictWords(report, rows);
  const facts = useMemo(() => factsOf(report), [report]);
  return (
    <section id="verdict" class={`verdict ${report.verdict}`} aria-labelledby="verdict-title">
      <div class="words">
        <h1 id="verdict-title">
          <span class="sign" aria-hidden="true">
            {sign}
          </span>{' '}
          {title}
        </h1>
        <p>{meaning}</p>
        {!namesTests(report) && <p>No test is named in this report: what was connected to is charged to the run as a whole.</p>}
      </div>
      <div class="facts">
        <Facts facts={facts.slice(0, FIRST)} />
        <details open={printing}>
          <summary>All that the verdict rests on</summary>
          <Facts facts={facts.slice(FIRST)} />
          {report.provenance === undefined && <p class="none">This report does not tell versions, commit, kernel and hashes.</p>}
        </details>
      </div>
    </section>
  );
};

const Facts = ({ facts }: { readonly facts: ReturnType<typeof factsOf> }) => (
  <dl>
    {facts.map(({ name, value, warn }) => (
      <div key={name} class={warn ? 'warn' : ''}>
        <dt>{name}</dt>
        <dd title={value.length > 60 ? value : undefined}>
          {warn && <span aria-hidden="true">! </span>}
          <bdi>{value}</bdi>
        </dd>
      </div>
    ))}
  </dl>
);

const FIRST = 5;
