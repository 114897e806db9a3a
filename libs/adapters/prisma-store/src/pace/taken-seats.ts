/**
 * The seats of lanes that run, in all processes: advisory locks of two keys, the queue (`classid`) and the lane
 * (docs/adr/0034). To be read as the end of a select; a condition may follow.
 */
export const TAKEN_SEATS = `
  from pg_locks where locktype = 'advisory' and granted and objsubid = 2
    and database = (select oid from pg_database where datname = current_database())`;
