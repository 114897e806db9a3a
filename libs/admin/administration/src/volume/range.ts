import { VOLUME_RANGES, type VolumeRange } from '@postern/admin-contract';
import type { VolumeQuery } from '../ports/volume-admin.ts';

/** A range in whole steps up to the one that is under way, so that a bar stands for the same time at each look. */
export function rangeUntil(now: Date, range: VolumeRange): VolumeQuery {
  const { seconds, stepSeconds } = VOLUME_RANGES[range];
  const stepMs = stepSeconds * 1000;
  const end = Math.floor(now.getTime() / stepMs) * stepMs + stepMs;
  return { since: new Date(end - seconds * 1000), until: now, stepSeconds };
}
