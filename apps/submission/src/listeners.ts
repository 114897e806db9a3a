import { readFile } from 'node:fs/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type OwnCertificates, ownCertificates, type TlsFloor } from '@postern/certificate';
import type { Configuration, SocketAddress } from '@postern/configuration';
import type { Logger } from '@postern/observability';
import { SERVER_MECHANISMS, TOKEN_MECHANISMS } from '@postern/sasl';
import { ConnectionCounts, listenSmtp, type SmtpListener } from '@postern/smtp-socket';
import {
  DEVICE_PROFILE,
  type ListenerKind,
  type ListenerProfile,
  STANDARD_PROFILE,
  type SubmissionPolicy,
} from '@postern/smtp-server';
import type { Submitter } from '@postern/submission';
import type { ClientCertificates } from './client-certificates.ts';
import { CLIENT_CERTIFICATES, CONFIGURATION, LOG, POLICY, RETURNED } from './tokens.ts';

/** How long transactions that are under way at the end may take. */
const GRACE_MS = 20_000;

/** Reports may bring the whole message back. */
const MAX_REPORT_OCTETS = 40 * 1024 * 1024;

const DOORS = ['submission', 'submissions', 'relay', 'devices', 'devicesTls'] as const;
type Door = (typeof DOORS)[number];

interface HowItListens {
  readonly kind: ListenerKind;
  readonly implicitTls: boolean;
  readonly profile: ListenerProfile;
  readonly floor: TlsFloor;
}

const TODAY = { implicitTls: false, profile: STANDARD_PROFILE, floor: 'TLSv1.2' } as const;
const OLD = { kind: 'relay', implicitTls: false, profile: DEVICE_PROFILE, floor: 'TLSv1' } as const;

/** What each door is: the listeners for old devices are relays that forgive more. */
const DOOR: Readonly<Record<Door, HowItListens>> = {
  submission: { ...TODAY, kind: 'submission' },
  submissions: { ...TODAY, kind: 'submissions', implicitTls: true },
  relay: { ...TODAY, kind: 'relay' },
  devices: OLD,
  devicesTls: { ...OLD, implicitTls: true },
};

/** The listeners that the configuration asks for: all open, or none. */
@Injectable()
export class Listeners implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #configuration: Configuration;
  readonly #log: Logger;
  readonly #policy: SubmissionPolicy<Submitter>;
  readonly #open: SmtpListener[] = [];
  readonly #clientCertificates: ClientCertificates;
  /** Of all doors together. */
  readonly #connections: ConnectionCounts;
  readonly #returned: SubmissionPolicy;
  #certificates: OwnCertificates | undefined;

  constructor(
    @Inject(CONFIGURATION) configuration: Configuration,
    @Inject(LOG) log: Logger,
    @Inject(POLICY) policy: SubmissionPolicy<Submitter>,
    @Inject(CLIENT_CERTIFICATES) clientCertificates: ClientCertificates,
    @Inject(RETURNED) returned: SubmissionPolicy,
  ) {
    this.#configuration = configuration;
    this.#log = log;
    this.#policy = policy;
    this.#clientCertificates = clientCertificates;
    this.#connections = new ConnectionCounts(configuration.connections);
    this.#returned = returned;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { hostname, dataDir, tls, listen, clientAuthoritiesFile } = this.#configuration;
    this.#certificates = await ownCertificates({
      files: tls ? [tls, ...tls.more].map(({ certFile, keyFile }) => ({ certPath: certFile, keyPath: keyFile })) : [],
      clientAuthorities: clientAuthoritiesFile && (await readFile(clientAuthoritiesFile, 'utf8')),
      dataDir,
      hostname,
      log: this.#log,
    });
    for (const at of listen.bounces) await this.#openBounces(at, this.#certificates);
    for (const kind of DOORS) for (const at of listen[kind]) await this.#openDoor(kind, at, this.#certificates);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#open.map((listener) => listener.close(GRACE_MS)));
    this.#certificates?.close();
  }

  async #openDoor(door: Door, { address, port }: SocketAddress, certificates: OwnCertificates): Promise<void> {
    const { hostname, maxMessageOctets, tokens, proxyNetworks, clientAuthoritiesFile } = this.#configuration;
    const { kind, implicitTls, profile, floor } = DOOR[door];
    const listener = await listenSmtp({
      kind,
      host: address,
      port,
      implicitTls,
      profile,
      hostname,
      tls: {
        secureContext: (serverName) => certificates.secureContext(serverName, floor),
        clientCertificates: () => this.#clientCertificates.asking,
        clientAuthorities: clientAuthoritiesFile === undefined ? 'none' : 'known',
      },
      mechanisms: tokens ? [...SERVER_MECHANISMS, ...TOKEN_MECHANISMS] : SERVER_MECHANISMS,
      proxyNetworks,
      connections: this.#connections,
      policy: this.#policy,
      limits: { maxMessageOctets },
      log: this.#log,
    });
    this.#open.push(listener);
    this.#log.info({ kind: door, address: listener.address }, 'listening');
  }

  async #openBounces({ address, port }: SocketAddress, certificates: OwnCertificates): Promise<void> {
    const { hostname, proxyNetworks } = this.#configuration;
    const listener = await listenSmtp({
      // Nobody signs in, as on a relay; what is taken is the policy's to say.
      kind: 'relay',
      host: address,
      port,
      hostname,
      tls: { secureContext: (serverName) => certificates.secureContext(serverName, 'TLSv1.2') },
      proxyNetworks,
      policy: this.#returned,
      limits: { maxMessageOctets: MAX_REPORT_OCTETS, maxRecipients: 100 },
      log: this.#log,
    });
    this.#open.push(listener);
    this.#log.info({ kind: 'bounces', address: listener.address }, 'listening');
  }
}
