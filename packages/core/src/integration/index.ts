export { NetauditError } from '../model/error.js';
export type { SessionFile } from '../model/session.js';
export { type AdapterOptions, type AdapterSettings, adapterSettings } from './options.js';
export { optionsFromPackage } from './package-options.js';
export { type RerunResult, rerunUnderAudit } from './rerun.js';
export { type AuditState, takeAuditState } from './state.js';
export { type JoinedSession, orUnaudited, type ProcessFacts, takePart, unaudited } from './take-part.js';
export { type WrappedRun, type WrapResult, wrapWorkers } from './wrap.js';
