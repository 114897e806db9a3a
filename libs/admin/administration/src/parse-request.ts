import type { FieldFault, ParsedRequestOf, Route } from '@postern/admin-contract';
import type { z } from 'zod';
import { faultWords } from './fault-words.ts';
import { unkeepableTexts } from './unkeepable-text.ts';

/** Of what is wrong with a part, so much is told: whoever sends a hundred thousand wrong fields need not hear of each. */
const MOST_FAULTS = 100;

/**
 * Reads a request by the schemas of its route: the request, or everything that is wrong with it, each field once. A field
 * that the route does not know is wrong, and so is a text that cannot be kept.
 */
export function parseRequest<R extends Route>(
  route: R,
  request: unknown,
): { readonly request: ParsedRequestOf<R> } | { readonly errors: readonly FieldFault[] } {
  const given = partsOf(request);
  const parts: Record<string, unknown> = {};
  const errors: FieldFault[] = [];
  for (const part of ['params', 'query', 'body'] as const) {
    errors.push(...unkeepableTexts(given[part], part).slice(0, MOST_FAULTS));
    const parsed = route[part]?.strict().safeParse(given[part] ?? {}, { error: faultWords });
    if (parsed?.success) parts[part] = parsed.data;
    else if (parsed) errors.push(...faultsOf(part, parsed.error.issues));
  }
  return errors.length > 0 ? { errors: firstOfEach(errors) } : { request: asParsed<R>(parts) };
}

function faultsOf(part: string, issues: readonly z.core.$ZodIssue[]): readonly FieldFault[] {
  return issues
    .slice(0, MOST_FAULTS)
    .flatMap((issue) => faultsOfIssue(part, issue))
    .slice(0, MOST_FAULTS);
}

function faultsOfIssue(part: string, issue: z.core.$ZodIssue): readonly FieldFault[] {
  const at = [part, ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, MOST_FAULTS)
      .map((key) => ({ field: `${at}.${key}`, message: 'There is no such field' }));
  }
  return [{ field: at, message: issue.message }];
}

/** A value of the wrong type is often wrong in several ways; the first tells it. */
function firstOfEach(errors: readonly FieldFault[]): readonly FieldFault[] {
  return errors.filter(({ field }, index) => errors.findIndex((each) => each.field === field) === index);
}

interface Parts {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** Whatever a request turns out to be, it is only asked for its parts, and they are parsed. */
function partsOf(request: unknown): Parts {
  return typeof request === 'object' && request !== null ? request : {};
}

/** Each part was parsed by the route's own schema of that part. */
function asParsed<R extends Route>(parts: unknown): ParsedRequestOf<R> {
  return parts as ParsedRequestOf<R>;
}
