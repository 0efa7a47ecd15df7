import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AllowList } from '../../allowlist/allowlist.js';
import { Baseline } from '../../baseline/baseline.js';
import { NetauditError } from '../../model/error.js';
import { detectFrameworks, type FoundFramework } from '../../project/detect.js';
import { isSupported, supportedText } from '../../project/frameworks.js';
import type { Check } from './check.js';

/** Whether the project in the folder is ready: its frameworks with their adapters, its policy and its baseline. */
export const checkProject = (folder: string): readonly Check[] => {
  const found = detectFrameworks(folder);
  return [
    ...(found.length === 0
      ? [project('frameworks', 'warning', 'no framework that has an adapter', "put any command under audit by 'netaudit run -- COMMAND'")]
      : found.flatMap(frameworkChecks)),
    fileCheck({ id: 'policy', file: join(folder, 'netaudit.yaml'), read: (path) => void AllowList.fromFile(path), absent: NO_POLICY }),
    ...(existsSync(join(folder, BASELINE))
      ? [fileCheck({ id: 'baseline', file: join(folder, BASELINE), read: (path) => void Baseline.fromFile(path), absent: null })]
      : []),
  ];
};

const project = (id: string, status: Check['status'], found: string, fix?: string): Check => ({
  id,
  area: 'project',
  status,
  found,
  ...(fix !== undefined && { fix }),
});

const frameworkChecks = (found: FoundFramework): readonly Check[] => {
  const { framework, version, adapterInstalled, wired } = found;
  const { name, adapter } = framework;
  const label = version === null ? name : `${name} ${version}`;
  if (version === null && name !== 'node:test')
    return [project(name, 'warning', `${name} is not installed here`, 'install the dependencies, as with npm ci')];
  if (version !== null && !isSupported(framework, version))
    return [
      project(
        name,
        'failed',
        `${label} is not supported by ${adapter}`,
        `take ${name} ${supportedText(framework)}, or put it under 'netaudit run'`,
      ),
    ];
  if (!adapterInstalled) return [project(name, 'warning', `${label}, without ${adapter}`, `npm install --save-dev ${adapter}`)];
  if (!wired) return [project(name, 'warning', `${label}, whose configuration does not name ${adapter}`, 'netaudit init')];
  return [project(name, 'ok', `${label} with ${adapter}`)];
};

type FileCheck = {
  readonly id: string;
  readonly file: string;
  readonly read: (path: string) => void;
  readonly absent: { readonly found: string; readonly fix: string } | null;
};

const fileCheck = ({ id, file, read, absent }: FileCheck): Check => {
  if (absent && !existsSync(file)) return project(id, 'warning', absent.found, absent.fix);
  try {
    read(file);
    return project(id, 'ok', `${file} is valid`);
  } catch (error) {
    if (!(error instanceof NetauditError)) throw error;
    const { at, fix, allowed } = error.details;
    return project(id, 'failed', error.message, fix ?? (allowed === undefined ? `mend ${at?.file ?? file}` : `write ${allowed}`));
  }
};

const NO_POLICY = { found: 'no netaudit.yaml here: only the built-in rules allow something', fix: 'netaudit init' };
const BASELINE = 'netaudit-baseline.yaml';
