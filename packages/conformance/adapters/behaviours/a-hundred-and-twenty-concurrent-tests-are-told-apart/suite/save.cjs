// Loaded before all else: keeps what begins connections as Node has it, where restore.ts finds it.
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const http = require('node:http');
const net = require('node:net');

const handle = net._createServerHandle('127.0.0.1', 0, 4);
const socket = dgram.createSocket('udp4');
const state = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'state symbol');
const targets = [
  Object.getPrototypeOf(handle),
  Object.getPrototypeOf(socket[state].handle),
  Object.getPrototypeOf(new dns.Resolver()._handle),
  ...[childProcess.ChildProcess.prototype, childProcess, dns, dns.promises],
  ...[net, net.Socket.prototype, dgram.Socket.prototype, http, http.Agent.prototype],
];
handle.close();
socket.close();

const methodsOf = (target) =>
  Object.entries(Object.getOwnPropertyDescriptors(target))
    .filter(([, { value }]) => typeof value === 'function')
    .map(([name, { value }]) => ({ name, value }));

net[Symbol.for('as node has it')] = targets.map((target) => ({ target, methods: methodsOf(target) }));
