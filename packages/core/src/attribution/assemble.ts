import { decodeMarker, decodePiece, type Marker, runName } from '../model/marker.js';

/** Puts the pieces of markers together; a thread writes one after the other. `run`, the name of the run, null: accepts none. */
export class MarkerAssembler {
  /** The marker that each thread has begun. */
  readonly #begun = new Map<number, { readonly id: number; readonly pieces: string[] }>();
  readonly #onUnfinished: (tid: number) => void;
  run: string | null;
  /** The last nonce of this run that was seen. */
  #nonce: string | null = null;

  /** `onUnfinished`: the thread began a marker, and will not write the rest of it. */
  constructor(run: string | null, onUnfinished: (tid: number) => void) {
    this.run = run;
    this.#onUnfinished = onUnfinished;
  }

  /** A whole marker, `pending` while pieces are missing, or why the path is not one of this run's. */
  add(tid: number, path: string): Marker | 'pending' | { readonly forged: string } {
    const piece = decodePiece(path);
    if (!piece) return { forged: 'a marker of an unknown form' };
    if (!this.#isOurs(piece.nonce)) return { forged: 'a marker of another run' };
    const begun = this.#begun.get(tid);
    const pieces = begun?.id === piece.id ? begun.pieces : [];
    if (pieces.length !== piece.part || piece.parts > mostPieces) return { forged: 'a marker with pieces out of order' };
    if (begun?.id !== piece.id) this.end(tid);
    pieces.push(piece.text);
    if (pieces.length < piece.parts) {
      this.#begun.set(tid, { id: piece.id, pieces });
      return 'pending';
    }
    this.#begun.delete(tid);
    return decodeMarker(pieces) ?? { forged: 'a marker that can not be decoded' };
  }

  #isOurs(nonce: string): boolean {
    if (nonce !== this.#nonce && runName(nonce) === this.run) this.#nonce = nonce;
    return nonce === this.#nonce;
  }

  /** The thread has ended. */
  end(tid: number): void {
    if (this.#begun.delete(tid)) this.#onUnfinished(tid);
  }

  /** The trace has ended. */
  finish(): void {
    for (const tid of [...this.#begun.keys()]) this.end(tid);
  }
}

/** 40 MB: far more than a batch of stamps and the permissions of a file. */
const mostPieces = 10_000;
