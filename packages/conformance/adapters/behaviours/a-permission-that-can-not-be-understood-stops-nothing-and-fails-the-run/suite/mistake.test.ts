import { test } from './framework.js';

// netaudit-allow 203.0.113.10 the port is missing
test('connects nowhere', () => {});
