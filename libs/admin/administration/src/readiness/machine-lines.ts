import type { CheckLine } from '@postern/sending-domain';
import type { CertificateState, DatabaseState, ListenerState, Machine } from '../ports/machine.ts';

const DAY_MS = 86_400_000;
/** A certificate that ends sooner is told. */
const ENDS_SOON_MS = 14 * DAY_MS;
/** Leases, expiries and signatures compare times of several machines. */
const CLOCK_MAY_DIFFER_MS = 5_000;
const GIB = 1024 ** 3;

type Line = (status: CheckLine['status'], found: string, effect?: string, remedy?: string) => CheckLine;

/** Begins the lines about one thing. */
export function about(id: string, title: string): Line {
  return (status, found, effect, remedy) => ({
    id,
    about: title,
    status,
    found,
    effect: effect ?? null,
    remedy: remedy ?? null,
  });
}

export function dnssecLine({ believed, because }: { readonly believed: boolean; readonly because: string }): CheckLine {
  const line = about('dnssec', 'DNSSEC');
  return believed
    ? line('pass', because)
    : line(
        'warn',
        because,
        'DANE is not used: mail hosts that publish TLSA records are reached with opportunistic TLS',
        'Run a validating resolver (unbound) on this machine',
      );
}

export function certificateLine(certificate: CertificateState, hostname: string, now: Date): CheckLine {
  const line = about('certificate', 'Certificate of the listeners');
  const effect = 'Clients refuse the connection, or are taught to look away';
  if (certificate.kind === 'unusable')
    return line(
      'fail',
      certificate.because,
      'The listeners have no TLS',
      'Start Postern, which makes one, or mend POSTERN_TLS_CERT and POSTERN_TLS_KEY',
    );
  const { made, names, validFrom, validTo } = certificate;
  const until = validTo.toISOString().slice(0, 10);
  const renew = 'Renew the certificate; the files are read again when they change';
  if (validTo <= now) return line('fail', `It ended on ${until}`, effect, renew);
  if (validFrom > now)
    return line(
      'fail',
      `It begins on ${validFrom.toISOString().slice(0, 10)}`,
      effect,
      'See whether the clock is right',
    );
  if (made === 'generated')
    return line(
      'warn',
      `Self-signed, until ${until}`,
      'Clients must be told to trust it',
      'Set POSTERN_TLS_CERT and POSTERN_TLS_KEY',
    );
  if (validTo.getTime() - now.getTime() < ENDS_SOON_MS) return line('warn', `It ends on ${until}`, effect, renew);
  const named = names.some((name) => name === hostname || (name.startsWith('*.') && hostname.endsWith(name.slice(1))));
  if (!named)
    return line(
      'warn',
      `It names ${names.slice(0, 5).join(' ')}, not ${hostname}`,
      effect,
      `Have one made for ${hostname}`,
    );
  return line('pass', `${names.slice(0, 5).join(' ')}, until ${until}`);
}

export function databaseLines(
  database: DatabaseState,
  now: Date,
  keepsTime: boolean | undefined,
): readonly CheckLine[] {
  const line = about('database', 'Database');
  if (database.kind === 'away')
    return [
      line(
        'fail',
        'PostgreSQL does not answer',
        'No mail is accepted, and none is delivered',
        'Start it, or mend DATABASE_URL',
      ),
    ];
  const { version, settings } = database;
  const off = Object.entries(settings)
    .filter(([, value]) => value === 'off')
    .map(([name]) => name);
  const durable =
    off.length === 0
      ? line('pass', `PostgreSQL ${version}, durable`)
      : line(
          'warn',
          `PostgreSQL ${version}, not durable: off are ${off.join(' and ')}`,
          'Mail that was answered 250 is lost when the machine stops',
          `Set ${off.join(' and ')} to on`,
        );
  return [durable, clockLine(database, { now, keepsTime })];
}

/** A clock is compared with what there is to compare it with: the database's, when that is another, and what keeps this one. */
function clockLine(
  database: DatabaseState & { readonly kind: 'there' },
  { now, keepsTime }: { readonly now: Date; readonly keepsTime: boolean | undefined },
): CheckLine {
  const line = about('clock', 'Clock');
  const differMs = Math.abs(now.getTime() - database.now.getTime());
  const remedy = 'Run chrony or systemd-timesyncd on every machine';
  if (differMs > CLOCK_MAY_DIFFER_MS)
    return line(
      'fail',
      `differs from the database's by ${Math.round(differMs / 1000)} s`,
      'Leases end too early, signatures and certificates seem to come from another time',
      remedy,
    );
  if (keepsTime === false)
    return line(
      'warn',
      `${now.toISOString().slice(0, 16)}Z, and nothing keeps it right`,
      'When it is wrong, signatures are from another time, and certificates end too early',
      remedy,
    );
  const says = keepsTime ? 'is kept right by the network' : database.here ? undefined : "agrees with the database's";
  if (says !== undefined) return line('pass', says);
  return line(
    'info',
    `${now.toISOString().slice(0, 16)}Z; whether anything keeps it right cannot be told`,
    undefined,
    `Compare it with another clock. ${remedy}`,
  );
}

export function redisLine(redis: { readonly fault: string | undefined } | undefined): CheckLine {
  const line = about('redis', 'Redis');
  if (!redis) return line('info', 'None is configured; wake-ups go through PostgreSQL');
  if (redis.fault === undefined) return line('pass', 'answers, and never evicts');
  return line('fail', redis.fault, 'Mail is accepted, and delivered late or not at all', 'Mend Redis, or REDIS_URL');
}

export function listenerLines(listeners: readonly ListenerState[]): readonly CheckLine[] {
  return listeners.map(({ service, address, open }) => {
    const line = about(`listener:${service}:${address}`, `Listener ${service} ${address}`);
    return open
      ? line('pass', 'takes connections')
      : line(
          'fail',
          'takes no connections',
          'Nobody can submit or look there',
          'Start Postern (npm start), and look at its log',
        );
  });
}

export function diskLine(disk: Awaited<ReturnType<Machine['disk']>>): CheckLine {
  const line = about('disk', 'Disk of the data directory');
  if (!disk) return line('info', 'It cannot be told how much is free');
  const { freeOctets, totalOctets } = disk;
  const found = `${(freeOctets / GIB).toFixed(1)} of ${(totalOctets / GIB).toFixed(1)} GiB free`;
  const effect = 'When it is full, mail is answered 452 until there is space';
  if (freeOctets < GIB / 4) return line('fail', found, effect, 'Make space');
  return freeOctets < 2 * GIB ? line('warn', found, effect, 'Make space') : line('pass', found);
}
