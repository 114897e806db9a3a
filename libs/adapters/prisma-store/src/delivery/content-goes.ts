import { CLOSING_WORK } from './record-bounces.ts';

/**
 * The parts of a statement by which content goes with the last recipient of its message: that of a message of one at once,
 * of several when the last one has ended, counted under the message's lock; and not while `work` has something to do with
 * it. Those that end are the rows of `ended`: `message_id` and `siblings`.
 */
export function contentGoes(ended: string): string {
  return `emptied as (
      delete from contents c using ${ended} e
      where c.message_id = e.message_id and e.siblings = 1 and e.message_id not in (select message_id from work)
    ), locked as (
      select id from messages where id in (select message_id from ${ended} where siblings > 1) order by id for update
    ), closed as (
      update messages m set open_recipients = m.open_recipients - e.recipients
      from (select message_id, count(*) as recipients from ${ended} where siblings > 1 group by message_id) e, locked l
      where m.id = e.message_id and l.id = m.id
      returning m.id, m.open_recipients
    ), closing as (${CLOSING_WORK}
    ), emptied_last as (
      delete from contents c using closed m
      where c.message_id = m.id and m.open_recipients = 0 and m.id not in (select message_id from closing)
    )`;
}
