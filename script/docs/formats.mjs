import { code, table } from './table.mjs';

/** The page of the report formats: what the registry has. */
export function formatsPage(renderers) {
  const rows = Object.entries(renderers).map(([name, renderer]) => [code(name), renderer.description, renderer.everyEvent ? 'yes' : '']);
  return `# Report formats

One finished report, in as many forms as are asked for: \`--reporter NAME\` for what is printed and \`--reporter NAME=FILE\` for a file, each as often as needed; in a framework the
option \`reporters: ['text', 'json=netaudit.json']\`.

${table(['name', 'what it is', 'has every event'], rows)}

\`jsonl\` is no rendering of the finished report: it writes each event of the run as it happens, [the log of events](../event-log.md), and only where there are events (\`run\`, \`analyze\`, frameworks).

Who reads which, and how to switch it on there: [reports](../reports.md).

No report holds data that was sent. Names of tests, hosts and files are data of others: every format escapes them.
The schema of the JSON report is \`@netaudit/core/schema/report.json\`.
`;
}
