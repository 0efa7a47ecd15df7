const web = { A: ['203.0.113.80'], AAAA: ['2001:db8:1::80'] };

/**
 * What the lab's DNS server answers, by name. `rcode` fails the question, `silent` never answers it, `delay` (ms) makes it wait. `hints`: the
 * addresses in its HTTPS record.
 * @type {Readonly<Record<string, { A?: string[], AAAA?: string[], CNAME?: string, hints?: string[], rcode?: number, silent?: true, delay?: number }>>}
 */
export const zone = {
  'example.test': web,
  'api.example.test': web,
  'v4only.example.test': { A: web.A },
  'v6only.example.test': { AAAA: web.AAAA },
  'alias.example.test': { CNAME: 'api.example.test' },
  'chain.example.test': { CNAME: 'alias.example.test' },
  // No address of its own: an HTTPS record has it.
  'https.example.test': { hints: ['203.0.113.84'] },
  'multi.example.test': { A: ['203.0.113.81', '203.0.113.80'] },
  'payments.example.test': { A: web.A },
  'telemetry.example.test': { A: ['203.0.113.84'] },

  'refused.example.test': { A: ['203.0.113.81'] },
  'reset.example.test': { A: ['203.0.113.82'] },
  'hang.example.test': { A: ['203.0.113.83'] },
  'timeout.example.test': { A: ['198.51.100.10'] },
  'unreachable.example.test': { A: ['198.51.100.130'] },
  'prohibited.example.test': { A: ['198.51.100.200'] },
  'broken6.example.test': { A: web.A, AAAA: ['2001:db8:dead::1'] },

  'slow.example.test': { A: web.A, delay: 700 },
  'servfail.example.test': { rcode: 2 },
  'silent.example.test': { silent: true },
  // 60 addresses do not fit in 512 bytes: the answer over UDP is truncated, and the client asks again over TCP.
  'big.example.test': { A: Array.from({ length: 60 }, (_, index) => `203.0.113.${100 + index}`) },
};
