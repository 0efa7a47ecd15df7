import { decodeMarker, decodePiece, type Marker } from '../model/marker.js';

/** Puts the pieces of markers together, per thread. `nonce` null accepts none. */
export class MarkerAssembler {
  readonly #pieces = new Map<string, string[]>();
  nonce: string | null;

  constructor(nonce: string | null) {
    this.nonce = nonce;
  }

  /** A whole marker, `pending` while pieces are missing, or why the path is not one of this run's. */
  add(tid: number, path: string): Marker | 'pending' | { readonly forged: string } {
    const piece = decodePiece(path);
    if (!piece) return { forged: 'a marker of an unknown form' };
    if (piece.nonce !== this.nonce) return { forged: 'a marker of another run' };
    const key = `${tid}/${piece.id}`;
    const pieces = this.#pieces.get(key) ?? [];
    if (pieces.length !== piece.part) return { forged: 'a marker with pieces out of order' };
    pieces.push(piece.text);
    if (pieces.length < piece.parts) {
      this.#pieces.set(key, pieces);
      return 'pending';
    }
    this.#pieces.delete(key);
    return decodeMarker(pieces) ?? { forged: 'a marker that can not be decoded' };
  }
}
