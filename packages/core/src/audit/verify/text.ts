import { printable } from '../../model/printable.js';
import type { Verification, VerifiedPart } from './verify.js';

/** A verification for people: each part, what it comes to, and what it can not prove. Without a last line break. */
export const verificationText = ({ file, holds, parts }: Verification): string =>
  [...parts.flatMap(partLines), `netaudit: ${printable(file)} ${holds ? 'holds' : 'does not hold'}`, ...(holds ? limits(parts) : [])].join(
    '\n',
  );

const partLines = ({ part, result, says }: VerifiedPart): string[] =>
  says.map((text, index) => `  ${(index === 0 ? result : '').padEnd(12)}${(index === 0 ? part : '').padEnd(10)}${printable(text)}`);

const limits = (parts: readonly VerifiedPart[]): string[] => {
  const replayed = parts.some(({ part, result }) => part === 'replay' && result === 'holds');
  return [
    `  Proved: the report was not changed by accident${replayed ? ', and says what its trace says under its policy' : ''}.`,
    `  Not proved: who made it, and that it is of the run you think it is. Who can change the report can change its .sha256${
      replayed ? ' and the trace' : ''
    } too;`,
    '  against that, keep the hash elsewhere, or sign it. Versions, commit, host and times are what the machine of the run said.',
  ];
};
