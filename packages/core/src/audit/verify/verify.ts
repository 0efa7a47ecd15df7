import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { AllowList } from '../../allowlist/allowlist.js';
import { policyHash } from '../../allowlist/policy-hash.js';
import { NetauditError } from '../../model/error.js';
import type { Provenance } from '../../model/provenance.js';
import type { Report } from '../../model/report.js';
import { readSidecar, sidecarOf } from '../../model/sidecar.js';
import { readReportFile, strictReportFromJson, type WrittenReport } from '../../reports/read.js';
import { openTrace } from '../../sources/strace/input/open-trace.js';
import { analyzeTrace } from '../analyze.js';
import { contentMistakes } from './contents.js';
import { replayMistakes, violationsText } from './replay.js';

/** One thing that was checked, or was not and why. `says` has one sentence, or one for each mistake. */
export type VerifiedPart = {
  readonly part: 'sidecar' | 'schema' | 'contents' | 'policy' | 'trace' | 'replay';
  readonly result: 'holds' | 'fails' | 'not checked';
  readonly says: readonly string[];
};

/** Whether a report is what it claims to be, as far as could be checked. */
export type Verification = { readonly file: string; readonly holds: boolean; readonly parts: readonly VerifiedPart[] };

export type VerifyOptions = {
  /** The trace of the run, as openTrace takes it. */
  readonly trace?: string | undefined;
  /** The policy that counted, a file or the folder that the run was in. */
  readonly policy?: string | undefined;
  readonly stdin: AsyncIterable<Uint8Array>;
};

/**
 * Compares a report with its sidecar, with itself, and with the policy and trace that are given. Throws REPORT_READ, TRACE_READ or what is wrong with the
 * policy, where a file can not be read.
 */
export const verifyReport = async (file: string, { trace, policy, stdin }: VerifyOptions): Promise<Verification> => {
  const bytes = readReportFile(file);
  const allowlist = policy === undefined ? null : policyOf(policy);
  const parts: VerifiedPart[] = [checkSidecar(file, bytes)];
  const document = documentOf(bytes.toString());
  parts.push(...checkDocument(document));
  const report = typeof document === 'object' ? document?.report : undefined;
  if (policy !== undefined) parts.push(checkPolicy(allowlist, policy, report?.provenance));
  if (trace !== undefined) parts.push(...(await checkTrace({ report, trace, allowlist, stdin })));
  return { file, holds: parts.every(({ result }) => result !== 'fails'), parts };
};

const part = (name: VerifiedPart['part'], result: VerifiedPart['result'], ...says: string[]): VerifiedPart => ({
  part: name,
  result,
  says,
});

/** `holds` where there are no mistakes. */
const judged = (name: VerifiedPart['part'], mistakes: readonly string[], otherwise: string): VerifiedPart =>
  mistakes.length === 0 ? part(name, 'holds', otherwise) : part(name, 'fails', ...listed(mistakes));

const listed = (mistakes: readonly string[]): string[] => [
  ...mistakes.slice(0, mostMistakes),
  ...(mistakes.length > mostMistakes ? [`and ${mistakes.length - mostMistakes} more`] : []),
];

const policyOf = (path: string): AllowList =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ? AllowList.discover(path) : AllowList.fromFile(path);

const checkSidecar = (file: string, bytes: Uint8Array): VerifiedPart => {
  const sidecar = sidecarOf(file);
  if (!existsSync(sidecar)) return part('sidecar', 'fails', `there is no ${sidecar}: nothing tells whether the report was changed`);
  const lines = readSidecar(readText(sidecar));
  const line = lines.find(({ name }) => name === basename(file));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (!line) return part('sidecar', 'fails', `${sidecar} has no line HASH  NAME, as of sha256sum, for ${basename(file)}`);
  if (line.sha256 !== sha256) return part('sidecar', 'fails', `the report was changed: its SHA-256 is ${sha256}, not ${line.sha256}`);
  return part('sidecar', 'holds', `the report has the SHA-256 of ${sidecar}`);
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new NetauditError('REPORT_READ', {
      found: `cannot read '${file}': ${(cause as NodeJS.ErrnoException).code ?? 'unknown'}`,
      cause,
    });
  }
};

