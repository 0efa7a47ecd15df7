import { render } from 'preact';
import type { ReportDocument } from './model/document.js';
import './style/base.css';
import './style/frame.css';
import './style/timeline.css';
import './style/cards.css';
import './style/tables.css';
import './style/lists.css';
import './style/narrow.css';
import './style/print.css';
import { App } from './view/app.js';

const host = document.getElementById('page');
const data = document.getElementById('report')?.textContent;

if (host && data) {
  const report: unknown = JSON.parse(data);
  host.textContent = '';
  render(
    isReport(report) ? <App report={report} /> : <p>This file is the empty page of a report; netaudit writes the report into it.</p>,
    host,
  );
}

function isReport(value: unknown): value is ReportDocument {
  return typeof value === 'object' && value !== null && 'verdict' in value && 'violations' in value && 'coverage' in value;
}
