import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AllowList } from '../../allowlist/allowlist.js';
import { discoverPolicies } from '../../allowlist/discover.js';
import { Baseline } from '../../baseline/baseline.js';
import { NetauditError } from '../../model/error.js';
import { detectFrameworks, type FoundFramework } from '../../project/detect.js';
import { isSupported, supportedText } from '../../project/frameworks.js';
import { packageFolders } from '../../project/packages.js';
import { type Check, checksOf } from './check.js';

/** Whether the project in the folder is ready: its frameworks with their adapters, those of its workspace too, its policy and its baseline. */
export const checkProject = (folder: string): readonly Check[] => {
  const found = packageFolders(folder).flatMap((name) =>
    detectFrameworks(join(folder, name)).flatMap((each) => frameworkChecks(each, name)),
  );
  const policies = discoverPolicies(folder);
  const baseline = join(folder, BASELINE);
  return [
    ...(found.length === 0
      ? [project('frameworks', 'warning', 'no framework that has an adapter', "put any command under audit by 'netaudit run -- COMMAND'")]
      : found),
    policies.length === 0
      ? project('policy', 'warning', 'no netaudit.yaml here: only the built-in rules allow something', 'netaudit init')
      : fileCheck('policy', policies.join(' and '), () => void AllowList.discover(folder)),
    ...(existsSync(baseline) ? [fileCheck('baseline', BASELINE, () => void Baseline.fromFile(baseline))] : []),
  ];
};

const project = checksOf('project');

const frameworkChecks = (found: FoundFramework, folder: string): readonly Check[] => {
  const { framework, version, adapterInstalled, wired } = found;
  const { name, adapter } = framework;
  const label = `${folder === '' ? '' : `${folder}: `}${name}${version === null ? '' : ` ${version}`}`;
  if (version === null && name !== 'node:test')
    return [project(name, 'warning', `${label} is not installed here`, 'install the dependencies, as with npm ci')];
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

const fileCheck = (id: string, file: string, read: () => void): Check => {
  try {
    read();
    return project(id, 'ok', `${file} is valid`);
  } catch (error) {
    if (!(error instanceof NetauditError)) throw error;
    const { at, fix, allowed } = error.details;
    return project(id, 'failed', error.message, fix ?? (allowed === undefined ? `mend ${at?.file ?? file}` : `write ${allowed}`));
  }
};

const BASELINE = 'netaudit-baseline.yaml';
