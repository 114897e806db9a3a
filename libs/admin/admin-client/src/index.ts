export { createAdminClient, type AdminClient, type CallOptions, type ClientOptions } from './client.ts';
export { UNREACHABLE, type Answer, type Failure, type Result } from './result.ts';
export { openStream, parseStreamEvent, type EventSourceLike, type StreamOptions } from './stream.ts';
