import { forward } from '../../../server/forward.ts';

/**
 * The browser talks only to the console's own origin; what it asks of the API goes through here unchanged.
 * Whether it may is the API's to decide.
 */
export const dynamic = 'force-dynamic';

export const GET = forward;
export const HEAD = forward;
export const POST = forward;
export const PUT = forward;
export const PATCH = forward;
export const DELETE = forward;
