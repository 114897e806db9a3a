/** `fail`: mail suffers. `warn`: it may. `unknown`: the DNS did not say. `info`: worth knowing. */
export type CheckStatus = 'pass' | 'warn' | 'fail' | 'unknown' | 'info';

/** One thing that was looked at: what the world sees, what comes of it, and how to mend it. */
export interface CheckLine {
  /** Stable, to compare one check with the next. */
  readonly id: string;
  readonly about: string;
  readonly status: CheckStatus;
  readonly found: string;
  readonly effect: string | null;
  readonly remedy: string | null;
}

type About = Pick<CheckLine, 'id' | 'about'>;

export function passes(about: About, found: string): CheckLine {
  return { ...about, status: 'pass', found: bounded(found), effect: null, remedy: null };
}

export function informs(about: About, found: string, remedy: string | null = null): CheckLine {
  return { ...about, status: 'info', found: bounded(found), effect: null, remedy };
}

export function fails(
  about: About,
  said: { readonly found: string; readonly effect: string; readonly remedy: string },
): CheckLine {
  return { ...about, status: 'fail', ...said, found: bounded(said.found) };
}

export function warns(
  about: About,
  said: { readonly found: string; readonly effect: string; readonly remedy: string },
): CheckLine {
  return { ...about, status: 'warn', ...said, found: bounded(said.found) };
}

/** The DNS did not answer: nothing may be concluded. */
export function unknown(about: About, what: string): CheckLine {
  const effect = 'Receivers that cannot look it up either defer mail, or treat it as missing';
  return {
    ...about,
    status: 'unknown',
    found: `${what} could not be looked up`,
    effect,
    remedy: 'See whether the name servers of the domain answer',
  };
}

const ORDER: readonly CheckStatus[] = ['info', 'pass', 'warn', 'unknown', 'fail'];

/** The worst of all; notes count for nothing. */
export function worst(lines: readonly CheckLine[]): CheckStatus {
  return lines.reduce<CheckStatus>(
    (sofar, { status }) => (ORDER.indexOf(status) > ORDER.indexOf(sofar) ? status : sofar),
    'pass',
  );
}

/** Records of strangers are shown, and may be as long as they like. */
function bounded(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
