import { closeSync, readdirSync, readlinkSync } from 'node:fs';
import { connect } from './connect.js';
import { test } from './framework.js';

/** Neither pipes nor sockets: without those no process could tell that its tests have ended. */
const isFile = (fd: number): boolean => {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).startsWith('/');
  } catch {
    return false;
  }
};
test('closes', () => {
  const open = readdirSync('/proc/self/fd').map(Number);
  for (const fd of open.filter((each) => each > 2 && isFile(each))) closeSync(fd);
});
test('connects', () => connect(4373));
