import { canonicalName, isOfType, readRecords, type ZoneRecord } from './zone-record.ts';

/** What a resolver would say to a question. */
export interface Lookup {
  readonly rcode: 'NOERROR' | 'NXDOMAIN';
  readonly answers: readonly ZoneRecord[];
}

/** All of the names that a zone server knows; what it does not know does not exist. */
export class ZoneData {
  readonly #records = new Map<string, ZoneRecord[]>();
  /** How many names with records lie at or below a name, so that empty non-terminals exist (RFC 8020 §2). */
  readonly #existing = new Map<string, number>();

  add(text: string): void {
    for (const record of readRecords(text)) {
      const there = this.#records.get(record.name);
      if (there) there.push(record);
      else {
        this.#records.set(record.name, [record]);
        this.#count(record.name, 1);
      }
    }
  }

  remove(name: string, type?: string): void {
    const owner = canonicalName(name);
    const there = this.#records.get(owner);
    if (!there) return;
    const left = type === undefined ? [] : there.filter((record) => !isOfType(record, type));
    if (left.length > 0) this.#records.set(owner, left);
    else {
      this.#records.delete(owner);
      this.#count(owner, -1);
    }
  }

  clear(): void {
    this.#records.clear();
    this.#existing.clear();
  }

  /** The answer with the aliases that lead to it; a loop is followed until it is plain that it is one. */
  lookup(name: string, type: string): Lookup {
    const answers: ZoneRecord[] = [];
    let owner = canonicalName(name);
    for (let links = 0; links < 32; links += 1) {
      const records = this.#at(owner);
      if (!records) return { rcode: this.#existing.has(owner) ? 'NOERROR' : 'NXDOMAIN', answers };
      const matching = records.filter((record) => isOfType(record, type));
      const alias = records.find((record) => record.type === 'CNAME');
      if (matching.length > 0 || !alias) return { rcode: 'NOERROR', answers: [...answers, ...matching] };
      answers.push(alias);
      owner = canonicalName(String(alias.data));
    }
    return { rcode: 'NOERROR', answers };
  }

  #at(owner: string): readonly ZoneRecord[] | undefined {
    const there = this.#records.get(owner);
    if (there || this.#existing.has(owner)) return there;
    // RFC 4592: a wildcard stands for names that do not exist otherwise.
    for (let dot = owner.indexOf('.'); dot >= 0; dot = owner.indexOf('.', dot + 1)) {
      const wild = this.#records.get(`*${owner.slice(dot)}`);
      if (wild) return wild.map((record) => ({ ...record, name: owner }));
      if (this.#existing.has(owner.slice(dot + 1))) return undefined;
    }
    return undefined;
  }

  #count(owner: string, change: 1 | -1): void {
    for (let name = owner; name !== ''; name = name.includes('.') ? name.slice(name.indexOf('.') + 1) : '') {
      const count = (this.#existing.get(name) ?? 0) + change;
      if (count > 0) this.#existing.set(name, count);
      else this.#existing.delete(name);
    }
  }
}
