import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ownCertificate, type OwnCertificate } from '@postern/certificate';
import type { Configuration } from '@postern/configuration';
import type { Logger } from '@postern/observability';
import { listenSmtp, type SmtpListener } from '@postern/smtp-socket';
import type { SubmissionPolicy } from '@postern/smtp-server';
import type { Submitter } from '@postern/submission';
import { CONFIGURATION, LOG, POLICY } from './tokens.ts';

/** How long transactions that are under way at the end may take. */
const GRACE_MS = 20_000;

/** The listeners that the configuration asks for: all open, or none. */
@Injectable()
export class Listeners implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #configuration: Configuration;
  readonly #log: Logger;
  readonly #policy: SubmissionPolicy<Submitter>;
  readonly #open: SmtpListener[] = [];
  #certificate: OwnCertificate | undefined;

  constructor(
    @Inject(CONFIGURATION) configuration: Configuration,
    @Inject(LOG) log: Logger,
    @Inject(POLICY) policy: SubmissionPolicy<Submitter>,
  ) {
    this.#configuration = configuration;
    this.#log = log;
    this.#policy = policy;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { hostname, dataDir, tls, listen, maxMessageOctets } = this.#configuration;
    const certificate = await ownCertificate({
      ...(tls ? { certPath: tls.certFile, keyPath: tls.keyFile } : {}),
      dataDir,
      hostname,
      log: this.#log,
    });
    this.#certificate = certificate;
    for (const kind of ['submission', 'submissions', 'relay'] as const) {
      for (const { address, port } of listen[kind]) {
        const listener = await listenSmtp({
          kind,
          host: address,
          port,
          implicitTls: kind === 'submissions',
          hostname,
          tls: { secureContext: () => certificate.secureContext() },
          policy: this.#policy,
          limits: { maxMessageOctets },
          log: this.#log,
        });
        this.#open.push(listener);
        this.#log.info({ kind, address: listener.address }, 'listening');
      }
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#open.map((listener) => listener.close(GRACE_MS)));
    this.#certificate?.close();
  }
}
