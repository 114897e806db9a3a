import type { NewMessage, NewRecipient } from '@postern/queue';
import { headStartMs } from '@postern/queue';
import { booleans, instants, int2s, int4s, texts } from '../connection/arrays.ts';
import type { Value } from '../connection/run.ts';

/** What a statement that accepts messages adds to its columns, and from what. */
export interface MoreColumns {
  readonly messages: { readonly columns: string; readonly values: string };
  readonly recipients: { readonly columns: string; readonly values: string };
  /** When a recipient is due, and from when on it may be sent before that. */
  readonly due: { readonly from: string; readonly dueAt: string; readonly readyAt: string };
  /** What else is written, each with a comma before it. */
  readonly also: string;
}

/** Messages that ask for nothing have nothing more, and are due at once. */
export const NOTHING_ASKED: MoreColumns = {
  messages: { columns: '', values: '' },
  recipients: { columns: '', values: '' },
  due: { from: '', dueAt: 'now()', readyAt: 'null::timestamptz' },
  also: '',
};

/** The columns of what was asked for, as parameters from `first` on; `requestValues` are their values. */
export function requestColumns(first: number): MoreColumns {
  const $ = (index: number, type: string): string => `unnest($${first + index}::${type}[])`;
  return {
    messages: {
      columns: ', ret, envid, require_tls, priority, deliver_by, deliver_by_mode, deliver_by_trace, release_at',
      values: `, ${$(0, 'text')}::dsn_return, ${$(1, 'text')}, ${$(2, 'bool')}, ${$(3, 'int2')}, ${$(4, 'timestamptz')},
        ${$(5, 'text')}::deliver_by_mode, ${$(6, 'bool')}, ${$(7, 'timestamptz')}`,
    },
    recipients: { columns: ', notify, orcpt', values: `, ${$(8, 'text')}, ${$(9, 'text')}` },
    // A head start goes back behind the acceptance, never before the release; who has to stand back is ready all the same.
    due: {
      from: `, ${$(10, 'int')} * interval '1 millisecond' as head, ${$(11, 'timestamptz')} as release`,
      dueAt: 'greatest(greatest(now(), release) - head, release)',
      readyAt: "case when head < interval '0' then greatest(now(), release) end",
    },
    also: `, deadline as (
        insert into deadlines (message_id, at)
        select id, by from (select unnest($1::uuid[]) as id, ${$(4, 'timestamptz')} as by, ${$(5, 'text')} as mode) asked
        where mode = 'R'
      )`,
  };
}

/** Whether a message asks for more than to be delivered. */
export function asks(message: NewMessage): boolean {
  const { ret, envid, requireTls, priority, deliverBy, releaseAt } = message;
  return (
    ret !== undefined ||
    envid !== undefined ||
    requireTls !== undefined ||
    (priority ?? 0) !== 0 ||
    deliverBy !== undefined ||
    releaseAt !== undefined ||
    message.recipients.some(({ notify, orcpt }) => notify !== undefined || orcpt !== undefined)
  );
}

export function requestValues(messages: readonly NewMessage[]): readonly Value[] {
  const each = <T>(of: (message: NewMessage) => T): T[] => messages.map(of);
  const recipients = <T>(of: (recipient: NewRecipient, message: NewMessage) => T): T[] =>
    messages.flatMap((message) => message.recipients.map((recipient) => of(recipient, message)));
  return [
    texts(each(({ ret }) => ret)),
    texts(each(({ envid }) => envid)),
    booleans(each(({ requireTls }) => requireTls)),
    int2s(each(({ priority }) => priority)),
    instants(each(({ deliverBy }) => deliverBy?.at)),
    texts(each(({ deliverBy }) => deliverBy?.mode)),
    booleans(each(({ deliverBy }) => deliverBy?.trace)),
    instants(each(({ releaseAt }) => releaseAt)),
    texts(recipients(({ notify }) => notify && (notify.length === 0 ? 'NEVER' : notify.join(',')))),
    texts(recipients(({ orcpt }) => orcpt)),
    int4s(recipients((_, { priority }) => headStartMs(priority ?? 0))),
    instants(recipients((_, { releaseAt }) => releaseAt)),
  ];
}
