import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What packages/core/scanner exports. Numbers are places in the memory. */
export type ScannerModule = {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly input: { readonly value: number };
  readonly inputSize: { readonly value: number };
  readonly record: { readonly value: number };
  markName(from: number, length: number): void;
  setReady(tid: number, isSo: boolean): void;
  scan(from: number, to: number): number;
};

/** Starts the module, with a memory of its own; null where it can not be: no WebAssembly (`node --jitless`), no SIMD, too little address space. */
export const startModule = (): ScannerModule | null => {
  try {
    const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssembly };
    compiled ??= new WebAssembly.Module(readFileSync(path()));
    return new WebAssembly.Instance(compiled).exports;
  } catch {
    return null;
  }
};

/** As far as it is used here; the types of Node have none of it. */
type WebAssembly = {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: ScannerModule };
};

let compiled: object | undefined;

const path = (): string => join(dirname(createRequire(import.meta.url).resolve('@netaudit/core/package.json')), 'dist/scanner.wasm');
