import { chosenCells, frameworks } from '../adapters/index.js';
import { installCells } from '../adapters/installed.js';

/** Installs the frameworks, once for all test files. */
export default function setUp(): void {
  installCells(frameworks.flatMap((framework) => chosenCells(framework)));
}
