import type { KeptBack, PaceCause, QueueDetail } from '@postern/admin-contract';
import type { QueueObstacles, SourceObstacle } from '../ports/queue-obstacles.ts';

/** A queue as it was read, without what follows from it. */
export type QueueFacts = Omit<QueueDetail, 'keptBack'>;

/** So long after its last sign a delivery process is missed: they give one every ten seconds. */
const MISSED_MS = 45_000;
const DAY_MS = 86_400_000;
/** So many characters of a reply are told; the whole of it stands among the last replies. */
const MOST_WORDS = 160;

/** What keeps mail of a queue back, the widest first. Empty: nothing waits, or it is being sent. */
export function keptBack(queue: QueueFacts, obstacles: QueueObstacles): readonly KeptBack[] {
  const { counts, suspended, pace } = queue;
  const waits = counts.queued + counts.deferred > 0;
  const found: KeptBack[] = [
    ...obstacles.suspensions.map(suspension),
    ...(suspended ? [kept('queue suspended', `This queue is suspended${byWhom(suspended)}`, suspended.until)] : []),
    ...(counts.held > 0 ? [kept('held', heldWords(obstacles.guarded), null, counts.held)] : []),
  ];
  if (waits)
    found.push(...atSite(pace, obstacles), ...obstacles.pools.flatMap((pool) => noSource(pool, obstacles.now)));
  if (obstacles.due > 0) found.push(...slow(pace, obstacles, found));
  if (counts.deferred > 0) found.push(deferred(queue));
  return found;
}

function suspension({ scope, name, until, recipients, ...why }: QueueObstacles['suspensions'][number]): KeptBack {
  if (scope === 'all') return kept('everything suspended', `All mail is suspended${byWhom(why)}`, until);
  const whose = { credential: 'of the credential', sender: 'of the sender', domain: 'to the domain' }[scope];
  return kept('mail suspended', `Mail ${whose} ${name || '<>'} is suspended${byWhom(why)}`, until, recipients);
}

function byWhom({ by, reason }: { readonly by: string; readonly reason: string | null }): string {
  return ` by ${by}${reason === null ? '' : `: ${reason}`}`;
}

function heldWords(guarded: readonly string[]): string {
  const guard = guarded.length === 0 ? '' : `; the abuse guard holds new mail of ${guarded.join(', ')}`;
  return `Held until somebody releases it${guard}`;
}

/** What the site's replies made of its pace. */
function atSite({ rest, changes }: QueueFacts['pace'], { restingSenders }: QueueObstacles): readonly KeptBack[] {
  return [
    ...(rest ? [kept('rest', `The next hop rests${because(rest.cause)}`, rest.until)] : []),
    ...restingSenders.map(({ reversePath, until }) => {
      const change = changes.find(({ kind, subject }) => kind === 'sender' && subject === reversePath);
      return kept('sender rests', `Mail of ${reversePath} rests here${because(change?.cause ?? null)}`, until);
    }),
  ];
}

function noSource({ pool, recipients, sources }: QueueObstacles['pools'][number], now: string): readonly KeptBack[] {
  if (sources.some((source) => whyNot(source) === undefined)) return [];
  const each = sources.map((source) => `${source.name} ${whyNot(source)}`).join('; ');
  const ends = sources.flatMap(({ restsUntil, dayUsedUp }) => restsUntil ?? (dayUsedUp === null ? [] : tomorrow(now)));
  const until = ends.toSorted()[0] ?? null;
  const words = `No source of the pool ${pool} may be used: ${each || 'it has none'}`;
  return [kept('no source', words, until, recipients)];
}

/** The next day of UTC. */
function tomorrow(now: string): string {
  return new Date((Math.floor(Date.parse(now) / DAY_MS) + 1) * DAY_MS).toISOString();
}

