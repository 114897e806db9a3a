import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../free-port.ts';
import { Faults, type ZoneFault, type ZoneFaultKind } from './fault.ts';
import { forged, huge, type Query, readQuery, refusal, response, spoilt, truncated } from './packets.ts';
import { ZoneData } from './zone-data.ts';
import { canonicalName } from './zone-record.ts';

export interface ZoneServerOptions {
  readonly address?: string;
  readonly port?: number;
  /** Records as a master file has them; see readRecords. */
  readonly records?: string;
  /** Whether an answer about a name carries the AD bit. */
  readonly authentic?: (name: string, type: string) => boolean;
  readonly negativeTtlSeconds?: number;
}

export interface AskedQuestion {
  readonly name: string;
  readonly type: string;
  readonly via: 'udp' | 'tcp';
}

/** A resolver of the lab: it answers from what it was told, everything else does not exist, and it errs where it was told to. */
export interface ZoneServer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  /** The questions that came in, the last 10,000 of them. */
  readonly questions: readonly AskedQuestion[];
  add(records: string): void;
  /** Replaces all records of a name, or those of one type. */
  replace(name: string, type: string | undefined, records: string): void;
  remove(name: string, type?: string): void;
  /** Errs about a name from now on; `*` is every name. */
  fault(name: string, fault: ZoneFaultKind | ZoneFault): void;
  /** Errs no more, about a name or at all. */
  mend(name?: string): void;
  setAuthentic(authentic: (name: string, type: string) => boolean): void;
  /** How often a question was asked. */
  asked(name: string, type?: string): number;
  close(): Promise<void>;
}

/** Starts a zone server on UDP and TCP. */
export async function zoneServer(options: ZoneServerOptions = {}): Promise<ZoneServer> {
  const address = options.address ?? '127.0.0.1';
  const port = options.port ?? (await freePort(address));
  const server = new Responder(options);
  const udp = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const tcp = createServer((socket) => server.converse(socket));
  udp.on('message', (octets, peer) => {
    server.answerDatagram(udp, octets, peer);
  });
  udp.bind(port, address);
  await once(udp, 'listening');
  tcp.listen(port, address);
  await once(tcp, 'listening');
  const close = (): Promise<void> => server.close(udp, tcp);
  return {
    address,
    port,
    questions: server.questions,
    add: (records) => server.data.add(records),
    replace(name, type, records) {
      server.data.remove(name, type);
      server.data.add(records);
    },
    remove: (name, type) => server.data.remove(name, type),
    fault: (name, fault) => server.faults.set(canonicalName(name), typeof fault === 'string' ? { kind: fault } : fault),
    mend: (name) => server.faults.clear(name === undefined ? undefined : canonicalName(name)),
    setAuthentic(authentic) {
      server.authentic = authentic;
    },
    asked: (name, type) =>
      server.questions.filter((each) => each.name === canonicalName(name) && (type === undefined || each.type === type))
        .length,
    close,
    [Symbol.asyncDispose]: close,
  };
}

class Responder {
  readonly data = new ZoneData();
  readonly faults = new Faults();
  readonly questions: AskedQuestion[] = [];
  authentic: (name: string, type: string) => boolean;
  readonly #negativeTtlSeconds: number;
  readonly #sockets = new Set<Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: ZoneServerOptions) {
    this.authentic = options.authentic ?? (() => false);
    this.#negativeTtlSeconds = options.negativeTtlSeconds ?? 60;
    if (options.records !== undefined) this.data.add(options.records);
  }

  answerDatagram(udp: UdpSocket, octets: Buffer, peer: { readonly address: string; readonly port: number }): void {
    const query = readQuery(octets, 'udp');
    if (!query) return;
    const send = (packet: Buffer): void => udp.send(packet, peer.port, peer.address);
    const fault = this.#noteAndTakeFault(query);
    if (fault === 'timeout') return;
    if (fault === 'empty') return send(Buffer.alloc(0));
    if (fault === 'truncate' || fault === 'huge' || fault === 'close' || fault === 'drip')
      return send(truncated(query));
    if (fault !== 'spoof') return send(this.#respond(query, fault));
    send(spoilt(forged(query), 'wrong-id'));
    const stranger = createSocket(udp.address().family === 'IPv6' ? 'udp6' : 'udp4');
    stranger.send(forged(query), peer.port, peer.address, () => {
      stranger.close();
      send(this.#respond(query, undefined));
    });
  }

  converse(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    let held: Buffer = Buffer.alloc(0);
    socket.on('data', (octets) => {
      held = Buffer.concat([held, octets]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const query = readQuery(held.subarray(2, 2 + held.readUInt16BE(0)), 'tcp');
        held = held.subarray(2 + held.readUInt16BE(0));
        if (query) this.#answerStream(socket, query);
      }
    });
  }

  async close(udp: UdpSocket, tcp: Server): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const timer of this.#timers) clearInterval(timer);
    udp.close();
    tcp.close();
    await once(tcp, 'close');
  }

  #answerStream(socket: Socket, query: Query): void {
    const fault = this.#noteAndTakeFault(query);
    if (fault === 'timeout') return;
    if (fault === 'close') return void socket.end();
    const packet = fault === 'huge' ? huge(query) : fault === 'empty' ? Buffer.alloc(0) : this.#respond(query, fault);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(packet.length);
    const framed = Buffer.concat([length, packet]);
    if (fault !== 'drip') return void socket.write(framed);
    let sent = 0;
    const timer = setInterval(() => {
      if (sent < framed.length - 1 && !socket.destroyed) socket.write(framed.subarray(sent, (sent += 1)));
    }, 20);
    this.#timers.add(timer);
  }

  #respond(query: Query, fault: ZoneFaultKind | undefined): Buffer {
    if (fault === 'servfail') return refusal(query, 'SERVFAIL');
    if (fault === 'refused') return refusal(query, 'REFUSED');
    if (fault === 'formerr') return refusal(query, 'FORMERR');
    const authentic = this.authentic(query.name, query.type);
    const whole = response(query, this.data.lookup(query.name, query.type), {
      authentic,
      negativeTtlSeconds: this.#negativeTtlSeconds,
    });
    return fault === undefined ? whole : spoilt(whole, fault);
  }

  #noteAndTakeFault(query: Query): ZoneFaultKind | undefined {
    if (this.questions.push({ name: query.name, type: query.type, via: query.via }) > 10_000) this.questions.shift();
    return this.faults.take(query.name, query.type);
  }
}
