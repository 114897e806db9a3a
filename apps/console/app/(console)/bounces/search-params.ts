import { ROUTES, VOLUME_RANGES, volumeRange, type ParsedRequestOf, type VolumeRange } from '@postern/admin-contract';
import { MEASURES, stepOf, type Measure } from '../../../features/bounce/words.ts';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

type Asked = ParsedRequestOf<typeof ROUTES.bounceHistory>['query'];

/** What the address of the bounces page says: how far back, by what, counting what, and of what alone. */
export interface BouncesSearch extends Pick<
  Asked,
  'by' | 'credential' | 'network' | 'domain' | 'queue' | 'class' | 'source'
> {
  readonly range: VolumeRange;
  readonly measure: Measure;
}

/** What the page can be narrowed to, and where a click on a row of each kind leads. */
export const FILTERS = ['class', 'queue', 'credential', 'network', 'domain', 'source'] as const;
export const FILTER_OF = {
  class: 'class',
  site: 'queue',
  credential: 'credential',
  network: 'network',
  domain: 'domain',
  source: 'source',
} as const;

export function readSearch(raw: RawSearch): BouncesSearch {
  const { by, credential, network, domain, queue, class: why, source } = readQuery(ROUTES.bounceHistory, raw);
  return {
    range: volumeRange.options.find((each) => each === raw['range']) ?? '24h',
    measure: measureOf(raw['measure']),
    by,
    credential,
    network,
    domain,
    queue,
    class: why,
    source,
  };
}

export function measureOf(given: unknown): Measure {
  return typeof given === 'string' && Object.hasOwn(MEASURES, given) ? (given as Measure) : 'failed';
}

export function bouncesPath(search: BouncesSearch, change: Partial<BouncesSearch> = {}): string {
  return searchPath('/bounces', { ...search, ...change }, { range: '24h', by: 'class', measure: 'failed' });
}

/** What the recipients that bounced or expired since then are narrowed to, as on the page. */
export function csvQuery({ credential, network, domain, queue, class: why, source }: BouncesSearch, since: string) {
  return { since, credential, network, domain, queue, class: why, source };
}

/** What the API is asked: the time in whole steps of the chart. */
export function bouncesQuery(search: BouncesSearch, now: Date) {
  const { range, measure: _measure, ...which } = search;
  const { seconds } = VOLUME_RANGES[range];
  const stepSeconds = stepOf(range);
  const stepMs = stepSeconds * 1000;
  const end = Math.floor(now.getTime() / stepMs) * stepMs + stepMs;
  const span = stepSeconds < 3_600 ? 'minute' : stepSeconds < 86_400 ? 'hour' : 'day';
  return { ...which, since: new Date(end - seconds * 1000).toISOString(), span, limit: 50 } as const;
}