/** A report in JSON, what is wrong with it, or null: it is of another format. */
const documentOf = (text: string): WrittenReport | string | null => {
  if (!text.trimStart().startsWith('{')) return null;
  const isOther = !text.includes('"schemaVersion"') && !text.includes('"runId"');
  return isOther && isJson(text) ? null : strictReportFromJson(text);
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const checkDocument = (document: WrittenReport | string | null): VerifiedPart[] => {
  if (document === null) return [part('schema', 'not checked', 'it is no report of the reporter json: only its bytes can be compared')];
  if (typeof document === 'string') return [part('schema', 'fails', document)];
  const { violations, verdict, exitCode } = document.report;
  return [
    part('schema', 'holds', 'it is as schema/report.json says'),
    judged(
      'contents',
      contentMistakes(document),
      `${violationsText(violations)}, verdict ${verdict} and exit code ${exitCode} follow from it`,
    ),
  ];
};

const checkPolicy = (allowlist: AllowList | null, path: string, provenance: Provenance | null | undefined): VerifiedPart => {
  const said = provenance?.policySha256 ?? null;
  if (said === null || allowlist === null) return part('policy', 'fails', 'the report does not tell the hash of its policy');
  const found = policyHash(allowlist);
  if (found === said) return part('policy', 'holds', `${path} comes to the policy that counted (${said})`);
  return part('policy', 'fails', `${path} comes to another policy (${found}) than the one that counted (${said})`);
};

type TraceCheck = {
  readonly report: Report | undefined;
  readonly trace: string;
  readonly allowlist: AllowList | null;
  readonly stdin: AsyncIterable<Uint8Array>;
};

const checkTrace = async ({ report, trace, allowlist, stdin }: TraceCheck): Promise<VerifiedPart[]> => {
  const said = report?.provenance?.traceSha256 ?? null;
  const policy = allowlist ?? samePolicy(report);
  const strict = (report?.accepted ?? []).length === 0;
  const replay = await analyzeTrace(openTrace(trace, stdin), { allowlist: policy ?? new AllowList(), strict });
  const found = replay.provenance?.traceSha256 ?? null;
  if (!report || said === null) return [part('trace', 'fails', 'the report does not tell the hash of its trace')];
  if (found !== said) {
    const wrapped = report.coverage.mode === 'wrap' ? '; it rests on the traces of several workers, which are not kept' : '';
    return [part('trace', 'fails', `${trace} is another trace (${found}) than that of the report (${said})${wrapped}`)];
  }
  const same = part('trace', 'holds', `${trace} is the trace of the report (${said})`);
  if (policy === null) return [same, part('replay', 'not checked', 'the policy that counted is not at hand: name it by --policy')];
  if (policyHash(policy) !== report.provenance?.policySha256)
    return [same, part('replay', 'not checked', 'it was judged by another policy')];
  const again = `the trace, judged again, gives the same ${violationsText(replay.violations)}`;
  return [same, judged('replay', replayMistakes(report, replay), again)];
};

/** The policy that holds here, or the built-in one, where that is the one which counted. */
const samePolicy = (report: Report | undefined): AllowList | null => {
  const candidates = [() => AllowList.discover('.'), () => new AllowList()];
  for (const candidate of candidates) {
    const policy = orNull(candidate);
    if (policy && policyHash(policy) === report?.provenance?.policySha256) return policy;
  }
  return null;
};

/** A policy that nobody named may be wrong: it is not the one. */
const orNull = (make: () => AllowList): AllowList | null => {
  try {
    return make();
  } catch {
    return null;
  }
};

const mostMistakes = 20;
