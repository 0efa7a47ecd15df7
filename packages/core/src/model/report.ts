import type { BaselineEntry } from './baseline.js';
import type { Course } from './course.js';
import type { EgressEvent } from './event.js';
import type { FindingCode } from './finding.js';
import type { Origin } from './origin.js';
import type { PermissionReach } from './permission.js';
import type { Provenance } from './provenance.js';
import type { Method, Owner, Scope, Timing } from './scope.js';

export type Verdict = 'clean' | 'violations' | 'incomplete';

/** A process as the report names it. `argv` is null when its exec was not seen. */
export type ProcessInfo = {
  readonly pid: number;
  readonly argv: readonly string[] | null;
  /** What was executed, as execve(2) was given it; absent where that was not seen. */
  readonly file?: string | undefined;
};

/** A name by which the process knew an address, and how that is known: from an answer in the trace, or as its JavaScript told. */
export type HostName = { readonly name: string; readonly source: 'dns' | 'lookup' };

/** One event with its owner, its process, and the rule that allowed it (null: no rule did; '' is a rule without a name). */
export type JudgedEvent = {
  readonly event: EgressEvent;
  readonly owner: Owner;
  readonly process: ProcessInfo;
  readonly rule: string | null;
  /** `known`: a violation of the baseline. `probe`: a datagram connect to port 0, by which libc sorts addresses (RFC 6724); no packet leaves. */
  readonly status: 'allowed' | 'violation' | 'known' | 'probe';
  /** The rule that denies it, by its name, or else what it is for; absent where none does. */
  readonly denied?: string | undefined;
  /** As `denied`: the rule that allows it and wants it to be told. */
  readonly warned?: string | undefined;
  /** Where in the user's code it was begun, as the test thread told; null where it did not. */
  readonly origin: Origin | null;
  /** Names of the address, the last one that was answered before the call first; absent when there are none. */
  readonly names?: readonly HostName[] | undefined;
  /** Other scopes that used the connection, in the order in which they did. */
  readonly usedBy?: readonly Scope[] | undefined;
  /** How it ended; `result` is 0 or −errno, null when it is not known. Absent for events that come without a trace. */
  readonly outcome?: Outcome | undefined;
  readonly result?: number | null | undefined;
  /** µs until it ended; as `outcome`. */
  readonly took?: number | null | undefined;
};

/** `in progress`: the trace does not show how a connect ended. `unknown`: the call itself never returned. `failed`: for another reason. */
export type Outcome = 'connected' | 'sent' | 'refused' | 'timed out' | 'failed' | 'in progress' | 'unknown';

/** What one scope had to do with a violation. */
export type ViolationScope = {
  readonly scope: Scope | null;
  readonly method: Method;
  readonly candidates: readonly Scope[];
  readonly timing: Timing;
  readonly count: number;
  readonly processes: readonly ProcessInfo[];
  /** The calls of user code that began them, as far as known. */
  readonly origins: readonly Origin[];
  /** The host names that were asked for, null where that is not known of some; absent when none is known. */
  readonly hosts?: readonly (string | null)[] | undefined;
  /** Other scopes that used these connections; absent when there are none. */
  readonly usedBy?: readonly Scope[] | undefined;
  /** Where the framework ran a test more than once: the attempts that violated, of how many. */
  readonly testAttempts?: { readonly violated: readonly number[]; readonly run: number } | undefined;
};

/** All events to one destination that no rule allowed. `firstTimestamp` is in seconds, as ConnectEvent.timestamp. */
export type Violation = {
  readonly id: string;
  readonly family: string;
  readonly addr: string | null;
  readonly port: number | null;
  readonly count: number;
  readonly pids: readonly number[];
  readonly firstTimestamp: number;
  readonly scopes: readonly ViolationScope[];
  /** An allowlist entry (YAML list item) that would allow it; null where no kind of rule can, or another denies it. */
  readonly suggestedRule: string | null;
  /** The rules that deny it, whatever allows it; absent where none does. */
  readonly deniedBy?: readonly string[] | undefined;
  /** The rule that nearly allows it; absent where none is near, and where another denies it. */
  readonly nearest?: NearestRule | undefined;
  /** The host name that was asked for, where all calls asked for the same. */
  readonly host: string | null;
  /** How the host is known; null or absent where it is not. */
  readonly hostSource?: HostName['source'] | null | undefined;
  /** Every name by which a process that connected knew the address; at most 20. */
  readonly names?: readonly HostName[] | undefined;
  /** Ids of all violations that are attempts of the same calls (RFC 8305), this one included; empty when it is alone. */
  readonly attempts: readonly string[];
  /** Present when there were too many pids, owners, processes or origins to list all. The count is exact. */
  readonly partial?: true | undefined;
};

/** A rule that nearly allows a destination. `why`: what it allows instead, a clause after its name; `at`: `file:line`, null where it is in no file. */
export type NearestRule = { readonly rule: string; readonly why: string; readonly at: string | null };

/** What a detector concluded, once for each subject. */
export type Finding = {
  /** The same for the same code and subject in every run. */
  readonly id: string;
  readonly code: FindingCode;
  readonly level: 'fail' | 'warn';
  /** What it is about, such as a destination. */
  readonly subject: string;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly count: number;
  /** Whose doing it was; empty where that is not known. */
  readonly scopes: readonly ViolationScope[];
  /** The first lines of the trace that it rests on. */
  readonly evidence: readonly string[];
};

