/**
 * The document of the `json` reporter (core's schema/report.json) as the page reads it. Older reports and those that are not verbose have fewer keys:
 * only the first ones are certain. Times are µs since the epoch.
 */
export type ReportDocument = {
  readonly schemaVersion: number;
  readonly runId: string;
  readonly verdict: 'clean' | 'violations' | 'incomplete';
  readonly exitCode: number;
  readonly violations: readonly Violation[];
  readonly gaps: readonly Gap[];
  readonly command: { readonly argv: readonly string[]; readonly exitCode: number | null; readonly signal: string | null } | null;
  readonly coverage: Coverage;
  readonly leftRunning: readonly ProcessInfo[];
  readonly unusedRules: readonly string[];
  readonly findings?: readonly Finding[];
  readonly events?: readonly EventEntry[];
  readonly accepted?: readonly Gap[];
  readonly omitted?: { readonly violating: number; readonly events: number };
  readonly ran?: readonly { readonly file: string; readonly project?: string; readonly tests: readonly string[] }[];
  readonly baseline?: Baseline;
  readonly notices?: readonly string[];
  readonly inlinePermissions?: readonly Permission[];
  readonly queriesWithoutConnection?: readonly UnusedQuery[];
  readonly provenance?: Provenance;
  readonly scopes?: readonly Scope[];
  readonly timeline?: Timeline;
  readonly processes?: readonly ProcessEntry[];
  readonly dns?: readonly DnsEntry[];
};

export type Scope = {
  readonly id: string;
  readonly kind: 'run' | 'file' | 'import' | 'suite' | 'test';
  readonly file: string | null;
  readonly names: readonly string[];
  readonly project?: string | undefined;
};

export type ProcessInfo = { readonly pid: number; readonly argv: readonly string[] | null };

export type Site = { readonly file: string; readonly line: number; readonly column: number; readonly function: string | null };

export type Origin = {
  readonly call: string;
  readonly host: string | null;
  readonly site: Site | null;
  readonly package: string | null;
};

export type HostName = { readonly name: string; readonly source: string };

export type ViolationScope = {
  readonly scope: Scope | null;
  readonly method: string;
  readonly candidates: readonly Scope[];
  readonly timing: string | null;
  readonly count: number;
  readonly processes?: readonly ProcessInfo[];
  readonly origins?: readonly Origin[];
  readonly usedBy?: readonly Scope[];
};

export type Violation = {
  readonly id: string;
  readonly family: string;
  readonly addr: string | null;
  readonly port: number | null;
  readonly count: number;
  readonly pids: readonly number[];
  readonly scopes: readonly ViolationScope[];
  readonly suggestedRule: string | null;
  readonly host: string | null;
  readonly deniedBy?: readonly string[];
  readonly names?: readonly HostName[];
  readonly partial?: boolean;
};

export type Finding = {
  readonly id: string;
  readonly code: string;
  readonly level: string;
  readonly message: string;
  readonly count: number;
  readonly scopes: readonly ViolationScope[];
  readonly evidence: readonly string[];
};

/** One connect or send. What comes after `rule` is in verbose reports of newer versions. */
export type EventEntry = {
  readonly family: string;
  readonly addr: string | null;
  readonly port: number | null;
  readonly status: string;
  readonly rule: string | null;
  readonly probe?: boolean;
  readonly outcome?: string;
  readonly result?: number | null;
  readonly seq?: number;
  readonly at?: number;
  readonly took?: number | null;
  readonly pid?: number;
  readonly tid?: number;
  readonly call?: string;
  readonly transport?: string | null;
  readonly scope?: string | null;
  readonly method?: string;
  readonly timing?: string | null;
  readonly candidates?: readonly string[];
  readonly usedBy?: readonly string[];
  readonly names?: readonly HostName[];
  readonly origin?: Origin | null;
  readonly violation?: string | null;
  readonly line?: string;
};

export type Gap = { readonly kind: string; readonly reason: string; readonly line?: number; readonly count?: number };

export type Coverage = {
  readonly source: string;
  readonly tool: string | null;
  readonly mode: string;
  readonly uncovered: readonly string[];
  readonly fallbacks: readonly string[];
  readonly events: number;
  readonly lines: number;
  readonly ignoredLines: number;
  readonly unreadLines?: number;
};

export type BaselineEntry = { readonly file: string | null; readonly kind: string; readonly title: string; readonly to: string };

export type Baseline = {
  readonly file: string;
  readonly known: readonly Violation[];
  readonly gone: readonly BaselineEntry[];
  readonly notRun: readonly BaselineEntry[];
};

export type Permission = { readonly target: string; readonly reason: string; readonly at: string; readonly used: number };

export type UnusedQuery = {
  readonly name: string;
  readonly types: readonly string[];
  readonly status: string | null;
  readonly allowed: boolean;
  readonly count: number;
};

export type Provenance = {
  readonly netaudit?: string;
  readonly started?: number | null;
  readonly ended?: number | null;
  readonly commit?: string | null;
  readonly dirty?: boolean | null;
  readonly node?: string;
  readonly tool?: string | null;
  readonly kernel?: string;
  readonly arch?: string;
  readonly policySha256?: string | null;
  readonly traceSha256?: string | null;
};

export type Lane = {
  readonly worker?: string | number | null;
  readonly pid: number;
  readonly tid: number;
  readonly from: number | null;
  readonly to: number | null;
};

export type Span = {
  readonly lane: number;
  readonly scope: string;
  readonly from: number;
  readonly to: number | null;
  readonly attempt?: number;
};

export type Timeline = { readonly lanes: readonly Lane[]; readonly spans: readonly Span[]; readonly omitted?: number };

export type ProcessEntry = {
  readonly pid: number;
  readonly parent: number | null;
  readonly argv: readonly string[] | null;
  readonly file?: string | null;
  readonly from?: number | null;
  readonly to?: number | null;
  readonly code?: number | null;
  readonly signal?: string | null;
};

export type DnsEntry = {
  readonly at?: number;
  readonly name: string;
  readonly type: string;
  readonly status: string | null;
  readonly addresses: readonly string[];
  readonly server: string;
  readonly pid?: number;
  readonly scope?: string | null;
};
