import { invalid, notFound, type Outcome } from '../outcome.ts';
import { readReference } from '../credential/reference.ts';
import { readNetworkReference } from '../network/reference.ts';
import type { RateQuery } from '../ports/bounce-admin.ts';
import type { Context } from '../context.ts';

const DAY_MS = 86_400_000;

interface Asked {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly credential?: string | undefined;
  readonly network?: string | undefined;
  readonly domain?: string | undefined;
  readonly queue?: string | undefined;
  readonly class?: string | undefined;
  readonly source?: string | undefined;
}

/** What rates are asked about: the last day where nothing is said. */
export async function readRateQuery(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  asked: Asked,
): Promise<Omit<RateQuery, 'by' | 'span'> | Extract<Outcome<never>, { refused: unknown }>> {
  const reference = asked.credential === undefined ? undefined : readReference(asked.credential);
  const credential = reference && (await store.findCredential(reference));
  if (asked.credential !== undefined && !credential) return notFound(`credential ${asked.credential}`);
  const networkReference = asked.network === undefined ? undefined : readNetworkReference(asked.network);
  const network = networkReference && (await store.findNetwork(networkReference));
  if (asked.network !== undefined && !network) return notFound(`listed network ${asked.network}`);
  const queue = asked.queue === undefined ? undefined : await store.queueNamed(asked.queue);
  if (asked.queue !== undefined && !queue) return notFound(`delivery queue ${asked.queue}`);
  const until = asked.until === undefined ? clock.now() : new Date(asked.until);
  const since = asked.since === undefined ? new Date(until.getTime() - DAY_MS) : new Date(asked.since);
  if (since > until) return invalid([{ field: 'query.since', message: 'Expected an instant before until' }]);
  return {
    since,
    until,
    credentialId: credential?.id,
    networkId: network?.id,
    domain: asked.domain?.toLowerCase(),
    queueId: queue?.id,
    class: asked.class,
    source: asked.source,
  };
}
