import type { EgressEvent } from '../../model/event.js';
import { BySubject } from '../by-subject.js';
import type { Detector } from '../detector.js';

/** Connections to sockets of daemons that act for others outside of the run: what they do then is in no trace of it. */
export const door = (): Detector => {
  const found = new BySubject();
  const own = new Set<string>();
  return {
    seen: (event) => {
      if (event.kind === 'listen' && event.family === 'AF_UNIX' && event.addr !== null && doorOf(event.addr) !== null) own.add(event.addr);
    },
    charged: (observed) => {
      const { event } = observed.judged;
      if (!leadsOut(event)) return false;
      found.add(event.addr ?? '', observed);
      return true;
    },
    conclude: () =>
      found
        .conclude((path) => `${path} leads to ${doorOf(path)}, which acts outside of this audit`)
        .filter(({ subject }) => !own.has(subject)),
  };
};

/** A socket that is not there, or refuses, is no way out. */
const leadsOut = ({ kind, family, addr, result }: EgressEvent): boolean =>
  kind === 'connect' && family === 'AF_UNIX' && addr !== null && (result === null || result >= 0) && doorOf(addr) !== null;

/** What listens at the path, by the places that its manual gives; null where it is no known door. Abstract names begin with `@`. */
const doorOf = (path: string): string | null => doors.find(([pattern]) => pattern.test(path))?.[1] ?? null;

const doors: readonly (readonly [RegExp, string])[] = [
  [/\/docker\.sock$|\/docker-desktop\/|\/\.docker\/run\//, 'the Docker daemon'],
  [/\/containerd(?:\/|\.sock)|\/k3s\/containerd\//, 'containerd'],
  [/\/podman\/podman\.sock$|\/podman\.sock$/, 'Podman'],
  [/\/buildkit\/buildkitd\.sock$/, 'BuildKit'],
  [/\/crio\/crio\.sock$/, 'CRI-O'],
  [/\/(?:lxd|incus)\/unix\.socket$/, 'LXD or Incus'],
  [/\/libvirt\/[^/]*-sock(?:-ro)?$/, 'libvirt'],
  [/\/snapd(?:-snap)?\.socket$/, 'snapd'],
  [/\/S\.gpg-agent[^/]*$/, 'gpg-agent'],
  [/\/ssh-[^/]+\/agent\.\d+$|\/keyring\/ssh$|\/\.ssh\/agent[^/]*$|ssh-agent/, 'ssh-agent'],
  [/^@?\/tmp\/\.X11-unix\/X\d+$/, 'the X server'],
  [/\/wayland-\d+$/, 'the Wayland compositor'],
  [/\/system_bus_socket$|^\/run\/user\/\d+\/bus$|^@?\/tmp\/dbus-/, 'D-Bus'],
  [/^\/run\/(?:user\/\d+\/)?systemd\//, 'systemd'],
];
