import net from 'node:net';
import { now } from './clock.js';
import type { Recorder } from './recorder.js';
import { wrapMethods } from './wrap.js';

/** A connection of this thread: who uses it, by scope, and the clock readings around the call that opened it, null before. */
type Connection = { readonly users: Set<string>; opened: { readonly from: number; readonly to: number } | null };

/**
 * Wraps what opens a TCP connection and what writes on one, TLS included, so that the recorder knows which scopes use a connection that
 * another one opened: keep-alive, pools, clients that a suite shares. `tcp` is the prototype of the handles.
 */
export const hookReuse = (tcp: object, recorder: Recorder): void => {
  const connections = new WeakMap<object, Connection>();
  wrapMethods(tcp, ['connect', 'connect6'], (connect, _, handle) => open(connectionOf(handle as object, connections), connect, recorder));
  wrapMethods(net.Socket.prototype, ['write', 'end'], (write, [chunk], socket) => {
    const connection = carriesData(chunk) ? inUse(socket as Opened, connections) : undefined;
    if (connection) use(connection, recorder);
    return write();
  });
};

const open = (connection: Connection, connect: () => unknown, recorder: Recorder): unknown => {
  const scope = recorder.currentScope();
  const from = now();
  try {
    return connect();
  } finally {
    connection.opened = { from, to: now() };
    for (const user of connection.users) if (user !== scope) recorder.noteUse(user, connection.opened);
    if (scope !== null) connection.users.add(scope);
  }
};

const use = ({ users, opened }: Connection, recorder: Recorder): void => {
  const scope = recorder.currentScope();
  if (scope === null || users.has(scope)) return;
  users.add(scope);
  if (opened) recorder.noteUse(scope, opened);
};

/** What is written before the connection is opened is sent then. undefined: it was not opened here (accepted, a pipe, no connection). */
const inUse = (socket: Opened, connections: WeakMap<object, Connection>): Connection | undefined => {
  const handle = lowestHandle(socket);
  if (!handle) return undefined;
  return socket.connecting === true ? connectionOf(handle, connections) : connections.get(handle);
};

const connectionOf = (handle: object, connections: WeakMap<object, Connection>): Connection => {
  const known = connections.get(handle) ?? { users: new Set(), opened: null };
  connections.set(handle, known);
  return known;
};

/** The handle of TLS has that of TCP as its parent. */
const lowestHandle = (socket: Opened): Handle | null => {
  let handle = socket._handle ?? null;
  while (handle?._parent) handle = handle._parent;
  return handle;
};

type Opened = { readonly connecting?: unknown; readonly _handle?: Handle | null };
type Handle = { readonly _parent?: Handle | null };

/** `end` may be given no data, or only its callback. */
const carriesData = (chunk: unknown): boolean => chunk !== undefined && chunk !== null && typeof chunk !== 'function';
