import type { ReportDocument } from '../model/document.js';
import type { Theme } from '../state/use-theme.js';
import { commandText } from '../text/place.js';
import { printable } from '../text/printable.js';

type Props = {
  readonly report: ReportDocument;
  readonly parts: readonly (readonly [id: string, title: string])[];
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
};

/** The line that stays at the top: what this is, the way to each part, the colours. */
export const TopBar = ({ report, parts, theme, setTheme }: Props) => (
  <header class="top">
    <span class="name">netaudit</span>
    <span class="command" title={report.command ? commandText(report.command.argv) : undefined}>
      <bdi>{report.command ? commandText(report.command.argv) : printable(report.coverage.source)}</bdi>
    </span>
    <nav aria-label="Parts of the report">
      {parts.map(([id, title]) => (
        <button type="button" key={id} onClick={() => goTo(id)}>
          {title}
        </button>
      ))}
    </nav>
    <label class="theme">
      <span class="unseen">Colours</span>
      <select value={theme} onChange={({ currentTarget }) => setTheme(currentTarget.value as Theme)}>
        <option value="auto">Auto</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  </header>
);

/** Moves the reader and the focus to a part; the address is left to the view. */
export const goTo = (id: string): void => {
  document.getElementById(id)?.scrollIntoView();
  document.getElementById(`${id}-title`)?.focus({ preventScroll: true });
};
