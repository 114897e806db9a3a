import { z } from 'zod';
import { PROBLEMS, PROBLEM_MEDIA_TYPE, problem, type ProblemCode } from './problem.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';

/** The session's cookie. */
export const SESSION_COOKIE = 'postern.session_token';

type Components = Record<string, unknown>;

/** Problems that any route may answer. */
const EVERYWHERE: readonly ProblemCode[] = ['too-many-requests', 'internal-fault', 'store-unavailable'];

/** The OpenAPI 3.1 document of the admin API, computed from its routes. */
export function openApiDocument(): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  const components: Components = {};
  schema(problem, 'output', components);
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(name, route, components);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Postern admin API', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    tags: [...new Set(Object.values<Route>(ROUTES).map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
        apiKey: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operation(name: string, route: Route, components: Components): unknown {
  return {
    operationId: name,
    tags: [route.tag],
    summary: route.summary,
    ...(route.permission === 'anyone'
      ? { security: [] }
      : { security: route.permission === 'signed-in' ? [{ session: [] }] : [{ session: [] }, { apiKey: [] }] }),
    ...(route.permission.includes(':') ? { 'x-permission': route.permission } : {}),
    parameters: [
      ...parameters(route.params, 'path', components),
      ...parameters(route.query, 'query', components),
      ...headerParameters(route),
    ],
    ...(route.body ? { requestBody: requestBody(route.body, components) } : {}),
    responses: { [route.status]: success(route, components), ...failures(route) },
  };
}

/** A field that we do not know is refused, so the document says so; a body none of whose fields is needed may be left out. */
function requestBody(body: z.ZodObject, components: Components): unknown {
  const required = !body.safeParse({}).success;
  return { required, content: { 'application/json': { schema: schema(body.strict(), 'input', components) } } };
}

function success(route: Route, components: Components): unknown {
  if (route.stream) return { description: route.summary, content: { 'text/event-stream': {} } };
  if (route.produces) return { description: route.summary, content: { [route.produces]: {} } };
  if (!route.response) return { description: 'Done' };
  return {
    description: route.summary,
    ...(route.version ? { headers: { ETag: { description: 'Its version', schema: { type: 'string' } } } } : {}),
    content: { 'application/json': { schema: schema(route.response, 'output', components) } },
  };
}

/** Problems by status: several kinds may share one. */
function failures(route: Route): Record<string, unknown> {
  const takesInput = route.params !== undefined || route.query !== undefined || route.body !== undefined;
  const codes: readonly ProblemCode[] = [
    ...(takesInput ? (['invalid-request'] as const) : []),
    ...(route.permission === 'anyone' ? [] : (['not-signed-in'] as const)),
    ...(route.permission.includes(':') ? (['forbidden'] as const) : []),
    ...(route.method === 'GET' ? [] : (['cross-site-request', 'unsupported-media-type'] as const)),
    ...(route.changes ? (['precondition-failed'] as const) : []),
    ...(route.status === 201 ? (['conflict', 'key-reused'] as const) : []),
    ...route.problems,
    ...EVERYWHERE,
  ];
  const byStatus: Record<string, unknown> = {};
  for (const { status } of codes.map((code) => PROBLEMS[code])) {
    const alike = [...new Set(codes)].filter((code) => PROBLEMS[code].status === status);
    byStatus[status] = {
      description: alike.map((code) => `${PROBLEMS[code].title} (${code})`).join('; '),
      content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return byStatus;
}

function parameters(
  object: z.ZodObject | undefined,
  where: 'path' | 'query',
  components: Components,
): readonly unknown[] {
  if (!object) return [];
  return Object.entries<z.ZodType>(object.shape).map(([name, each]) => ({
    name,
    in: where,
    required: where === 'path' || !each.safeParse(undefined).success,
    schema: schema(each, 'input', components),
  }));
}

/** What a request may say in its header, beyond who asks. */
function headerParameters(route: Route): readonly unknown[] {
  const text = (name: string, description: string, maxLength: number) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string', minLength: 1, maxLength },
  });
  const once = 'A word of your own for this request: given again within a day, it is answered as before and done once';
  const match = 'The ETag of the version that this goes out from: another one in the meantime is told, not overwritten';
  return [
    ...(route.status === 201 ? [text('Idempotency-Key', once, 255)] : []),
    ...(route.changes ? [text('If-Match', match, 100)] : []),
  ];
}

/** The schema of a type. Nouns that carry an id stand once, among the components, and are referred to. */
function schema(type: z.ZodType, io: 'input' | 'output', components: Components): unknown {
  const text = JSON.stringify(z.toJSONSchema(type, { io, target: 'draft-2020-12' }));
  const { $schema: _dialect, $defs, ...rest } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'));
  for (const [name, each] of Object.entries<Record<string, unknown>>($defs ?? {})) {
    const { id: _id, ...definition } = each;
    components[name] = definition;
  }
  if (typeof rest.id !== 'string') return rest;
  const { id, ...definition } = rest;
  components[id] = definition;
  return { $ref: `#/components/schemas/${id}` };
}
