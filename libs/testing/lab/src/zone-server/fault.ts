/**
 * What a zone server can do wrong.
 *
 * `servfail`, `refused`, `formerr`: that RCODE. `timeout`: no answer. `truncate`: TC over UDP, the answer over TCP.
 * `garbage`: the header, then noise. `wrong-id`, `wrong-question`, `wrong-case`: the answer with that fault alone.
 * `spoof`: forged answers with the wrong id and from another port, before the true one.
 * `huge`: thousands of records, TC over UDP and 64 KiB over TCP. `empty`: a packet of no octets.
 * `close`: TC over UDP, and TCP closes without a word. `drip`: TC over UDP, and over TCP an octet at a time, for ever.
 */
export type ZoneFaultKind =
  | 'servfail'
  | 'refused'
  | 'formerr'
  | 'timeout'
  | 'truncate'
  | 'garbage'
  | 'wrong-id'
  | 'wrong-question'
  | 'wrong-case'
  | 'spoof'
  | 'huge'
  | 'empty'
  | 'close'
  | 'drip';

export interface ZoneFault {
  readonly kind: ZoneFaultKind;
  /** Only questions of this type; all types when left out. */
  readonly type?: string;
  /** Only so many times, then all is well again. */
  readonly times?: number;
}

/** The faults that are set, by name; the name `*` stands for all. */
export class Faults {
  readonly #byName = new Map<string, { fault: ZoneFault; left: number }[]>();

  set(name: string, fault: ZoneFault): void {
    const faults = this.#byName.get(name) ?? [];
    faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    this.#byName.set(name, faults);
  }

  clear(name?: string): void {
    if (name === undefined) this.#byName.clear();
    else this.#byName.delete(name);
  }

  /** The fault to commit at this question, counted as committed. */
  take(name: string, type: string): ZoneFaultKind | undefined {
    const faults = [...(this.#byName.get(name) ?? []), ...(this.#byName.get('*') ?? [])];
    const due = faults.find((each) => each.left > 0 && (each.fault.type === undefined || each.fault.type === type));
    if (!due) return undefined;
    due.left -= 1;
    return due.fault.kind;
  }
}