/** Why an audit is not complete. */
export type Gap = {
  readonly kind: 'unread' | 'lost' | 'no-marker' | 'forged' | 'uncovered' | 'permission';
  readonly reason: string;
  readonly line?: number | undefined;
  /** How many there were that say the same; absent for one. */
  readonly count?: number | undefined;
};

/** A permission in a test file that was used, or that held for a test that was run. `used`: how many events it allowed. */
export type InlinePermission = {
  readonly target: string;
  readonly reason: string;
  /** `file:line:column`, or the file and titles where an option states it. */
  readonly at: string;
  readonly covers: PermissionReach;
  readonly used: number;
  readonly usedBy: readonly Scope[];
};

/** How the audited command ended; `null` fields where it did not (a replayed trace has no command result). */
export type CommandResult = { readonly argv: readonly string[]; readonly exitCode: number | null; readonly signal: string | null };

/** Facts about the source and what it could not do. */
export type Coverage = {
  readonly source: string;
  readonly tool: string | null;
  /** `command`: all that a command did. `wrap`: only the worker processes of a framework. `log`: what was recorded before. */
  readonly mode: 'command' | 'wrap' | 'log';
  /** Parts of the run that no source saw, one clause each. */
  readonly uncovered: readonly string[];
  /** Capabilities that were absent and what was done instead. */
  readonly fallbacks: readonly string[];
  readonly events: number;
  readonly lines: number;
  /** Lines of other system calls or foreign text, which are not evidence. */
  readonly ignoredLines: number;
  /** Lines that should have been readable and were not: each is a gap, unless the user accepts them. In each report that is built here. */
  readonly unreadLines?: number | undefined;
};

/** What a report leaves out because there is too much of it. */
export type Omitted = {
  /** Violating events to destinations that are not listed. */
  readonly violating: number;
  /** Events that a verbose report would list. */
  readonly events: number;
};

/** What became of the baseline that the run was compared with. */
export type BaselineResult = {
  readonly file: string;
  /** What it accepts and what was done again: counted apart from the report's violations, in the same shape. */
  readonly known: readonly Violation[];
  /** Entries whose scope was run, and did not do it any more. Empty where the audit is not complete. */
  readonly gone: readonly BaselineEntry[];
  /** Entries whose scope was not run. */
  readonly notRun: readonly BaselineEntry[];
};

/** A test file that was run, with its tests: names from the outermost suite to the test, joined by ` > `. */
export type RanFile = { readonly file: string; readonly project?: string | undefined; readonly tests: readonly string[] };

/** A finished report: everything a reporter may render. */
export type Report = {
  readonly runId: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly violations: readonly Violation[];
  /** Conclusions beside the violations; those at level `fail` fail the run too. */
  readonly findings?: readonly Finding[] | undefined;
  readonly events: readonly JudgedEvent[];
  readonly gaps: readonly Gap[];
  /** Lines that could not be read, where the user accepts that (`--no-strict`): they do not make the audit incomplete. */
  readonly accepted?: readonly Gap[] | undefined;
  readonly command: CommandResult | null;
  readonly coverage: Coverage;
  /** Processes that were still running when the command ended, and were stopped. */
  readonly leftRunning: readonly ProcessInfo[];
  readonly unusedRules: readonly string[];
  /** Absent when the report lists everything. */
  readonly omitted?: Omitted | undefined;
  /** What an adapter could not do, and what it did instead. */
  readonly notices?: readonly string[] | undefined;
  readonly inlinePermissions?: readonly InlinePermission[] | undefined;
  /** Absent when no baseline was given. */
  readonly baseline?: BaselineResult | undefined;
  /** What was run under audit; absent where there was too much of it. */
  readonly ran?: readonly RanFile[] | undefined;
  /** Names that were asked for by a process which then connected to no address of theirs: a question can carry data out. */
  readonly unusedNames?: readonly UnusedName[] | undefined;
  /** The course of the run; absent where its events were not kept. */
  readonly course?: Course | undefined;
  /** What it was made from; null or absent where it was made of events alone, or of reports that do not tell. */
  readonly provenance?: Provenance | null | undefined;
};

/** A name that a process asked for, and connected to none of its addresses. */
export type UnusedName = {
  readonly name: string;
  readonly types: readonly string[];
  /** What was answered, the best of several: NOERROR, NXDOMAIN, …; null where no answer was seen. */
  readonly status: string | null;
  /** Whether the name server may be asked: by a rule, or a permission. */
  readonly allowed: boolean;
  /** How many questions there were. */
  readonly count: number;
  readonly scopes: readonly ViolationScope[];
};

/** A reporter turns a finished report into text. It decides nothing and prints nothing. */
export type ReportRenderer = {
  readonly description: string;
  /** Whether its lines may stand among others, on a terminal or in a log; else it is a document, alone in a file or on stdout. */
  readonly log?: true;
  /** Whether it shows every event, so that a run has to keep them. */
  readonly everyEvent?: true;
  render(report: Report, options: RenderOptions): string;
};

/** `verbose`: with every event. The others are for a reporter whose text goes to a terminal. */
export type RenderOptions = {
  readonly verbose: boolean;
  /** Whether the text may be coloured (ECMA-48 SGR); default: no. */
  readonly colors?: boolean | undefined;
  /** Columns that long lines are wrapped at; null, the default: they are not. */
  readonly width?: number | null | undefined;
};
