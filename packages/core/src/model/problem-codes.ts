import { type ErrorMeaning, errorMeanings } from './error-codes.js';
import type { FindingCode } from './finding.js';
import type { Gap } from './report.js';

/** What a report can tell: a violation (`denied` where a rule forbids it), a finding, or why the audit is not complete. */
export type ProblemCode = 'violation' | 'denied' | FindingCode | Gap['kind'];

/** What machine formats number. Numbers never change their meaning; docs/errors has them too. */
export const problemMeanings = {
  violation: {
    number: 'NA601',
    about: 'A connection that no rule allows.',
    fix: 'Mock what the test connects to; or allow it, by a rule in `netaudit.yaml` (`netaudit allow ID --reason …` writes it) or by `netaudit-allow` in the test file.',
  },
  denied: {
    number: 'NA602',
    about: 'A connection that a rule under `deny:` forbids.',
    fix: 'Take the connection out of the test: what denies wins over whatever allows.',
  },
  'blind-spot': finding('NA611', 'blind-spot', 'Something can leave by a way that the trace does not show.'),
  'cloud-metadata': finding('NA612', 'cloud-metadata', "A cloud's metadata service was asked."),
  detached: finding('NA613', 'detached', 'A process that outlived its test connected.'),
  door: finding('NA614', 'door', 'A daemon outside of the audit was asked to do something.'),
  'expired-rule': finding('NA615', 'expired-rule', 'A rule of the policy is past its last day.'),
  late: finding('NA616', 'late', 'A test connected after its own end.'),
  'refused-loopback': finding('NA617', 'refused-loopback', 'A loopback port on which nobody listens was connected to.'),
  'shadowed-rule': finding('NA618', 'shadowed-rule', 'A rule of the policy is never reached, or is denied altogether.'),
  'slow-connect': finding('NA619', 'slow-connect', 'A test lost time in connections that were refused or timed out.'),
  'unused-rule': finding('NA620', 'unused-rule', 'A rule of the policy allowed nothing in this run.'),
  warned: finding('NA621', 'warned', 'A connection was allowed by a rule with `level: warn`.'),
  'wide-rule': finding('NA622', 'wide-rule', 'A rule of the policy allows more than it seems to, or than anyone needs.'),
  unread: {
    number: 'NA651',
    about: 'The audit is not complete: a line of the trace that should have been readable was not.',
    fix: 'Record the trace again; `--no-strict` accepts such lines, and counts them.',
  },
  lost: {
    number: 'NA652',
    about: 'The audit is not complete: events were lost.',
    fix: 'Run it again; the reason says what went wrong, and `docs/faults.md` what can.',
  },
  'no-marker': {
    number: 'NA653',
    about: 'The audit is not complete: the marker with which every run begins is not in the trace.',
    fix: 'Run it again; `netaudit doctor` says whether tracing works here.',
  },
  forged: {
    number: 'NA654',
    about: 'The audit is not complete: a marker in the trace is not by the audit, or was left unfinished.',
    fix: 'Look at the process that the reason names: its markers can not be trusted.',
  },
  uncovered: {
    number: 'NA655',
    about: 'The audit is not complete: a part of the run was not audited, and it was said that all of it has to be.',
    fix: 'Run it under `netaudit run`, or do without `coverage: all`; a shard that is missing has to be run.',
  },
} as const satisfies Record<Exclude<ProblemCode, 'permission'>, ErrorMeaning>;

/** A permission that can not be understood is a mistake of the user's, and has the number of that. */
export const meaningOf = (code: ProblemCode): ErrorMeaning => (code === 'permission' ? errorMeanings.PERMISSION : problemMeanings[code]);

function finding<Number extends ErrorMeaning['number']>(number: Number, code: FindingCode, about: string) {
  return { number, about, fix: `\`netaudit explain ${code}\` tells more; \`findings:\` in \`netaudit.yaml\` sets its level.` };
}
