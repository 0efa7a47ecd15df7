import type { Report } from '../model/report.js';
import { shardOf } from '../model/shard.js';
import type { NumberedReport } from './needs.js';

/** Numbers the runs that the reports are of: one that names no shard is a run; the first report of each shard is of the first run, and so on. */
export const numberRuns = (reports: readonly Report[]): readonly NumberedReport[] => {
  const given = new Map<string, number>();
  const firstShard = new Map<string, number>();
  let runs = 0;
  return reports.map((report) => {
    const shard = shardOf(report);
    const nth = shard ? (given.get(`${shard.index}/${shard.count}`) ?? 0) : 0;
    if (shard) given.set(`${shard.index}/${shard.count}`, nth + 1);
    const known = shard ? firstShard.get(`${nth} of ${shard.count}`) : undefined;
    if (known !== undefined) return { run: known, report };
    runs += 1;
    if (shard) firstShard.set(`${nth} of ${shard.count}`, runs);
    return { run: runs, report };
  });
};
