import { useMemo, useState } from 'preact/hooks';
import type { ReportDocument } from '../model/document.js';
import type { Row } from '../model/rows.js';
import { type Node, treeOf } from '../model/tree.js';
import type { Choose } from '../state/use-view.js';
import { noFilter } from '../state/view.js';
import { commandText } from '../text/place.js';
import { printable } from '../text/printable.js';
import { counted, spanText } from '../text/time.js';
import { goTo } from './bar.js';
import { Section } from './section.js';

type Props = { readonly report: ReportDocument; readonly rows: readonly Row[]; readonly choose: Choose };

/** Who started whom, and what each process connected to. */
export const Processes = ({ report, rows, choose }: Props) => {
  const roots = useMemo(() => treeOf(report, rows), [report, rows]);
  const show = (pid: number) => {
    choose({ ...noFilter, pid });
    goTo('events');
  };
  return (
    <Section id="processes" title={roots.length === 0 ? 'Processes' : `Processes (${report.processes?.length ?? 0})`}>
      {roots.length === 0 ? (
        <p class="none">
          {report.processes === undefined ? 'This report does not have the processes of the run.' : 'No process was seen.'}
        </p>
      ) : (
        <div class="tree">
          <Children nodes={roots} depth={0} show={show} />
        </div>
      )}
    </Section>
  );
};

type Show = (pid: number) => void;

const Children = ({ nodes, depth, show }: { readonly nodes: readonly Node[]; readonly depth: number; readonly show: Show }) => {
  const [most, setMost] = useState(MOST);
  return (
    <ul>
      {nodes.slice(0, most).map((node, index) => (
        <ProcessItem key={index} node={node} depth={depth} show={show} />
      ))}
      {nodes.length > most && (
        <li>
          <button type="button" onClick={() => setMost(most + 10 * MOST)}>
            {counted(nodes.length - most, 'more process', 'more processes')}
          </button>
        </li>
      )}
    </ul>
  );
};

const ProcessItem = ({ node, depth, show }: { readonly node: Node; readonly depth: number; readonly show: Show }) => {
  const [open, setOpen] = useState(depth < 2 || (node.violations > 0 && depth < DEEPEST_OPEN));
  const hasChildren = node.children.length > 0;
  return (
    <li>
      <div class="process">
        {hasChildren ? (
          <button
            type="button"
            class="fold"
            aria-expanded={open}
            aria-label={`Children of ${node.entry.pid}`}
            onClick={() => setOpen(!open)}
          >
            {open ? '▾' : '▸'}
          </button>
        ) : (
          <span class="fold" />
        )}
        <code class="pid">{node.entry.pid}</code>
        <bdi class="argv" title={commandText(node.entry.argv, node.entry.file)}>
          {node.title}
        </bdi>
        <span class="small">{endingOf(node)}</span>
        {node.events > 0 && (
          <button type="button" class="link" onClick={() => show(node.entry.pid)}>
            {counted(node.events, 'event')}
          </button>
        )}
        {node.violations > 0 && (
          <span class="status violation">
            <span aria-hidden="true">◆</span> {counted(node.violations, 'violation')}
            {hasChildren ? ' in all' : ''}
          </span>
        )}
      </div>
      {open && hasChildren && <Children nodes={node.children} depth={depth + 1} show={show} />}
    </li>
  );
};

const endingOf = ({ entry: { from, to, code, signal } }: Node): string => {
  const lived = from != null && to != null ? spanText(to - from) : '';
  const ending = signal ? `ended by ${printable(signal)}` : code != null && code !== 0 ? `exit ${code}` : '';
  return [lived, ending].filter(Boolean).join(', ');
};

const MOST = 50;
const DEEPEST_OPEN = 20;
