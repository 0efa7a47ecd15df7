import { commandText } from '../../model/command.js';
import { destinationText } from '../../model/destination.js';
import type { AnsweredViolation } from '../../model/session.js';

/** What a test fails with: where it went, which process did it, how that is known, and the rule that would allow it. */
export class NetworkViolationError extends Error {
  override readonly name = 'NetworkViolationError';

  constructor(violations: readonly AnsweredViolation[]) {
    super(describe(violations));
    // Nothing of this stack is the user's code.
    this.stack = `${this.name}: ${this.message}`;
  }
}

const describe = (violations: readonly AnsweredViolation[]): string => {
  const groups = groupByDestination(violations);
  const head =
    groups.length === 1
      ? 'a connection that the allowlist does not allow'
      : `${groups.length} connections that the allowlist does not allow`;
  return [head, ...groups.map(describeGroup)].join('\n');
};

const groupByDestination = (violations: readonly AnsweredViolation[]): AnsweredViolation[][] => {
  const groups = new Map<string, AnsweredViolation[]>();
  for (const violation of violations) {
    const key = `${violation.family} ${violation.addr} ${violation.port}`;
    groups.set(key, [...(groups.get(key) ?? []), violation]);
  }
  return [...groups.values()];
};

const describeGroup = (group: readonly AnsweredViolation[]): string => {
  const [first] = group;
  if (!first) return '';
  const processes = [...new Map(group.map((violation) => [violation.pid, violation])).values()];
  return [
    `  → ${first.family ?? 'unknown family'} ${destinationText(first)}${group.length > 1 ? ` (${group.length} times)` : ''}`,
    ...processes.map((violation) => `    process  ${violation.argv ? commandText(violation.argv) : 'unknown'} (pid ${violation.pid})`),
    `    charged  by ${first.method}${first.timing ? `, ${first.timing}` : ''}`,
    ...ruleLines(first.rule),
  ].join('\n');
};

const ruleLines = (rule: string | null): string[] =>
  rule === null ? [] : ['    to allow it, add to netaudit.yaml under allowlist:', ...rule.split('\n').map((line) => `      ${line}`)];
