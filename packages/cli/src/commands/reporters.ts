import { createRequire } from 'node:module';
import type { ReportFormat } from '@netaudit/core';
import { Option } from 'commander';

/** The registry itself is loaded when a command runs; the type keeps this list equal to it. */
const formats: Readonly<Record<ReportFormat, true>> = {
  text: true,
  json: true,
  html: true,
  junit: true,
  sarif: true,
  github: true,
  gitlab: true,
  tap: true,
  markdown: true,
  'dot-minimal': true,
};

export const reporterOption = (): Option =>
  new Option('--reporter <name[=file]>', 'make this report, into the file if one is named; may be given more than once').argParser(
    (value: string, others: readonly string[] = []) => [...others, value],
  );

export const ciReportersOption = (): Option =>
  new Option('--no-ci-reporters', 'do not add the reporter of the CI system: github under GitHub Actions, gitlab under GitLab CI');

export const formatOption = (): Option =>
  new Option('--format <format>', 'of the one report').choices(Object.keys(formats)).default('text').conflicts('reporter');

export const outputOption = (): Option => new Option('--output <file>', 'write the one report to a file').conflicts('reporter');

/** Loaded when help is asked for: a command that runs does not pay for it. */
export const reportersHelp = (): string => {
  const { reporterHelp } = createRequire(import.meta.url)('@netaudit/core') as typeof import('@netaudit/core');
  return `\nReporters:\n${reporterHelp()}\n`;
};
