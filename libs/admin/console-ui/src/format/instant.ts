const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

interface WallClock {
  readonly day: number;
  readonly month: string;
  readonly year: number;
  readonly date: string;
  readonly time: string;
  readonly zone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant in full, in a zone: `22 Nov 2026, 03:41:07 GMT+1`. */
export function formatInstant(instant: Date, zone: string): string {
  const wall = wallClock(instant, zone);
  return `${wall.date} ${wall.year}, ${wall.time} ${wall.zone}`;
}

/** An instant for a table: the time today, else the day and the time, else the date: `03:41:07`, `20 Nov 03:41`, `3 Jan 2025`. */
export function formatInstantShort(instant: Date, zone: string, now: Date): string {
  const wall = wallClock(instant, zone);
  const today = wallClock(now, zone);
  if (wall.year !== today.year) return `${wall.date} ${wall.year}`;
  return wall.date === today.date ? wall.time : `${wall.date} ${wall.time.slice(0, 5)}`;
}

/** An instant below an axis whose steps are so long: `03:41`, or `20 Nov` where a step is hours and more. */
export function formatTick(instant: Date, zone: string, stepSeconds: number): string {
  const wall = wallClock(instant, zone);
  return stepSeconds < 7_200 ? wall.time.slice(0, 5) : wall.date;
}

/** The time that a step stands for: `22 Nov 03:30 to 04:00`, or its days. */
export function formatStepOf(instant: Date, zone: string, stepSeconds: number): string {
  const from = wallClock(instant, zone);
  const to = wallClock(new Date(instant.getTime() + stepSeconds * 1000), zone);
  if (stepSeconds === 86_400 && from.time === '00:00:00') return from.date;
  const end = `${to.date === from.date ? '' : `${to.date} `}${to.time.slice(0, 5)}`;
  return `${from.date} ${from.time.slice(0, 5)} to ${end}`;
}

/** Whether a name is a time zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    format(name);
    return true;
  } catch {
    return false;
  }
}

/** The months' names are ours: those of Node and of browsers differ, and a page must read the same in both. */
function wallClock(instant: Date, zone: string): WallClock {
  const parts = new Map(
    format(zone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const month = MONTHS[number('month') - 1] ?? '';
  return {
    day: number('day'),
    month,
    year: number('year'),
    date: `${number('day')} ${month}`,
    time: `${parts.get('hour')}:${parts.get('minute')}:${parts.get('second')}`,
    zone: zone === 'UTC' ? 'UTC' : (parts.get('timeZoneName') ?? zone),
  };
}

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  formats.set(zone, made);
  return made;
}
