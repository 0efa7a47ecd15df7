import { OwnServers, type Target } from './policy-rule.js';
import { IPv4Rule, IPv6Rule, UnixSocketRule } from './rule.js';

/** What a preset allows. `about`: one clause, for the schema and the documentation. */
export type Preset = { readonly about: string; readonly targets: readonly Target[] };

const loopback = (port: readonly (number | string)[]): Target[] => [
  new IPv4Rule('127.0.0.0/8', { port }),
  new IPv6Rule('::1/128', { port }),
];

/** docs.docker.com: the daemon's sockets, also rootless and of Docker Desktop, and the bridge that containers are on by default. */
const docker: readonly Target[] = [
  ...[
    '/var/run/docker.sock',
    '/run/docker.sock',
    '/run/user/*/docker.sock',
    '*/.docker/run/docker.sock',
    '*/.docker/desktop/docker.sock',
  ].map((glob) => new UnixSocketRule(glob)),
  new IPv4Rule('172.17.0.0/16'),
];

/** Rules that many projects need, by name. */
export const presets = {
  'private-networks': {
    about: 'the private networks of IPv4 and IPv6 (RFC 1918, RFC 4193): 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7',
    targets: [...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((cidr) => new IPv4Rule(cidr)), new IPv6Rule('fc00::/7')],
  },
  docker: { about: "the Docker daemon's sockets, and its default bridge 172.17.0.0/16", targets: docker },
  testcontainers: {
    about: 'as docker, and the ports of this machine that Docker chooses for containers: 32768 to 65535 on loopback',
    targets: [...docker, ...loopback(['32768-65535'])],
  },
  'vite-dev-server': {
    about:
      "the ports of Vite's development and preview servers on loopback, the next nine too where they are taken, and of its reloads (24678)",
    targets: loopback(['5173-5182', '4173-4182', 24_678]),
  },
  'own-servers': { about: 'the ports of loopback on which the run itself listens', targets: [new OwnServers()] },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as [PresetName, ...PresetName[]];
