import { table } from './table.mjs';

/** The table of the exit codes, for README.md. */
export const exitCodesTable = (exitCodes) =>
  table(
    ['code', 'meaning'],
    exitCodes.map(({ code, meaning }) => [code.length === 1 ? code : 'other', meaning]),
  );
