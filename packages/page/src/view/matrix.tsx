import { useMemo, useState } from 'preact/hooks';
import type { ReportDocument } from '../model/document.js';
import { type Cell, type Column, type Grouping, type Line, matrixOf } from '../model/matrix.js';
import type { Row } from '../model/rows.js';
import type { Choose } from '../state/use-view.js';
import { noFilter } from '../state/view.js';
import { counted } from '../text/time.js';
import { goTo } from './bar.js';
import { Pager, within } from './pager.js';
import { Section } from './section.js';
import { letters, words } from './status.js';

type Props = { readonly report: ReportDocument; readonly rows: readonly Row[]; readonly choose: Choose; readonly printing: boolean };

/** Tests or files by destinations: how often, and the worst that was said of it. */
export const MatrixSection = ({ report, rows, choose, printing }: Props) => {
  const [by, setBy] = useState<Grouping>(() => groupingFor(rows));
  const [at, setAt] = useState({ line: 0, column: 0 });
  const matrix = useMemo(() => matrixOf(report, rows, by), [report, rows, by]);
  const lines = printing ? 60 : LINES;
  const [line, column] = [within(at.line, lines, matrix.lines.length), within(at.column, COLUMNS, matrix.columns.length)];
  if (matrix.lines.length === 0)
    return (
      <Section id="matrix" title="Tests × destinations">
        <p class="none">
          {report.events === undefined ? 'This report lists violations only, and there are none.' : 'Nothing was connected to.'}
        </p>
      </Section>
    );
  const group = (next: Grouping) => {
    setBy(next);
    setAt({ line: 0, column: 0 });
  };
  return (
    <Section id="matrix" title={by === 'test' ? 'Tests × destinations' : 'Files × destinations'} note={noteOf(report)}>
      <div class="bar-of-tools">
        {(['file', 'test'] as const).map((kind) => (
          <button type="button" key={kind} aria-pressed={by === kind} onClick={() => group(kind)}>
            by {kind}
          </button>
        ))}
        <span class="space" />
        <Pager page={line} size={lines} count={matrix.lines.length} of={`${by}s`} turn={(page) => setAt({ ...at, line: page })} />
        <Pager
          page={column}
          size={COLUMNS}
          count={matrix.columns.length}
          of="destinations"
          turn={(page) => setAt({ ...at, column: page })}
        />
      </div>
      <Grid
        lines={matrix.lines.slice(line * lines, (line + 1) * lines)}
        columns={matrix.columns.slice(column * COLUMNS, (column + 1) * COLUMNS)}
        show={(key, place) => {
          choose({ ...noFilter, place, [by]: key });
          goTo('events');
        }}
      />
    </Section>
  );
};

type GridProps = {
  readonly lines: readonly Line[];
  readonly columns: readonly Column[];
  readonly show: (key: string, place: string) => void;
};

const Grid = ({ lines, columns, show }: GridProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard
  <section class="scroll" tabIndex={0} aria-label="Matrix">
    <table class="matrix">
      <thead>
        <tr>
          <td />
          {columns.map(({ place, total }) => (
            <th key={place} scope="col" title={place}>
              <div class={total.status}>
                <bdi>{place}</bdi>
              </div>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, title, cells }) => (
          <tr key={key}>
            <th scope="row" title={title.length > 40 ? title : undefined}>
              <bdi>{title}</bdi>
            </th>
            {columns.map(({ place }) => (
              <td key={place}>
                <CellButton cell={cells.get(place)} place={place} show={() => show(key, place)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const CellButton = ({ cell, place, show }: { readonly cell: Cell | undefined; readonly place: string; readonly show: () => void }) => {
  if (cell === undefined) return null;
  const { status, count } = cell;
  const shown = `${letters[status]}${count > 999 ? '1k+' : count}`;
  const label = `${shown}: ${words[status]}, ${counted(count, 'time')}, ${place}`;
  return (
    <button type="button" class={`cell ${status}`} onClick={show} aria-label={label} title={place}>
      {shown}
    </button>
  );
};

const noteOf = ({ events }: ReportDocument): string => {
  const legend = 'V violation, K known, A allowed, P probe, with how many; the worst of a cell is its letter.';
  return events === undefined
    ? `${legend} This report lists violations only: what was allowed is not in it.`
    : `${legend} A cell leads to its events.`;
};

/** Tests where a few lines show them all. */
const groupingFor = (rows: readonly Row[]): Grouping => (new Set(rows.map(({ scope }) => scope?.id)).size > LINES ? 'file' : 'test');

const LINES = 20;
const COLUMNS = 24;
