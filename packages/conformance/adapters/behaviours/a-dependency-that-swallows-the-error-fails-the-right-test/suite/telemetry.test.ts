import dependency from './dependency/index.cjs';
import { test } from './framework.js';

test('counts', () => {});
test('uses a dependency', () => new Promise<void>((resolve) => dependency.report(resolve)));
test('counts on', () => {});
