import type { z } from 'zod';
import type { Permission } from './permission.ts';
import type { ProblemCode } from './problem.ts';

/** One route of the API: all that server, client and documentation need to know of it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The path with its parameters in braces: `/api/v1/messages/{id}`. */
  readonly path: string;
  /** The noun that the documentation files it under. */
  readonly tag: string;
  readonly summary: string;
  /** What the caller must be allowed to do; `anyone` needs no session, `signed-in` any session. */
  readonly permission: Permission | 'anyone' | 'signed-in';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly status: 200 | 201 | 204;
  /** Absent when nothing is answered. */
  readonly response?: z.ZodType;
  /** An answer that is not JSON: a stream of server-sent events. */
  readonly stream?: true;
  /** An answer that is not JSON: its media type. */
  readonly produces?: string;
  /** The fields of the answer that make up its version: an ETag tells it (RFC 9110 §8.8.3). */
  readonly version?: readonly string[];
  /** What its changes are called in the audit: a noun, or a noun and a verb. */
  readonly audited?: string;
  /** The route, by its name, that shows what this one changes: by If-Match a request says which version it saw. */
  readonly changes?: string;
  /** Problems beyond those that every route has. */
  readonly problems: readonly ProblemCode[];
}

/** Writes down a route, keeping its exact types. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}

/** What a client gives to a route. */
export type RequestOf<R extends Route> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>;

/** What a server gets of a request once it is parsed. */
export type ParsedRequestOf<R extends Route> = ParsedPart<R, 'params'> & ParsedPart<R, 'query'> & ParsedPart<R, 'body'>;

/** What a route answers. */
export type ResponseOf<R extends Route> = R['response'] extends z.ZodType ? z.output<R['response']> : undefined;

type Key = 'params' | 'query' | 'body';

/** A part none of whose fields is needed may be left out. */
type Part<R extends Route, K extends Key> = R[K] extends z.ZodType
  ? Record<never, never> extends z.input<R[K]>
    ? { readonly [P in K]?: z.input<R[K]> }
    : { readonly [P in K]: z.input<R[K]> }
  : unknown;

type ParsedPart<R extends Route, K extends Key> = R[K] extends z.ZodType
  ? { readonly [P in K]: z.output<R[K]> }
  : unknown;
