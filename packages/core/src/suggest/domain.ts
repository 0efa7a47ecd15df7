import type { DomainOf } from './rules.js';

/** The registrable domains of the Public Suffix List, which is large and is loaded by this. */
export const loadDomains = async (): Promise<DomainOf> => {
  const { getDomain } = await import('tldts');
  return (host) => getDomain(host, { allowPrivateDomains: true });
};
