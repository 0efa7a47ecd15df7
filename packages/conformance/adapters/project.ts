import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { appliesTo, type Behaviour, projectFolders } from './behaviour.js';
import type { Cell, Framework, Project, Results } from './framework.js';
import { modulesOf, nodeOf } from './installed.js';

/** What a run of a behaviour's project came to, in the framework's own report and in ours. */
export type Outcome = Results & {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly report: NetauditReport | null;
  /** The lines that the report names as call sites, by destination. */
  readonly sites: Readonly<Record<string, readonly string[]>>;
  /** Contents of the files that the behaviour says are unchanged; null for one that is not there. */
  readonly files: Readonly<Record<string, string | null>>;
};

type ReportOrigin = { readonly site: { readonly file: string; readonly line: number } | null; readonly package: string | null };

export type ReportScope = {
  readonly kind: string;
  readonly file: string | null;
  readonly names: readonly string[];
  readonly project?: string;
};

type NetauditReport = {
  readonly verdict: string;
  readonly notices?: readonly string[];
  readonly gaps: readonly { readonly kind: string; readonly count?: number }[];
  readonly inlinePermissions: readonly { readonly target: string; readonly covers: string; readonly used: number }[];
  readonly violations: readonly {
    readonly addr: string;
    readonly port: number;
    readonly id: string;
    readonly host: string | null;
    readonly attempts: readonly string[];
    readonly scopes: readonly {
      readonly scope: ReportScope | null;
      readonly candidates: readonly ReportScope[];
      readonly method: string;
      readonly timing: string | null;
      readonly count: number;
      readonly usedBy?: readonly ReportScope[];
      readonly origins: readonly ReportOrigin[];
    }[];
  }[];
};

/** Runs the behaviour's project with the real framework, in the lab, in a folder of its own. */
export const runProject = async (framework: Framework, behaviour: Behaviour, cell: Cell): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), 'adapter-'));
  try {
    const project = layOut(framework, behaviour, cell, folder);
    if (behaviour.before) await execute(['/bin/sh', '-c', behaviour.before], folder, { NODE: project.node });
    const { code, stdout, stderr } = await execute(framework.command(project), folder, behaviour.env ?? {});
    const report = readJson<NetauditReport>(join(folder, reportFile));
    const sites = sitesIn(report, [folder, ...projectFolders(behaviour, framework.name).reverse()]);
    const files = Object.fromEntries((behaviour.unchanged ?? []).map((name) => [name, readText(join(folder, name))]));
    return { exitCode: code, stdout, stderr, ...framework.results(project, stdout), report, sites, files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A framework may map a compiled file back to the one it was made from, which is in the second folder. */
const sitesIn = (report: NetauditReport | null, folders: readonly string[]): Outcome['sites'] => {
  const lineOf = ({ site, package: name }: ReportOrigin): string => {
    const path = folders.map((folder) => join(folder, site?.file ?? '')).find((candidate) => site && existsSync(candidate));
    const line = path && readFileSync(path, 'utf8').split('\n')[(site?.line ?? 0) - 1];
    return `${line?.trim() ?? 'no line'}${name === null ? '' : ` [${name}]`}`;
  };
  return Object.fromEntries(
    (report?.violations ?? []).map(({ addr, port, scopes }) => [`${addr}:${port}`, scopes.flatMap(({ origins }) => origins.map(lineOf))]),
  );
};

/** Writes the behaviour's project, ready to run, into `folder`. */
export const layOut = (framework: Framework, behaviour: Behaviour, cell: Cell, folder: string): Project => {
  if (!appliesTo(behaviour, framework.name)) throw new Error(`${behaviour.name} does not apply to ${framework.name}`);
  for (const source of projectFolders(behaviour, framework.name)) cpSync(source, folder, { recursive: true });
  cpSync(here('./connect.ts'), join(folder, 'connect.ts'));
  const type = framework.sources === 'cjs' ? 'commonjs' : 'module';
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type, netaudit: packageOptions(behaviour) }));
  if (framework.sources !== 'ts') compileAll(folder, framework.sources);
  if (!existsSync(join(folder, 'framework.js'))) writeFileSync(join(folder, 'framework.js'), framework.api);
  symlinkSync(modulesOf(cell), join(folder, 'node_modules'));
  const project = { folder, behaviour, cell, node: nodeOf(cell) };
  framework.configure(project);
  return project;
};

/** The options of the behaviour, with the report that the suite reads. */
export const optionsOf = (behaviour: Behaviour) => ({ ...behaviour.options, report: [{ format: 'json', file: reportFile }] });

/** For the frameworks whose one line has no place for options. */
const packageOptions = (behaviour: Behaviour) => optionsOf(behaviour);

const compileAll = (folder: string, form: 'esm' | 'cjs'): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.name.endsWith('.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    const module = form === 'esm' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
    const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
      fileName: entry.name,
      compilerOptions: { module, target: ts.ScriptTarget.ES2022, esModuleInterop: true, inlineSourceMap: true, inlineSources: true },
    });
    writeFileSync(path.replace(/\.ts$/, '.js'), outputText);
    rmSync(path);
  }
};

/** Runs in the lab. The behaviour's own environment goes to the command alone: the lab needs its PATH. */
const execute = (
  command: readonly string[],
  cwd: string,
  own: Readonly<Record<string, string>>,
): Promise<{ code: number | null; stdout: string; stderr: string }> => {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1', CI: 'true', GITHUB_ACTIONS: undefined, GITLAB_CI: undefined };
  for (const name of Object.keys(env)) if (/^(VITEST|NETAUDIT|TEST$|NODE_ENV$|NODE_TEST|JEST|FORCE_COLOR$)/.test(name)) delete env[name];
  const words = Object.entries(own).map(([name, value]) => `${name}=${value}`);
  return new Promise((resolve) => {
    const options = { cwd, env, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(lab, ['--', '/usr/bin/env', ...words, ...command], options, (error, stdout, stderr) => {
      resolve({ code: error ? (child.exitCode ?? null) : 0, stdout, stderr });
    });
    child.stdin?.end();
  });
};

const readText = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null);

export const readJson = <Value>(file: string): Value | null => {
  const text = readText(file);
  return text === null ? null : (JSON.parse(text) as Value);
};

const reportFile = 'netaudit.json';
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const lab = realpathSync(here('../lab/lab.sh'));
