import { generateKeyPairSync } from 'node:crypto';
import { openApiDocument } from '@postern/admin-contract';

/** A schema of the OpenAPI document, as far as samples need it. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minLength?: number;
  readonly minimum?: number;
}

/** What a route takes, as the document says it. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly creates: boolean;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, unknown>>;
}

const TLS_REPORT = {
  'organization-name': 'Example',
  'date-range': { 'start-datetime': '2026-11-01T00:00:00Z', 'end-datetime': '2026-11-01T23:59:59Z' },
  'contact-info': 'tls@example.com',
  'report-id': '1',
  policies: [
    {
      policy: { 'policy-type': 'no-policy-found', 'policy-domain': 'example.org' },
      summary: { 'total-successful-session-count': 1, 'total-failure-session-count': 0 },
    },
  ],
};

/** What a field of this name holds, wherever only its name tells more than its schema does. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  address: 'someone@example.com',
  addresses: ['192.0.2.1'],
  after: '2020-01-01T00:00:00Z',
  before: '2030-01-01T00:00:00Z',
  cidr: '192.0.2.0/24',
  clientCertificate: null,
  code: '123456',
  cursor: 'x',
  delegatedTo: null,
  domain: 'example.com',
  domains: ['example.com'],
  ehloName: 'mail.example.org',
  expiresAt: '2030-01-01T00:00:00Z',
  host: 'smtp.example.com',
  leastLanes: 1,
  mostLanes: 2,
  leastPerMinute: 1,
  mostPerMinute: 2,
  moreHosts: [{ host: 'smtp2.example.com', port: 587, preference: 2 }],
  name: 'sample.example',
  networks: ['192.0.2.0/24'],
  oauth: null,
  privateKey: 'x',
  q: 'to:someone@example.com',
  query: 'to:someone@example.com',
  recipient: '0199a000-0000-7000-8000-000000000009.0',
  rewriteFrom: 'printers@example.org',
  route: null,
  retireAt: '2030-01-01T00:00:00Z',
  selector: 'sample',
  senderRule: '@example.com',
  senderRules: ['@example.org'],
  signedFields: ['from'],
  subject: 'example.com',
  until: '2030-01-01T00:00:00Z',
  wanted: 'a password that is long enough',
};

/** What only this operation takes. */
const BY_OPERATION: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  addIdentity: { value: 'ab'.repeat(32) },
  addPoolRule: { credential: null },
  createInvitation: { email: 'invited@example.com' },
  importDomainKey: {
    privateKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  },
  suspend: { scope: 'domain' },
  uploadTlsReport: { file: Buffer.from(JSON.stringify(TLS_REPORT)).toString('base64') },
};

const DOCUMENT = JSON.parse(JSON.stringify(openApiDocument()));

/** Every operation of the document with a sample of what it takes: a new one cannot be forgotten. */
export function documentedOperations(): readonly Operation[] {
  const paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>> = DOCUMENT.paths;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const inQuery = operation.parameters.filter((each) => each.in === 'query');
      const body = operation.requestBody?.content['application/json'].schema;
      return {
        name: operation.operationId,
        method: method.toUpperCase(),
        path,
        creates: '201' in operation.responses,
        query: Object.fromEntries(inQuery.map(({ name, schema }) => [name, sampleOf(schema, name)])),
        body: body && { ...asFields(sampleOf(body, 'body')), ...BY_OPERATION[operation.operationId] },
      };
    }),
  );
}

function sampleOf(given: Schema, name: string): unknown {
  if (name in BY_NAME) return BY_NAME[name];
  const schema = resolved(given);
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined && schema.default !== null) return schema.default;
  if (first) return sampleOf(first, name);
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([field, each]) => [field, sampleOf(each, field)]),
      );
    case 'array':
      return schema.items ? [sampleOf(schema.items, name)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'string':
      return sampleText(schema);
    default:
      return null;
  }
}

function sampleText({ format, minLength = 1 }: Schema): string {
  if (format === 'date-time') return '2030-01-01T00:00:00Z';
  if (format === 'uuid') return '0199a000-0000-7000-8000-000000000009';
  if (format === 'email') return 'someone@example.com';
  return 'x'.repeat(minLength);
}

function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return DOCUMENT.components.schemas[schema.$ref.slice('#/components/schemas/'.length)];
}

/** A body is an object in every route of the contract. */
function asFields(value: unknown): Readonly<Record<string, unknown>> {
  return value as Readonly<Record<string, unknown>>;
}

/** The same value once for each of its leaves, each time with what `planted` makes of that leaf. */
export function* withEachLeaf(
  value: unknown,
  planted: (leaf: unknown) => readonly unknown[],
  at: readonly (string | number)[] = [],
): Generator<{ readonly at: string; readonly value: unknown }> {
  if (typeof value === 'object' && value !== null) {
    const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    for (const [key, each] of entries)
      for (const changed of withEachLeaf(each, planted, [...at, key])) {
        const copy: unknown = Array.isArray(value)
          ? value.with(Number(key), changed.value)
          : { ...value, [key]: changed.value };
        yield { at: changed.at, value: copy };
      }
    return;
  }
  for (const each of planted(value)) yield { at: at.join('.'), value: each };
}

/** The same value once for each of its objects, each time with one more field in it. */
export function* withEachObject(
  value: unknown,
  field: string,
  content: unknown,
): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield { ...value, [field]: content };
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, each] of entries)
    for (const changed of withEachObject(each, field, content))
      yield asFields(Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed });
}

/** What another thing of the same kind is made with: its names and addresses differ. */
export function another(body: Operation['body']): Operation['body'] {
  if (!body) return undefined;
  const text = JSON.stringify(body)
    .replaceAll('sample', 'second')
    .replaceAll('someone@', 'second@')
    .replaceAll('192.0.2.', '198.51.100.')
    .replaceAll('example.com', 'second.example');
  return asFields(JSON.parse(text));
}