function whyNot({ missing, restsUntil, dayUsedUp }: SourceObstacle): string | undefined {
  if (missing.length > 0) return `is on no delivery machine (${missing.join(', ')})`;
  if (restsUntil !== null) return 'rests at this site';
  if (dayUsedUp !== null) return `has sent its ${dayUsedUp} of today (warm-up; days are of UTC)`;
  return undefined;
}

/** Why what is due is not sent at once, where nothing stops it. */
function slow(
  { lanes, rate }: QueueFacts['pace'],
  { due, lanesEverywhere, deliverySeenAt, now }: QueueObstacles,
  before: readonly KeptBack[],
): readonly KeptBack[] {
  if (deliverySeenAt === null || Date.parse(now) - Date.parse(deliverySeenAt) > MISSED_MS) {
    const seen =
      deliverySeenAt === null ? 'was ever seen' : `was seen since ${deliverySeenAt.slice(0, 16).replace('T', ' ')} UTC`;
    return [kept('no delivery process', `No delivery process ${seen}`, null, due)];
  }
  if (before.some(({ by }) => STOPS.has(by))) return [];
  const words: KeptBack[] = [];
  if (rate.perMinute !== null) {
    const most = Math.round(rate.perMinute * 10) / 10;
    words.push(kept('rate', `At most ${most} messages a minute${because(rate.cause)}`, rate.liftedAt, due));
  }
  if (lanes.running >= lanes.now) {
    const all = lanes.now === 1 ? 'The one lane that it may have is' : `All ${lanes.now} lanes that it may have are`;
    words.push(kept('lanes', `${all} at work${because(lanes.cause)}`, lanes.growsAt, due));
  } else if (lanes.running === 0 && !before.some(({ by }) => SOME.has(by))) {
    words.push(kept('lanes', `No lane of it runs yet (${lanesEverywhere} run for other queues)`, null, due));
  }
  return words;
}

/** What is due may be what these keep back, and nobody is needed for it. */
const SOME: ReadonlySet<KeptBack['by']> = new Set(['mail suspended', 'sender rests', 'no source']);
const STOPS: ReadonlySet<KeptBack['by']> = new Set(['everything suspended', 'queue suspended', 'rest']);

function deferred({ counts, nextDueAt, replies }: QueueFacts): KeptBack {
  // The next that is due may be one that was not tried yet.
  const until = counts.queued === 0 ? nextDueAt : null;
  const last = replies.find(({ outcome }) => outcome === 'deferred')?.reply;
  const heard = last ? `; ${last.from === 'local' ? 'what we saw last' : 'the last reply'}: ${words(last)}` : '';
  return kept('deferred', `Tried before, and tried again when it is due${heard}`, until, counts.deferred);
}

function because(cause: PaceCause | null): string {
  if (!cause) return '';
  const { host, reply } = cause;
  if (reply.from === 'local') return `, because of what we saw${host === null ? '' : ` at ${host}`}: ${words(reply)}`;
  return `, because ${host ?? 'a host'} said ${words(reply)}`;
}

function words({ from, code, enhanced, text }: PaceCause['reply']): string {
  // Each line of a reply may begin with its codes (RFC 5321 §4.2, RFC 2034 §4); they are said once.
  const lines = text.split(/\r?\n/).map((line) => {
    const said = from === 'local' ? line : line.replace(/^\d{3}(?:[ -]|$)/, '').trim();
    return enhanced !== null && said.startsWith(`${enhanced} `) ? said.slice(enhanced.length) : said;
  });
  const said = shortened(lines.join(' ').replaceAll(/\s+/g, ' ').trim());
  return from === 'local' ? said : [code, enhanced, said].filter(Boolean).join(' ');
}

/** Not more than a line or two, cut between words where that is near. */
function shortened(text: string): string {
  const letters = [...text];
  if (letters.length <= MOST_WORDS) return text;
  const cut = letters.slice(0, MOST_WORDS).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > cut.length / 2 ? cut.slice(0, space) : cut}…`;
}

function kept(by: KeptBack['by'], says: string, until: string | null, recipients: number | null = null): KeptBack {
  return { by, says, until, recipients };
}
