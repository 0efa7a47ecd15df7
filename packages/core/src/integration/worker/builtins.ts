import type * as ChildProcess from 'node:child_process';
import type * as Dns from 'node:dns';
import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type * as WorkerThreads from 'node:worker_threads';

/**
 * The modules of Node of which a function that users import by name is replaced. They are not imported: a Vitest vm context keeps the exports
 * of a module as they were at its first import there, also after `syncBuiltinESMExports`.
 */
export const childProcess = process.getBuiltinModule('node:child_process') as Mutable<typeof ChildProcess>;
export const dns = process.getBuiltinModule('node:dns') as Mutable<typeof Dns>;
export const http = process.getBuiltinModule('node:http') as Mutable<typeof Http>;
export const https = process.getBuiltinModule('node:https') as Mutable<typeof Https>;
export const workerThreads = process.getBuiltinModule('node:worker_threads') as Mutable<typeof WorkerThreads>;

type Mutable<Module> = { -readonly [Key in keyof Module]: Module[Key] };
