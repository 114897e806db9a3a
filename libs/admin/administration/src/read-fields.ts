import type { FieldFault } from '@postern/admin-contract';
import { formatSenderRule, parseSenderRule, SENDER_RULE_RULE, type SenderRule } from '@postern/credentials';
import { parseNetwork } from '@postern/dns';
import { parseMailbox, type Mailbox } from '@postern/smtp';

/** Gathers what is wrong with the fields of a request, so that all of it is told at once. */
export class FieldReader {
  readonly errors: FieldFault[] = [];

  /** Notes what is wrong with a field. */
  refuse(field: string, message: string): undefined {
    this.errors.push({ field, message });
  }

  /** The value of a field; when it is none, notes what was expected and answers undefined. */
  read<T>(field: string, value: T | undefined, expected: string): T | undefined {
    return value === undefined ? this.refuse(field, `Expected ${expected}`) : value;
  }

  /** The items of a list, read and each once; `read` notes what is wrong with one. */
  each<T>(
    field: string,
    texts: readonly string[],
    how: { readonly read: (field: string, text: string) => T | undefined; readonly format: (item: T) => string },
  ): readonly T[] {
    const items = new Map<string, T>();
    for (const [index, text] of texts.entries()) {
      const item = how.read(`${field}.${index}`, text);
      if (item !== undefined) items.set(how.format(item), item);
    }
    return [...items.values()];
  }

  senderRules(field: string, texts: readonly string[]): readonly SenderRule[] {
    const read = (at: string, text: string) => this.read(at, parseSenderRule(text), SENDER_RULE_RULE);
    return this.each(field, texts, { read, format: formatSenderRule });
  }

  mailbox(field: string, text: string): Mailbox | undefined {
    return this.read(field, parseMailbox(text), 'an address such as printers@example.org');
  }

  /** A network, in the form in which it is stored. */
  network(field: string, text: string): string | undefined {
    const reading = parseNetwork(text);
    return reading.kind === 'network' ? reading.network.text : this.refuse(field, reading.reason);
  }

  networks(field: string, texts: readonly string[]): readonly string[] {
    return this.each(field, texts, { read: (at, text) => this.network(at, text), format: String });
  }
}
