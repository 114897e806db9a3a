/** What a provider may take to answer, and how much it may say. */
export const TIMEOUT_MS = 5_000;
const MAX_OCTETS = 512 * 1024;

/** The provider did not answer as it must: nobody can say whether a token is good. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** Fetches a document of the provider: bounded in time and size, and no redirect is followed. */
export async function boundedFetch(url: string, signal?: AbortSignal): Promise<Response> {
  const limits = [AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])];
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.any(limits),
    });
    if (response.status !== 200) throw new ProviderUnavailable(`${url} answered ${response.status}`);
    return new Response(await bounded(response, url), { status: 200 });
  } catch (cause) {
    if (cause instanceof ProviderUnavailable) throw cause;
    throw new ProviderUnavailable(`${url}: ${becauseOf(cause)}`, { cause });
  }
}

async function bounded(response: Response, url: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let octets = 0;
  for await (const chunk of response.body ?? []) {
    octets += chunk.length;
    if (octets > MAX_OCTETS) throw new ProviderUnavailable(`${url} answered more than ${MAX_OCTETS} octets`);
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

/** Of a fetch that failed, what failed it. */
function becauseOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? `${cause.message}: ${cause.cause.message}` : cause.message;
}
