import { styleText } from 'node:util';

/** How parts of a text are marked; each returns the text as it is where there are no colours. */
export type Style = Readonly<Record<(typeof marks)[number], (text: string) => string>>;

const marks = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const;

/** Marks by the terminal's own 16 colours, which its user has chosen; whether there are any is decided before. */
export const styleFor = (colors: boolean): Style => (colors ? coloured : plain);

const styleOf = (mark: (mark: (typeof marks)[number], text: string) => string): Style =>
  Object.fromEntries(marks.map((name) => [name, (text: string) => mark(name, text)])) as Style;

export const plain: Style = styleOf((_, text) => text);

const coloured: Style = styleOf((name, text) => (text === '' ? '' : styleText(name, text, { validateStream: false })));
