import { markWriter } from './mark.js';

/** Says, for the report, what an adapter can not do in this run. For processes without a recorder, such as a framework's main process. */
export const sendNotice = (session: { readonly nonce: string }, text: string): void =>
  markWriter(session.nonce)([{ kind: 'notice', text }]);
