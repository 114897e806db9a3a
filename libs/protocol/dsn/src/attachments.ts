import { type Entity, partsOf, readEntity, valueOf } from './mime-entity.ts';

const MAX_PARTS = 20;
const MAX_DEPTH = 3;

/**
 * The parts of a message that have one of these types, lower case, as octets with their transfer encoding taken off. Bounded by the
 * number of parts and how deep they are; what is longer than its caller wants, the caller cuts before.
 */
export function attachmentsOf(message: Buffer, types: readonly string[]): readonly Buffer[] {
  const parts = leaves(readEntity(message.toString('latin1')), MAX_DEPTH);
  return parts.filter(({ type }) => types.includes(type)).map(octetsOf);
}

function leaves(entity: Entity, depth: number): readonly Entity[] {
  const parts = depth > 0 ? partsOf(entity, MAX_PARTS) : [];
  return parts.length === 0 ? [entity] : parts.flatMap((part) => leaves(part, depth - 1)).slice(0, MAX_PARTS);
}

function octetsOf({ fields, body }: Entity): Buffer {
  const encoding = valueOf(fields, 'content-transfer-encoding')?.trim().toLowerCase();
  return Buffer.from(body, encoding === 'base64' ? 'base64' : 'latin1');
}
