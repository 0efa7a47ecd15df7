/** One look-up of a host name, in µs since the epoch; `to` is infinite while it goes on. `scope` is null where it is not known. */
export type Lookup = { readonly n: number; readonly name: string; readonly scope: string | null; readonly from: number; to: number };

/** The look-ups of one thread that may still be asked for. */
export class Lookups {
  #known: Lookup[] = [];

  begin(n: number, name: string, scope: string | null, from: number): void {
    this.#known.push({ n, name, scope, from, to: Number.POSITIVE_INFINITY });
  }

  end(n: number, at: number): void {
    const lookup = this.#known.findLast((known) => known.n === n);
    if (lookup) lookup.to = at;
  }

  /** Those that were under way from `from` to `to`. */
  during(from: number, to: number): readonly Lookup[] {
    return this.#known.filter((lookup) => lookup.from <= from && to <= lookup.to);
  }

  /** Forgets those that ended before `ts`. */
  forget(ts: number): void {
    if (this.#known.some((lookup) => lookup.to < ts)) this.#known = this.#known.filter((lookup) => lookup.to >= ts);
  }
}

/** Whether a question for `asked` may come from a look-up of `name`: libc appends the search domains of resolv.conf(5) to a name without a last dot. */
export const mayAsk = (name: string, asked: string): boolean => {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  const question = asked.toLowerCase();
  return question === wanted || (!name.endsWith('.') && question.startsWith(`${wanted}.`));
};
