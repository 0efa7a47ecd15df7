/** What was looked at, and how to mend it where it has to be. `area`: whether the machine or the project is meant. */
export type Check = {
  readonly id: string;
  readonly area: 'machine' | 'project';
  /** `warning`: netaudit works, and something is worth knowing. `failed`: it does not. */
  readonly status: 'ok' | 'warning' | 'failed';
  readonly found: string;
  readonly fix?: string | undefined;
};

/** Makes the checks of one area. */
export const checksOf =
  (area: Check['area']) =>
  (id: string, status: Check['status'], found: string, fix?: string): Check => ({
    id,
    area,
    status,
    found,
    ...(fix !== undefined && { fix }),
  });
