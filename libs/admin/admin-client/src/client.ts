import {
  type CONTENT_FILES,
  type ExportName,
  problem,
  ROUTES,
  type RequestOf,
  type ResponseOf,
  type Route,
  type RouteName,
} from '@postern/admin-contract';
import { unreachable, type Result } from './result.ts';

/** One method for each route of the contract that answers JSON: `client.showQueue({ params: { id: 1 } })`. */
export type AdminClient = {
  readonly [Name in Exclude<RouteName, 'stream' | ExportName | keyof typeof CONTENT_FILES>]: (
    ...request: Record<never, never> extends RequestOf<(typeof ROUTES)[Name]>
      ? [request?: RequestOf<(typeof ROUTES)[Name]>, options?: CallOptions]
      : [request: RequestOf<(typeof ROUTES)[Name]>, options?: CallOptions]
  ) => Promise<Result<ResponseOf<(typeof ROUTES)[Name]>>>;
};

export interface ClientOptions {
  /** Where the API is, such as `http://127.0.0.1:3001`; empty for the page's own origin. */
  readonly baseUrl: string;
  /** Headers of every call, such as the cookie that a server forwards. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A client of the admin API. No method rejects: what goes wrong is a problem in the result, and an API that cannot be
 * reached is the problem `unreachable`.
 */
export function createAdminClient(options: ClientOptions): AdminClient {
  const methods = Object.entries<Route>(ROUTES)
    .filter(([, route]) => !route.stream)
    .map(([name, route]) => [
      name,
      (request: AnyRequest = {}, callOptions: CallOptions = {}) => call(options, route, request, callOptions),
    ]);
  return asAdminClient(Object.fromEntries(methods));
}

interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Each method was made of the route of its name, so it takes and answers what the type says of that name. */
function asAdminClient(methods: unknown): AdminClient {
  return methods as AdminClient;
}

async function call(
  options: ClientOptions,
  route: Route,
  request: AnyRequest,
  more: CallOptions,
): Promise<Result<unknown>> {
  const { baseUrl, fetch = globalThis.fetch } = options;
  const hasBody = route.method !== 'GET';
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${baseUrl}${urlOf(route, request)}`, {
      method: route.method,
      headers: {
        accept: 'application/json',
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...options.headers,
        ...more.headers,
      },
      ...(hasBody ? { body: JSON.stringify(request.body ?? {}) } : {}),
      ...(more.signal ? { signal: more.signal } : {}),
      redirect: 'error',
      cache: 'no-store',
    });
    text = await response.text();
  } catch (error) {
    return unreachable(causeOf(error));
  }
  return response.ok ? answer(route, response, text) : failure(response, text);
}

/** Why no answer came, by its code: the address of the API is nothing for whoever has not signed in. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no connection';
  const { cause } = error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? `no connection: ${code}` : error.message;
}

function answer(route: Route, response: Response, text: string): Result<unknown> {
  if (!route.response) return { ok: undefined, headers: response.headers };
  const parsed = route.response.safeParse(parseJson(text));
  return parsed.success
    ? { ok: parsed.data, headers: response.headers }
    : unreachable(
        `its answer to ${route.method} ${route.path} is not of this version: ${parsed.error.issues[0]?.message}`,
      );
}

function failure(response: Response, text: string): Result<never> {
  const parsed = problem.safeParse(parseJson(text));
  return parsed.success ? { problem: parsed.data } : unreachable(`status ${response.status} that is not the API's own`);
}

function urlOf(route: Route, request: AnyRequest): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(request.params?.[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined && value !== null) query.append(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
