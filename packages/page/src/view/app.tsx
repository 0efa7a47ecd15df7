import { useEffect, useMemo } from 'preact/hooks';
import type { ReportDocument } from '../model/document.js';
import { rowsOf } from '../model/rows.js';
import { usePrint } from '../state/use-print.js';
import { useTheme } from '../state/use-theme.js';
import { useView } from '../state/use-view.js';
import { TimelineSection } from '../timeline/timeline.js';
import { goTo, TopBar } from './bar.js';
import { Events } from './events.js';
import { Verdict } from './masthead.js';
import { MatrixSection } from './matrix.js';
import { Names } from './names.js';
import { Gaps, Notes } from './notes.js';
import { Processes } from './processes.js';
import { Violations } from './violations.js';

/** The page of one report. */
export const App = ({ report }: { readonly report: ReportDocument }) => {
  const [view, choose] = useView();
  const [theme, setTheme] = useTheme();
  const printing = usePrint();
  const rows = useMemo(() => rowsOf(report), [report]);
  useEffect(() => {
    if (location.hash.length > 1) goTo('events');
  }, []);
  return (
    <>
      <TopBar report={report} parts={parts} theme={theme} setTheme={setTheme} />
      <main>
        <Verdict report={report} rows={rows} printing={printing} />
        <Gaps report={report} />
        <TimelineSection report={report} rows={rows} view={view} choose={choose} />
        <Violations report={report} choose={choose} printing={printing} />
        <MatrixSection report={report} rows={rows} choose={choose} printing={printing} />
        <Events report={report} rows={rows} view={view} choose={choose} printing={printing} />
        <Processes report={report} rows={rows} choose={choose} />
        <Names report={report} printing={printing} />
        <Notes report={report} />
      </main>
    </>
  );
};

const parts = [
  ['timeline', 'Timeline'],
  ['violations', 'Violations'],
  ['matrix', 'Matrix'],
  ['events', 'Events'],
  ['processes', 'Processes'],
  ['names', 'Names'],
  ['notes', 'Notes'],
] as const;
