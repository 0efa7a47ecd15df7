// What a framework's first line loads, in every process of a run: small. What only one process needs is loaded there.
export { NetauditError } from '../model/error.js';
export type { AdapterOptions, AdapterSettings } from './options.js';
export { optionsFromPackage } from './package-options.js';
export type { JoinedSession } from './part.js';
export { orUnaudited, type ProcessFacts, takePart, unaudited } from './take-part.js';
export { takePartBlocking } from './take-part-blocking.js';
export type { WrappedRun, WrapResult } from './wrap.js';
