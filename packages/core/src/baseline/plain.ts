import type { BaselineEntry } from '../model/baseline.js';

/** The entries of a file that is line by line as `renderBaseline` writes it; null for any other, which is then read as YAML. */
export const parsePlain = (text: string): readonly BaselineEntry[] | null => {
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0] !== 'version: 1' || lines[1] !== 'known:') return null;
  const entries: BaselineEntry[] = [];
  for (const line of lines.slice(2)) {
    const entry = entryOf(line);
    if (entry === null) return null;
    entries.push(entry);
  }
  return entries;
};

const entryOf = (line: string): BaselineEntry | null => {
  const fields = line.startsWith(BEGIN) && line.endsWith(END) ? fieldsOf(line.slice(BEGIN.length, -END.length)) : null;
  if (!fields) return null;
  const [file, project, test, hooks, during, to] = ['file', 'project', 'test', 'hooks', 'during', 'to'].map((key) => fields.get(key));
  const kind = test !== undefined ? 'test' : hooks !== undefined ? 'suite' : during;
  const known = 2 + (file === undefined ? 0 : 1) + (project === undefined ? 0 : 1);
  if (to === undefined || fields.size !== known || (file === undefined) !== (kind === 'run')) return null;
  if (kind !== 'test' && kind !== 'suite' && kind !== 'import' && kind !== 'file' && kind !== 'run') return null;
  return { ...(project && { project }), file: file ?? null, kind, title: test ?? hooks ?? '', to };
};

const fieldsOf = (text: string): Map<string, string> | null => {
  const fields = new Map<string, string>();
  const field = /([a-z]+): ("(?:[^"\\]|\\.)*")(?:, |$)/y;
  while (field.lastIndex < text.length) {
    const [, key = '', value = ''] = field.exec(text) ?? [];
    const read = key === '' || fields.has(key) ? null : textOf(value);
    if (read === null) return null;
    fields.set(key, read);
  }
  return fields;
};

/** What YAML escapes and JSON does not is left to YAML. */
const textOf = (quoted: string): string | null => {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return null;
  }
};

const BEGIN = '  - { ';
const END = ' }';
