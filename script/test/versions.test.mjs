import { expect, it } from 'vitest';
import { cellsOf, tableOf } from '../versions-task.mjs';

const results = [
  { ancestorTitles: ['vitest-5, node-24, forks'], status: 'passed' },
  { ancestorTitles: ['vitest-5, node-24, forks'], status: 'failed' },
  { ancestorTitles: ['vitest-5, node-24, threads'], status: 'passed' },
  { ancestorTitles: ['node-test, this Node, isolated'], status: 'passed' },
];

it('counts what passed in each cell, by name, and a failure as not passed', () => {
  expect(cellsOf(results)).toEqual([
    { name: 'node-test, this Node, isolated', passed: 1, total: 1 },
    { name: 'vitest-5, node-24, forks', passed: 1, total: 2 },
    { name: 'vitest-5, node-24, threads', passed: 1, total: 1 },
  ]);
});

it('has one row for each framework on each Node, with the versions of their manifests', () => {
  expect(tableOf(cellsOf(results)).split('\n').slice(2)).toEqual([
    `| node:test | ${process.versions.node.split('.')[0]} | isolated 1/1 |`,
    expect.stringMatching(/^\| vitest 5\.\d+\.\d+ \| 24\.\d+\.\d+ \| forks 1\/2, threads 1\/1 \|$/),
  ]);
});
