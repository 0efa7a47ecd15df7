import { decodeMarker, decodePiece, type Marker } from '../model/marker.js';

/** Puts the pieces of markers together; a thread writes one after the other. `nonce` null accepts none. */
export class MarkerAssembler {
  /** The marker that each thread has begun. */
  readonly #begun = new Map<number, { readonly id: number; readonly pieces: string[] }>();
  nonce: string | null;

  constructor(nonce: string | null) {
    this.nonce = nonce;
  }

  /** A whole marker, `pending` while pieces are missing, or why the path is not one of this run's. */
  add(tid: number, path: string): Marker | 'pending' | { readonly forged: string } {
    const piece = decodePiece(path);
    if (!piece) return { forged: 'a marker of an unknown form' };
    if (piece.nonce !== this.nonce) return { forged: 'a marker of another run' };
    const begun = this.#begun.get(tid);
    const pieces = begun?.id === piece.id ? begun.pieces : [];
    if (pieces.length !== piece.part || piece.parts > mostPieces) return { forged: 'a marker with pieces out of order' };
    pieces.push(piece.text);
    if (pieces.length < piece.parts) {
      this.#begun.set(tid, { id: piece.id, pieces });
      return 'pending';
    }
    this.#begun.delete(tid);
    return decodeMarker(pieces) ?? { forged: 'a marker that can not be decoded' };
  }
}

/** 40 MB: far more than a batch of stamps and the permissions of a file. */
const mostPieces = 10_000;
