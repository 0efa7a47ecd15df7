/** What a process did after which data can leave where the trace does not show it. */
export type BlindSpot =
  | 'io_uring'
  | 'clone_untraced'
  | 'seccomp_notify'
  | 'seccomp_filter'
  | 'received_socket'
  | 'taken_socket'
  | 'accepted_socket'
  | 'inherited_socket'
  | 'raw_socket';

/** The ones that leave the audit incomplete, unless the user accepts them by name: anything may have happened there. */
export const acceptableBlindSpots = ['io_uring', 'clone_untraced', 'seccomp_notify'] as const satisfies readonly BlindSpot[];

export type AcceptableBlindSpot = (typeof acceptableBlindSpots)[number];

export const isAcceptable = (name: unknown): name is AcceptableBlindSpot => acceptableBlindSpots.some((known) => known === name);

/** What can not be known, as a sentence without a full stop. */
export const blindSpotText = (spot: BlindSpot): string => texts[spot];

const texts: Readonly<Record<BlindSpot, string>> = {
  io_uring: 'io_uring was set up by this process: connections made through it cannot be seen',
  clone_untraced: 'a process was cloned with CLONE_UNTRACED: what it does cannot be seen',
  seccomp_notify: 'a seccomp filter hands calls to another process before the tracer: which were made cannot be seen',
  seccomp_filter: 'a seccomp filter of its own may answer calls before the tracer: attempts that it refuses cannot be seen',
  received_socket: 'a descriptor was received from another process: where it leads cannot be known',
  taken_socket: 'a descriptor was taken from another process: where it leads cannot be known',
  accepted_socket: 'somebody outside of this run connected to a port of it: what is sent back cannot be seen',
  inherited_socket:
    'the command was started with a standard stream that is connected to another machine: what is written there cannot be seen',
  raw_socket: 'a socket below TCP and UDP was opened: where its packets go cannot be known',
};
