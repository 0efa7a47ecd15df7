/** One way, and what became of it. */
export type Row = {
  readonly title: string;
  readonly by: string;
  readonly unavailable?: string;
  readonly refused?: string;
  readonly solitary: boolean;
  readonly arrived: boolean;
  readonly reported: { readonly texts: readonly string[]; readonly owners: readonly string[] } | null;
};

export function pageLines(): string[];
export function writePage(rows: readonly Row[]): void;
export function tableOf(rows: readonly Row[]): string;
export function rowText(row: Row): string;
